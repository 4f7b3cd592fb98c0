import { done } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { queueReports } from '../shared/steps/follow-plan.ts';
import { knownTasks } from '../shared/steps/known-tasks.ts';
import { noteAttempt } from './gate.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import { withPlan } from './plan-source.ts';
import { again } from './step.ts';
import type { Step } from './step.ts';

/**
 * The source is gone and it was our doing: an intent of ours was written before. Once is enough; a second call finds it
 * done.
 */
export async function settleDeleted(
  has: DeleteSourceNeeds,
  recording: RecordingRecord,
  intendedAt: Date,
  confirmedBy: 'not-found' | 'soft-deleted',
  because: Because,
): Promise<Outcome> {
  const { recordingSid } = recording;
  // Breaker and graph first: a function that is killed here comes back, finds the source gone and does all of it again.
  await noteAttempt(has, recordingSid, 'deleted');
  has.meter.measure({ outcome: 'deleted', name: 'deletions', unit: 'Count', value: 1 });
  const tasks = await knownTasks(has, recording);
  const at = has.now();
  const stored = await changeRecording(has.ledger, recordingSid, (before = recording) => {
    if (before.deletion.state === 'deleted' || before.erasure.state === 'erased')
      return { record: before, timeline: [] };
    // Whatever was written meanwhile, the deletion was carried out under the intent of that moment.
    const intended = applyEvent(before, { kind: 'deletion-intended', at: intendedAt });
    const deleted = applyEvent(intended, { kind: 'deleted', at, confirmedBy });
    const line = { what: 'source deleted', before: before.deletion.state, after: `deleted, ${confirmedBy} at Twilio` };
    return {
      record: withPlan(has, deleted, { tasks, at }).record,
      timeline: [{ ...because, occurredAt: at, ...line }],
    };
  });
  await queueReports(has, stored, withPlan(has, stored, { tasks, at }).plan, because);
  return done;
}

/**
 * The source is gone and no intent of ours says why: somebody else deleted it. That rings an alarm, whatever the copy is.
 *
 * The record is read again first. A deletion of ours, by another delivery, wrote its intent before Twilio let go of the
 * source, so whoever has seen it gone sees that intent too, and begins again with it.
 */
export async function settleGoneExternal(
  has: DeleteSourceNeeds,
  recording: RecordingRecord,
  because: Because,
): Promise<Step> {
  const { recordingSid } = recording;
  const current = await has.ledger.readRecording(recordingSid);
  if (current?.deletion.state !== 'none') return again();
  await noteAttempt(has, recordingSid, 'gone-external');
  has.meter.measure({ outcome: 'gone-external', name: 'deletions', unit: 'Count', value: 1 });
  const tasks = await knownTasks(has, current);
  const at = has.now();
  const stored = await changeRecording(has.ledger, recordingSid, (before = current) => {
    if (before.deletion.state !== 'none') return { record: before, timeline: [] };
    const gone = applyEvent(before, { kind: 'found-gone', at });
    const line = { what: 'source gone without our intent', before: before.source.status, after: 'gone-external' };
    return { record: withPlan(has, gone, { tasks, at }).record, timeline: [{ ...because, occurredAt: at, ...line }] };
  });
  if (stored.deletion.state !== 'gone-external') return again();
  await queueReports(has, stored, withPlan(has, stored, { tasks, at }).plan, because);
  return done;
}
