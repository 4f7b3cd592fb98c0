import { archiveRefusals } from './archive-refusals.ts';
import { isTombstoned } from './erasure/erasure-life.ts';
import { expectedLegs } from './expected-legs.ts';
import type { ExpectedLeg } from './expected-legs.ts';
import { joinedLegs } from './joined-legs.ts';
import { legRefusals, verificationRefusals } from './leg-refusals.ts';
import { checkAgainSeconds, graceEndsAt, reportsDueAt } from './plan-times.ts';
import type { Policy } from './policy.ts';
import type { RecordingRecord, SentReport } from './recording-record.ts';
import type { RefusalReason } from './refusals.ts';
import { hasRetentionEnded } from './retention/keeping-life.ts';
import { reviewAfter } from './review-after.ts';
import { secondsAfter } from './seconds-after.ts';
import { taskRefusals } from './task-refusals.ts';
import type { TaskRecord } from './task-record.ts';

/** What is to be done next for a recording that is safe, or will never be. */
export type Action =
  /** Every rule holds, or only Calabrio's API has to be asked still: to delete-source, which plans again. */
  | { readonly kind: 'delete-source' }
  /** A contact status of ours is owed to the targets: to report-status. */
  | { readonly kind: 'report-status'; readonly report: SentReport };

export interface Plan {
  readonly actions: readonly Action[];
  /** Why the source stays, every reason at once; empty when it may go. */
  readonly refusals: readonly RefusalReason[];
  readonly legs: readonly ExpectedLeg[];
  /** When the plan may turn out otherwise though nothing happens; always after `now`. */
  readonly reviewAt?: Date;
}

/**
 * What is to be done for the recording, from what is known of it and of every task it belongs to. Pure: the same facts
 * give the same plan, whatever order they came in, and an action that was sent already may be sent again.
 */
export function planRecording(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  policy: Policy,
  now: Date,
): Plan {
  if (isTombstoned(recording)) return { actions: [], refusals: ['tombstoned'], legs: [] };
  const legs = policy.calabrio === undefined ? [] : expectedLegs(recording, tasks, policy.calabrio, now);
  const refusals = refusalsOf(recording, tasks, legs, policy, now);
  const reviewAt = reviewAfter(recording, tasks, { legs, refusals, policy }, now);
  const actions = [
    ...(mayAsk(recording, refusals, policy, now) ? [{ kind: 'delete-source' } as const] : []),
    ...(policy.reports.archive ? reportsOwed(recording, tasks, now) : []),
  ];
  return { actions, refusals, legs, ...(reviewAt !== undefined && { reviewAt }) };
}

function refusalsOf(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  legs: readonly ExpectedLeg[],
  policy: Policy,
  now: Date,
): readonly RefusalReason[] {
  const { deletion } = policy;
  const ended = endedRefusals(recording);
  if (ended.length > 0) return ended;
  const needsCalabrio = deletion.confirmedBy !== 'archive';
  return [
    ...sourceRefusals(recording),
    // Of what S3 has let go as it was told to, nothing is missed, and nothing is proved either.
    ...(hasRetentionEnded(recording, now) ? (['retention-ended'] as const) : archiveRefusals(recording)),
    ...(recording.holds.length > 0 ? (['held'] as const) : []),
    ...taskRefusals(recording, tasks, policy),
    ...(needsCalabrio ? legRefusals(recording, legs, tasks, policy) : []),
    ...(needsCalabrio ? verificationRefusals(recording, legs, policy) : []),
    ...(now < graceEndsAt(recording, tasks, legs, policy) ? (['grace'] as const) : []),
    ...(deletion.allowedAccountSids.includes(recording.accountSid) ? [] : (['account-not-allowed'] as const)),
    ...(deletion.enabled ? [] : (['switched-off'] as const)),
    ...(deletion.dryRun ? (['dry-run'] as const) : []),
  ];
}

/** There is nothing left to delete, and nothing else matters then. */
function endedRefusals({ deletion, source }: RecordingRecord): readonly RefusalReason[] {
  if (deletion.state === 'deleted') return ['already-deleted'];
  // Our own deletion that broke off half-way is found out by whoever takes it up again.
  if (deletion.state === 'gone-external' || (source.status === 'deleted' && deletion.state === 'none'))
    return ['gone-external'];
  return source.status === 'absent' || source.status === 'failed' ? ['source-empty'] : [];
}

function sourceRefusals({ source }: RecordingRecord): readonly RefusalReason[] {
  return source.status === 'completed' || source.status === 'deleted' ? [] : ['source-not-final'];
}

/** After a check that confirmed nothing, the API is asked again when its time has come. */
function mayAsk(recording: RecordingRecord, refusals: readonly RefusalReason[], policy: Policy, now: Date): boolean {
  if (recording.deletion.state === 'intended') return true;
  const rest = refusals.filter((reason) => reason !== 'api-unconfirmed');
  if (rest.length > 0) return false;
  return rest.length === refusals.length || isCheckDue(recording, policy, now);
}

function isCheckDue({ verifications, firstSeenAt }: RecordingRecord, { calabrio }: Policy, now: Date): boolean {
  if (calabrio?.isApiConfigured !== true) return false;
  const checks = verifications.filter(({ result }) => result === 'unconfirmed').map(({ checkedAt }) => checkedAt);
  return checks.every((checkedAt) => now >= secondsAfter(checkedAt, checkAgainSeconds(firstSeenAt, checkedAt)));
}

/** One report for each leg, or for the recording where no agent was, once the copy is verified or has failed for good. */
function reportsOwed(recording: RecordingRecord, tasks: readonly TaskRecord[], now: Date): readonly Action[] {
  const { archive } = recording;
  const status = archive.state === 'verified' ? 'COMPLETE' : archive.state === 'failed' ? 'FAILED' : undefined;
  if (status === undefined) return [];
  const isOver = tasks.length > 0 && tasks.every(({ endedAt }) => endedAt !== undefined);
  if (!isOver && now < reportsDueAt(recording)) return [];
  const legs = joinedLegs(recording, tasks).map(({ leg }) => leg.reservationSid);
  const owed: readonly SentReport[] =
    legs.length === 0 ? [{ status }] : legs.map((reservationSid) => ({ reservationSid, status }));
  return owed
    .filter((report) => !recording.reports.some((sent) => isSame(sent, report)))
    .map((report) => ({ kind: 'report-status', report }));
}

function isSame(one: SentReport, other: SentReport): boolean {
  return one.reservationSid === other.reservationSid && one.status === other.status;
}
