import type * as z from 'zod/mini';
import { recordingKeys } from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import type { recordingKeysSchema } from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import { streamInspector } from '../../../lambdas/shared/adapters/streams/inspect-stream.ts';
import type { Meter } from '../../../lambdas/shared/ports/meter.ts';
import type { EventIds, MessageContext, Remark } from '../../../lambdas/shared/ports/message-context.ts';
import { playbackLink } from '../../../lambdas/shared/domain/link.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { cautiousPolicy } from '../../support/example-policy.ts';
import { startEnriching } from '../../support/enriching.ts';
import { sids } from '../../support/example-sids.ts';
import { collectingWorkQueues } from '../../support/fakes/collecting-work-queues.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryArchiveKeeping } from '../../support/fakes/in-memory-archive-keeping.ts';
import { inMemoryLinkKeys } from '../../support/fakes/in-memory-link-keys.ts';
import { inMemoryRecordings } from '../../support/fakes/in-memory-recordings.ts';
import { inMemoryTasks } from '../../support/fakes/in-memory-tasks.ts';
import { senderProofBySignature } from '../../support/fakes/sender-proof-by-signature.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

export const linkBaseUrl = 'https://calls.example.com';
export const linkRing = { signingKeyId: 'k1', keys: { k1: Buffer.alloc(32, 1) } };

/** Our link to recording `n`. */
export const ourLink = (n = 1): string => playbackLink(linkBaseUrl, sids.recording(n), linkRing);

/** What Flex's own Call Recording setting writes. */
export const twilioUrl = (n = 1): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;

/** A moment of 2 March 2026, the day of all these tests. */
export const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);

type Measure = Parameters<Meter['measure']>[0];

/** Everything that the handlers reach, in memory, and a clock that stands still until a test moves it. */
export function startWorld() {
  let now = at('10:00:00');
  const measures: Measure[] = [];
  const ledger = inMemoryLedger({ staleReads: true });
  const archive = inMemoryArchive();
  const keyRing = memorySecret<z.output<typeof recordingKeysSchema>>({});
  return {
    ...startEnriching(() => now),
    ledger,
    inbox: ledger,
    controls: ledger,
    erasures: ledger.erasures,
    policy: cautiousPolicy(),
    tasks: inMemoryTasks(),
    recordings: inMemoryRecordings(),
    archive,
    keeping: inMemoryArchiveKeeping(archive.versions, () => now),
    /** One class, for ever, as the stages are shipped; a test may put another in. */
    retention: { classes: [{ name: 'standard', storage: [] }] },
    inspector: streamInspector,
    /** The secret with the private keys of recording encryption: empty until a test puts some in. */
    keyRing,
    keys: recordingKeys(keyRing),
    encryptedRecordings: 'decrypt' as const,
    queues: collectingWorkQueues(),
    linkKeys: inMemoryLinkKeys(linkRing),
    meter: { measure: (measure: Measure) => void measures.push(measure) },
    measures,
    proveSender: senderProofBySignature('genuine'),
    now: () => now,
    setClock: (time: string) => void (now = at(time)),
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    linkBaseUrl,
    correlationObject: undefined,
    /** The task as stored. @throws when there is none */
    async task(n = 1): Promise<TaskRecord> {
      return stored(await ledger.readTask(sids.task(n)));
    },
    /** The recording as stored. @throws when there is none */
    async recording(n = 1): Promise<RecordingRecord> {
      return stored(await ledger.readRecording(sids.recording(n)));
    },
  };
}

export type World = ReturnType<typeof startWorld>;

function stored<T>(record: T | undefined): T {
  if (record === undefined) throw new Error('the ledger has no such record');
  return record;
}

/** The context of message `messageId`; `noted` collects what the handler noted. */
export function contextOf(
  messageId = 'm-1',
): MessageContext & { readonly noted: EventIds[]; readonly remarks: Remark[] } {
  const noted: EventIds[] = [];
  const remarks: Remark[] = [];
  return {
    messageId,
    receiveCount: 1,
    sentAt: at('10:00:00'),
    note: (ids) => void noted.push(ids),
    remark: (remark) => void remarks.push(remark),
    noted,
    remarks,
  };
}

/** Puts the example task at Twilio with these attributes. */
export function putTask(world: World, attributes: object | string, n = 1): void {
  world.tasks.put({
    taskSid: sids.task(n),
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    assignmentStatus: 'assigned',
    attributes: typeof attributes === 'string' ? attributes : JSON.stringify(attributes),
    createdAt: at('10:00:00'),
  });
}

/** The attributes that the example task has at Twilio now. */
export function attributesAtTwilio(world: World, n = 1): unknown {
  return JSON.parse(world.tasks.attributesOf(sids.task(n)) ?? 'null');
}

export interface TaskCallback {
  readonly type: string;
  readonly time?: string;
  readonly attributes?: object | string;
  readonly [parameter: string]: unknown;
}

/** A workspace callback about the example task, in its envelope; what is not a text is written as one. */
export function taskCallback({ type, time = '10:00:00', attributes, ...parameters }: TaskCallback): string {
  const form = new URLSearchParams({
    Sid: sids.event(),
    EventType: type,
    AccountSid: sids.account(),
    WorkspaceSid: sids.workspace(),
    TimestampMs: String(at(time).getTime()),
    TaskSid: sids.task(),
    TaskChannelUniqueName: 'voice',
    ...(attributes !== undefined && {
      TaskAttributes: typeof attributes === 'string' ? attributes : JSON.stringify(attributes),
    }),
    ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
  });
  return envelope('twilio/task-events', form.toString());
}

/** An envelope as the gateway makes it of a request. */
export function envelope(
  route: string,
  body: string,
  { signature = 'genuine', contentType = 'application/x-www-form-urlencoded' } = {},
): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    v: 1,
    route,
    requestId: 'request-1',
    receivedAtEpochMs: at('10:00:00').getTime(),
    sourceIp: '192.0.2.7',
    contentType: base64(contentType),
    signature: base64(signature),
    bodySha256: '',
    body: base64(body),
  });
}
