import { playbackLink } from '../shared/domain/link.ts';
import { RetryableError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingSid, TaskSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { CreateReviewTask } from '../shared/messages/work-message.ts';
import type { LinkKeys } from '../shared/ports/link-keys.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { NewTask, Tasks } from '../shared/ports/tasks.ts';
import { recordingToReview } from './recording-to-review.ts';
import { reviewAttributes } from './review-attributes.ts';
import { keepMade, takeIntent } from './review-intent.ts';
import type { IntentNeeds } from './review-intent.ts';

export interface CreateReviewTaskNeeds extends IntentNeeds {
  readonly tasks: Pick<Tasks, 'create' | 'findByAttributes'>;
  readonly linkKeys: LinkKeys;
  readonly meter: Meter;
  readonly linkBaseUrl: string;
  /** Where the made task goes, and how long it may wait there. */
  readonly routing: Omit<NewTask, 'attributes'>;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readCreateReviewTaskMessage(body: string): CreateReviewTask {
  const message = readQueueMessage(body);
  if (message.route === 'internal/create-review-task') return message;
  throw misrouted(message, 'create-review-task');
}

/**
 * Makes the task in which an agent listens to a call that nobody has dealt with: one for each recording, however often
 * it is asked for, and for however many tasks of the call.
 *
 * The intent is in the ledger before Twilio is asked, so that a repeat knows that somebody was at it, and waits until
 * that one can be no more. Whoever has the intent looks for a task that reviews the recording before making one: a dead
 * delivery may have made it, or the delivery for another task of a call that was queued again.
 *
 * @throws {RetryableError} `archive-not-verified` and `recording-not-known-yet` until there is something to listen to;
 *   `review-under-way` while another delivery may be making it.
 */
export function createReviewTask(
  has: CreateReviewTaskNeeds,
): (message: CreateReviewTask, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    const { taskSid, cause } = message;
    context.note({ taskSid });
    const task = await has.ledger.readTask(taskSid);
    if (task === undefined) return ignored('no-recording-known');
    if (task.erased !== undefined) return ignored('tombstoned');
    if (task.review?.taskSid !== undefined) return done;
    // An agent took the call: the event that says so came after the one that asked for this, or never.
    if (task.legs.length > 0 || task.endedBy === 'completed') return ignored('review-not-wanted');
    const found = await recordingToReview(has.ledger, task);
    if (found.kind === 'none') return ignored(found.why);
    const { recording } = found;
    context.note({ recordingSid: recording.recordingSid });
    // Whatever can fail for another reason than Twilio does so before the intent.
    const newTask = await newReviewTask(has, task, recording, message);
    const intent = await takeIntent(has, taskSid, cause);
    if (intent.kind === 'made') return done;
    if (intent.kind === 'another-has-it') throw underWay(taskSid, intent.untilAt, has.now());
    const earlier = await reviewOf(has, recording.recordingSid);
    const reviewSid = earlier ?? (await has.tasks.create(newTask));
    await keepMade(has, taskSid, { reviewSid, isFound: earlier !== undefined, cause });
    // What another task's delivery has made, that one has counted; a repeat finds what nobody has lived to count.
    if (earlier === undefined || intent.isRepeat)
      has.meter.measure({ outcome: 'created', name: 'reviewTasks', unit: 'Count', value: 1 });
    return done;
  };
}

async function newReviewTask(
  has: CreateReviewTaskNeeds,
  task: TaskRecord,
  recording: RecordingRecord,
  { rd = {} }: CreateReviewTask,
): Promise<NewTask> {
  const link = playbackLink(has.linkBaseUrl, recording.recordingSid, await has.linkKeys.ring());
  return { ...has.routing, attributes: reviewAttributes(task, recording, { link, rd }) };
}

/** The task that an earlier delivery made for the recording, for whichever task it was, if Twilio still has it. */
async function reviewOf(has: CreateReviewTaskNeeds, sid: RecordingSid): Promise<TaskSid | undefined> {
  const [first] = await has.tasks.findByAttributes(`review_of_recording_sid == "${sid}"`);
  return first;
}

function underWay(taskSid: TaskSid, untilAt: Date, now: Date): RetryableError {
  return new RetryableError(`another delivery may be making the review task of ${taskSid}`, {
    reason: 'review-under-way',
    retryAfterSeconds: (untilAt.getTime() - now.getTime()) / 1000,
  });
}
