import { isDeepStrictEqual } from 'node:util';
import { RetryableError, ignored } from '../shared/domain/outcome.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RefusalReason } from '../shared/domain/refusals.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { queueReports, refusalsMoved } from '../shared/steps/follow-plan.ts';
import { noteAttempt } from './gate.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import { withPlan } from './plan-source.ts';
import type { Planned } from './plan-source.ts';
import { savePlanned } from './save-planned.ts';
import type { Line } from './save-planned.ts';
import { again } from './step.ts';
import type { Step } from './step.ts';

/**
 * So long another delivery may still be about to delete under the intent that it wrote: no function lives longer.
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, read 2026-11)
 */
const intentInForceSeconds = 900;

/**
 * The source stays, for these reasons: they are kept on the record, on the very version that was planned on, and on the
 * timeline. An intent of an earlier delivery, whose source is still there, is withdrawn.
 *
 * @throws {RetryableError} `deletion-under-way` while an intent is so young that another delivery may act on it: were it
 *   withdrawn then, that deletion would look like somebody else's.
 */
export async function refuse(
  has: DeleteSourceNeeds,
  { recording, tasks, at }: Planned,
  because: Because,
  found: { readonly reasons: readonly RefusalReason[]; readonly reviewAt?: Date },
): Promise<Step> {
  const { deletion } = recording;
  const isIntended = deletion.state === 'intended';
  if (isIntended) forbidWhileInForce(recording, deletion.intendedAt, at);
  // The planner asked for this deletion, so a refusal about proof means that something was proved and is not any more:
  // that is what the breaker is for. A hold, a switch, a grace period or the cap are decisions, and wear nothing out.
  if (found.reasons.some(isAboutProof)) await noteAttempt(has, recording.recordingSid, 'refused');
  const stays = isIntended ? applyEvent(recording, { kind: 'deletion-withdrawn' }) : recording;
  const { plan, record } = withPlan(has, stays, { tasks, at });
  const after: RecordingRecord = {
    ...record,
    ...(has.policy.deletion.enabled && { refusals: found.reasons }),
    ...earliestReview(plan.reviewAt, found.reviewAt),
  };
  if (!isDeepStrictEqual(recording, after)) {
    const lines = linesOf(recording, after, found.reasons);
    if ((await savePlanned(has, after, lines, because)) === undefined) return again();
  }
  has.meter.measure({ outcome: 'refused', name: 'deletions', unit: 'Count', value: 1 });
  if (isIntended) has.meter.measure({ outcome: 'withdrawn', name: 'deletions', unit: 'Count', value: 1 });
  await queueReports(has, after, plan, because);
  return ignored('deletion-refused');
}

function forbidWhileInForce(recording: RecordingRecord, intendedAt: Date, at: Date): void {
  const until = secondsAfter(intendedAt, intentInForceSeconds);
  if (at >= until) return;
  const message = `${recording.recordingSid} must stay, but a deletion of it was begun at ${intendedAt.toISOString()}: whether that was carried out shows at ${until.toISOString()}`;
  const retryAfterSeconds = Math.ceil((until.getTime() - at.getTime()) / 1000);
  throw new RetryableError(message, { reason: 'deletion-under-way', retryAfterSeconds });
}

function isAboutProof(reason: RefusalReason): boolean {
  return reason.startsWith('archive-') || reason.startsWith('leg-') || reason === 'api-mismatch';
}

function earliestReview(one: Date | undefined, other: Date | undefined): Pick<RecordingRecord, 'reviewAt'> {
  const moments = [one, other].filter((moment) => moment !== undefined).map((moment) => moment.getTime());
  return moments.length === 0 ? {} : { reviewAt: new Date(Math.min(...moments)) };
}

function linesOf(before: RecordingRecord, after: RecordingRecord, reasons: readonly RefusalReason[]): readonly Line[] {
  const withdrawn = { what: 'deletion withdrawn', before: before.deletion.state, after: reasons.join(', ') };
  const moved = refusalsMoved(before, after, { occurredAt: new Date(0), cause: '', actor: '' });
  return [
    ...(before.deletion.state === 'intended' ? [withdrawn] : []),
    ...moved.map(({ occurredAt: _at, cause: _cause, actor: _actor, ...line }) => line),
  ];
}
