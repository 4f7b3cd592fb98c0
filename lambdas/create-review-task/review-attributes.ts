import { PermanentError } from '../shared/domain/outcome.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { ReviewRd } from '../shared/domain/review-rd.ts';
import { attributesText, maxAttributesCharacters } from '../shared/domain/task-attributes.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';

/**
 * The attributes of the task in which an agent listens to a recording, as the text that goes to Twilio.
 *
 * The link is in `recording_link`, a key of its own. In `conversations.segment_link` or `media` it would say that this
 * task was the one recorded: Insights would play the call as the review's own, its statistics would count it twice, and
 * link-recording would look after the link until the end. In none of these keys, and with no call or conference SID beside
 * it, nothing takes the recording for this task's, and so the review keeps no source from its deletion: it listens to the
 * copy.
 *
 * @throws {PermanentError} `attributes-too-large` when what was taken over does not fit into 4,096 characters.
 */
export function reviewAttributes(
  task: TaskRecord,
  recording: RecordingRecord,
  has: { readonly link: string; readonly rd: ReviewRd },
): string {
  const text = attributesText({
    name: nameOf(task, recording, has.rd),
    type: 'long-lived',
    direction: 'inbound',
    rd: { ...has.rd, parent_task_sid: task.taskSid },
    review_of_recording_sid: recording.recordingSid,
    review_of_task_sid: task.taskSid,
    recording_link: has.link,
    conversations: { conversation_id: task.conversationId ?? task.taskSid },
  });
  if (text.length <= maxAttributesCharacters) return text;
  throw new PermanentError(
    `the attributes of a review of ${task.taskSid} would have ${text.length} characters, TaskRouter allows ${maxAttributesCharacters}: look what is in its rd`,
    { reason: 'attributes-too-large' },
  );
}

/** What the agent sees in Flex. With a sign or a digit in it, so that nobody takes it for a person's name. */
function nameOf(task: TaskRecord, { source }: RecordingRecord, rd: ReviewRd): string {
  if (rd.call_detail_id !== undefined) return `Recorded call #${rd.call_detail_id}`;
  const began = source.startedAt ?? task.createdAt ?? task.firstSeenAt;
  return `Recorded call of ${began.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
