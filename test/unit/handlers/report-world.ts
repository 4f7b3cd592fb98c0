import { reportStatus } from '../../../lambdas/report-status/handler.ts';
import type { ReportStatusNeeds } from '../../../lambdas/report-status/handler.ts';
import { standardWebhookSigner } from '../../../lambdas/shared/adapters/webhooks/standard-webhook-signer.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { ReportTarget } from '../../../lambdas/shared/domain/report-targets.ts';
import type { RelayContactStatus, ReportStatus } from '../../../lambdas/shared/messages/work-message.ts';
import type { EventIds } from '../../../lambdas/shared/ports/message-context.ts';
import type { Meter } from '../../../lambdas/shared/ports/meter.ts';
import { sids } from '../../support/example-sids.ts';
import { collectingWorkQueues } from '../../support/fakes/collecting-work-queues.ts';
import { inMemoryWebhookSender } from '../../support/fakes/in-memory-webhook-sender.ts';
import { exampleRecording, exampleTask, fullRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

/** When the message under test was put on its queue, and when the clock stands at first. */
export const sentAt = new Date('2026-11-20T12:00:00.000Z');

export const targetNamed = (name: string, from: ReportTarget['from'], tenantId = 4711): ReportTarget => ({
  name,
  url: `https://${name}.example.com/hooks?key=hush`,
  from,
  tenantId,
});

export const warehouse = targetNamed('warehouse', 'archive');
export const mirror = targetNamed('mirror', 'calabrio');

export const secretOf = (name: string): string => `whsec_${Buffer.alloc(32, name).toString('base64')}`;

/** A report that the example recording's first leg is complete, to the warehouse. */
export const report = (changes: Partial<ReportStatus> = {}): ReportStatus => ({
  v: 1,
  route: 'internal/report-status',
  recordingSid: sids.recording(),
  reservationSid: sids.reservation(),
  status: 'COMPLETE',
  target: 'warehouse',
  cause: 'cause-1',
  ...changes,
});

export const relay = (changes: Partial<RelayContactStatus> = {}): RelayContactStatus => ({
  v: 1,
  route: 'internal/relay-contact-status',
  body: '{"ccrId":77,"sessionId":"s","legId":"l","tenantId":4711,"status":"COMPLETE"}',
  target: 'mirror',
  cause: 'request-1',
  ...changes,
});

const verified = fullRecording().archive;

/** Everything that report-status reaches, in memory, with a verified recording of one agent's call in the ledger. */
export async function startReportWorld(targets: readonly ReportTarget[] = [warehouse, mirror]) {
  let now = sentAt;
  const measures: Parameters<Meter['measure']>[0][] = [];
  const ledger = inMemoryLedger({ staleReads: true });
  await ledger.saveTask(
    exampleTask({
      callSids: [sids.call(), sids.call(2)],
      customerCallSid: sids.call(),
      conferenceSids: [sids.conference()],
      legs: [{ reservationSid: sids.reservation(), workerCallSid: sids.call(2), acceptedAt: sentAt }],
    }),
  );
  await ledger.saveRecording(
    exampleRecording({
      source: { status: 'completed', conferenceSid: sids.conference() },
      archive: verified,
      taskSids: [sids.task()],
    }),
  );
  const secrets = memorySecret<Record<string, string>>(
    Object.fromEntries(targets.map(({ name }) => [name, secretOf(name)])),
  );
  return {
    ledger,
    controls: ledger,
    queues: collectingWorkQueues(),
    sender: inMemoryWebhookSender(),
    signer: standardWebhookSigner(secrets),
    secrets,
    targets,
    meter: { measure: (measure: Parameters<Meter['measure']>[0]) => void measures.push(measure) },
    measures,
    now: () => now,
    setClock: (time: Date) => void (now = time),
    /** What was counted in `reports`, by outcome, in order. */
    reports: () => measures.filter(({ name }) => name === 'reports').map(({ outcome }) => outcome),
    /** The lines of the recording's timeline, as a person reads them. */
    timeline: async () => (await ledger.timelineOf(sids.recording())).map(({ what }) => what),
  };
}

export type ReportWorld = Awaited<ReturnType<typeof startReportWorld>>;

/** One receive of the message; `noted` collects the ids that may be logged. */
export function receive(
  world: ReportStatusNeeds,
  message: ReportStatus | RelayContactStatus,
  { receiveCount = 1, noted = [] }: { readonly receiveCount?: number; readonly noted?: EventIds[] } = {},
): Promise<Outcome> {
  const note = (ids: EventIds): void => void noted.push(ids);
  return reportStatus(world)(message, {
    messageId: 'm-1',
    receiveCount,
    sentAt,
    note,
    remark: () => undefined,
  });
}
