import { isLinkWindowOpen } from '../shared/domain/task-life.ts';
import { linkSettledAfterSeconds, playbackLink } from '../shared/domain/link.ts';
import type { OnExistingLink } from '../shared/domain/link.ts';
import { ignored } from '../shared/domain/outcome.ts';
import type { IgnoreReason, Outcome } from '../shared/domain/outcome.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { LinkRecording } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { LinkKeys } from '../shared/ports/link-keys.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { recordTaskRecording } from './record-task-recording.ts';
import { removeLink } from './remove-link.ts';
import { writeLink } from './write-link.ts';

export interface LinkRecordingNeeds {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly linkKeys: LinkKeys;
  readonly meter: Meter;
  readonly now: () => Date;
  readonly accountSid: string;
  readonly workspaceSid: string;
  readonly linkBaseUrl: string;
  readonly linkMode: 'segment-link' | 'none';
  readonly onExistingLink: OnExistingLink;
  readonly correlationObject?: string | undefined;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readLinkRecordingMessage(body: string): LinkRecording {
  const message = readQueueMessage(body);
  if (message.route === 'internal/link-recording') return message;
  throw misrouted(message, 'link-recording');
}

/**
 * Writes the playback link onto the task, early and again if it was lost, until Insights stops looking.
 *
 * Copying never delays this: the link is known from the recording's SID alone. The order is: what we know of the
 * recording into the ledger, then Twilio, then what we saw there into the ledger. A function that dies in between is
 * healed by the redelivery, which reads the task and finds the link there.
 */
export function linkRecording(
  has: LinkRecordingNeeds,
): (message: LinkRecording, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    context.note({ taskSid: message.taskSid, recordingSid: message.recordingSid });
    const task = await recordTaskRecording(has, message);
    if (has.linkMode === 'none') return ignored('link-not-wanted');
    if (task.primaryRecordingSid === undefined) return withoutRecording(has, task, message);
    const nothingToDo = whyNothing(task, message, has.now());
    if (nothingToDo !== undefined) return ignored(nothingToDo);
    const link = playbackLink(has.linkBaseUrl, task.primaryRecordingSid, await has.linkKeys.ring());
    return writeLink(has, task, link, message.cause);
  };
}

/** No recording with sound is known: a link that was already written to one that turned out empty comes off. */
function withoutRecording(
  has: LinkRecordingNeeds,
  task: TaskRecord,
  message: LinkRecording,
): Promise<Outcome> | Outcome {
  const isOurs = task.link.state === 'written' || task.link.state === 'late';
  return isOurs && isLinkWindowOpen(task, has.now())
    ? removeLink(has, task, message.cause)
    : ignored('no-recording-known');
}

function whyNothing(task: TaskRecord, message: LinkRecording, now: Date): IgnoreReason | undefined {
  const { link } = task;
  const isSeen = (link.state === 'written' || link.state === 'late') && link.recordingSid === task.primaryRecordingSid;
  if (isSeen && message.why === 'announced') return 'link-settled';
  // A check that comes late, or again, may still look: without a look after the end nobody knows that the link has stayed.
  const isWorthALook = message.why === 'check' && link.state === 'written' && !hasStayed(task);
  if (!isLinkWindowOpen(task, now) && link.state !== 'none' && !isWorthALook) return 'window-closed';
  if (link.state === 'kept' && message.why === 'announced') return 'link-kept';
  return isSeen && message.why === 'check' && hasStayed(task) ? 'link-settled' : undefined;
}

function hasStayed({ endedAt, link }: TaskRecord): boolean {
  return (
    endedAt !== undefined && link.seenAt !== undefined && link.seenAt >= secondsAfter(endedAt, linkSettledAfterSeconds)
  );
}
