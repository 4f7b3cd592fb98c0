import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { TaskSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { changeTask } from '../shared/steps/change-record.ts';

/**
 * How long an intent belongs to the delivery that wrote it; after that it is dead, whatever became of what it asked of
 * Twilio. Twice what one run may take (`lib/function-timeouts.ts`), so that clocks may differ and TaskRouter's list may lag.
 */
export const intentSeconds = 60;

export interface IntentNeeds {
  readonly ledger: Ledger;
  readonly now: () => Date;
}

export type Intent =
  /** Ours. With `isRepeat` an earlier delivery had it, and may have made the task before it died, uncounted. */
  | { readonly kind: 'taken'; readonly isRepeat: boolean }
  | { readonly kind: 'another-has-it'; readonly untilAt: Date }
  | { readonly kind: 'made'; readonly taskSid: TaskSid };

/** Writes that a review task is about to be made, if nobody else is at it; of two that try at once one succeeds. */
export async function takeIntent(has: IntentNeeds, taskSid: TaskSid, cause: string): Promise<Intent> {
  const at = has.now();
  let intent: Intent = { kind: 'taken', isRepeat: false };
  await changeTask(has.ledger, taskSid, (task) => {
    if (task === undefined) throw lost(taskSid);
    intent = intentOn(task, at);
    if (intent.kind !== 'taken') return { record: task, timeline: [] };
    return {
      record: { ...task, review: { intendedAt: at } },
      timeline: [
        {
          occurredAt: at,
          cause,
          what: 'review task intended',
          actor: 'create-review-task',
          ...(intent.isRepeat && { before: 'intended before, and nobody knows whether it was made' }),
        },
      ],
    };
  });
  return intent;
}

function intentOn({ review }: TaskRecord, at: Date): Intent {
  if (review === undefined) return { kind: 'taken', isRepeat: false };
  if (review.taskSid !== undefined) return { kind: 'made', taskSid: review.taskSid };
  const untilAt = secondsAfter(review.intendedAt, intentSeconds);
  return untilAt > at ? { kind: 'another-has-it', untilAt } : { kind: 'taken', isRepeat: true };
}

/** Writes down which task it became; one that is known already stays. */
export async function keepMade(
  has: IntentNeeds,
  taskSid: TaskSid,
  made: { readonly reviewSid: TaskSid; readonly isFound: boolean; readonly cause: string },
): Promise<void> {
  const at = has.now();
  await changeTask(has.ledger, taskSid, (task) => {
    if (task === undefined) throw lost(taskSid);
    if (task.review?.taskSid !== undefined) return { record: task, timeline: [] };
    return {
      record: { ...task, review: { intendedAt: task.review?.intendedAt ?? at, taskSid: made.reviewSid } },
      timeline: [
        {
          occurredAt: at,
          cause: made.cause,
          what: made.isFound ? 'review task found' : 'review task made',
          actor: 'create-review-task',
          after: made.reviewSid,
        },
      ],
    };
  });
}

/** No fate has this error's name: it is a fault of ours, and tried again as such. */
function lost(taskSid: TaskSid): RangeError {
  return new RangeError(`${taskSid} was in the ledger a moment ago and is not any more`);
}
