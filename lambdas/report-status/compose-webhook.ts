import { createHash } from 'node:crypto';
import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { PermanentError } from '../shared/domain/outcome.ts';
import type { IgnoreReason } from '../shared/domain/outcome.ts';
import { ownReport, reportedSids } from '../shared/domain/own-report.ts';
import type { ReportedSids } from '../shared/domain/own-report.ts';
import type { ReportTarget } from '../shared/domain/report-targets.ts';
import type { RelayContactStatus, ReportAgentState, ReportStatus } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { knownTasks } from '../shared/steps/known-tasks.ts';

/** Who made a contact status. Our own route ignores what it finds marked as `archive`. */
const sourceHeader = 'x-contact-status-source';

export interface ComposedWebhook {
  readonly kind: 'webhook';
  /** The same for every delivery of the same message to the same target. */
  readonly id: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What a report of ours is about. */
  readonly sids?: ReportedSids;
}

/** `outdated`: what the message says is no longer so. */
export type Composed = ComposedWebhook | { readonly kind: 'outdated'; readonly because: IgnoreReason };

/** Calabrio's message as it came, for one more reader: not a byte of it is ours. */
export function composeRelay({ body, cause }: RelayContactStatus, target: ReportTarget): ComposedWebhook {
  return { kind: 'webhook', id: webhookId([cause, target.name]), body, headers: { [sourceHeader]: 'calabrio' } };
}

/** An agent's state. A message for the same event has the same id, whichever transport brought the event. */
export function composeAgentState(message: ReportAgentState, target: ReportTarget): ComposedWebhook {
  const { workerSid, workerName, state, reason, occurredAt, cause } = message;
  return {
    kind: 'webhook',
    id: webhookId(['agent-state', workerSid, cause, target.name]),
    body: JSON.stringify({
      workerSid,
      ...(workerName !== undefined && { agentName: workerName }),
      state,
      ...(reason !== undefined && { reason }),
      occurredAt,
    }),
    headers: { 'x-report-kind': 'agent-state' },
  };
}

/**
 * A report of ours, made of what the ledger knows at this moment, so that a late delivery knows Calabrio's id of the
 * contact where an early one did not. A FAILED that was repaired meanwhile is not sent: it would be the last word.
 *
 * @throws {PermanentError} `recording-unknown`: somebody else's ledger, or a message written by hand.
 */
export async function composeReport(
  has: { readonly ledger: Ledger },
  message: ReportStatus,
  target: ReportTarget,
): Promise<Composed> {
  const { recordingSid, reservationSid, status } = message;
  const recording = await has.ledger.readRecording(recordingSid);
  if (recording === undefined) {
    throw new PermanentError(`the ledger knows no ${recordingSid}, so there is nothing to report of it`, {
      reason: 'recording-unknown',
    });
  }
  if (isTombstoned(recording)) return { kind: 'outdated', because: 'tombstoned' };
  if (status === 'FAILED' && recording.archive.state === 'verified') {
    return { kind: 'outdated', because: 'report-outdated' };
  }
  const tasks = await knownTasks(has, recording);
  const report = { status, ...(reservationSid !== undefined && { reservationSid }) };
  const sids = reportedSids(recording, tasks, reservationSid);
  return {
    kind: 'webhook',
    id: webhookId([recordingSid, reservationSid ?? '', status, target.name]),
    body: JSON.stringify(ownReport(recording, tasks, report, target.tenantId)),
    headers: { [sourceHeader]: 'archive', ...sidHeaders(sids) },
    sids,
  };
}

function sidHeaders(sids: ReportedSids): Readonly<Record<string, string>> {
  const { recordingSid, taskSid, reservationSid, conferenceSid } = sids;
  return {
    'x-recording-sid': recordingSid,
    ...(taskSid !== undefined && { 'x-task-sid': taskSid }),
    ...(reservationSid !== undefined && { 'x-reservation-sid': reservationSid }),
    ...(conferenceSid !== undefined && { 'x-conference-sid': conferenceSid }),
  };
}

/** In base64url, which has no full stop: the signature is over id, time and body, joined by full stops. */
function webhookId(parts: readonly string[]): string {
  return `msg_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
