import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { isLinkWindowOpen } from '../shared/domain/task-life.ts';
import { playbackLink } from '../shared/domain/link.ts';
import type { OnExistingLink } from '../shared/domain/link.ts';
import { ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { withPrimary } from '../shared/domain/primary-recording.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { wantedMedia } from '../shared/domain/wanted-media.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { LinkRecording } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { LinkKeys } from '../shared/ports/link-keys.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { stillOwed } from './facets.ts';
import type { Owed } from './facets.ts';
import { recordTaskRecording } from './record-task-recording.ts';
import { isOursThere, mayBeThere, removeLink } from './remove-link.ts';
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
  readonly linkMode: 'segment-link' | 'media' | 'both' | 'none';
  /** True where the transcript of a task in writing is put into its media. */
  readonly linkTranscripts: boolean;
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
 * Writes the playback link onto the task, or into its media, or both; early, and again if it was lost, until Insights
 * stops looking.
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
    if (await isErased(has.ledger, message)) return ignored('tombstoned');
    const task = await withoutErased(has.ledger, await recordTaskRecording(has, message));
    if (has.linkMode === 'none') return ignored('link-not-wanted');
    const wanted = await wantedOf(has, task);
    if (wanted.link === undefined && (wanted.media ?? []).length === 0) return withoutRecording(has, task, message);
    const owed = stillOwed(task, wanted, message.why, has.now());
    return 'nothing' in owed ? ignored(owed.nothing) : writeLink(has, task, owed, message.cause);
  };
}

/** The task, or the recording that is announced, is erased or about to be. */
async function isErased(ledger: Ledger, { taskSid, recordingSid }: LinkRecording): Promise<boolean> {
  if ((await ledger.readTask(taskSid))?.erased !== undefined) return true;
  return recordingSid !== undefined && (await tombstonesOf(ledger, [recordingSid])).length > 0;
}

/** The task as it is to be linked: of its recordings, one that is erased or about to be holds nothing any more. */
async function withoutErased(ledger: Ledger, task: TaskRecord): Promise<TaskRecord> {
  const tombstones = await tombstonesOf(
    ledger,
    task.recordings.map(({ recordingSid }) => recordingSid),
  );
  if (tombstones.length === 0) return task;
  const recordings = task.recordings.map((recording) =>
    tombstones.includes(recording.recordingSid) ? { ...recording, isAbsent: true } : recording,
  );
  return withPrimary({ ...task, recordings });
}

async function tombstonesOf(ledger: Ledger, sids: readonly RecordingSid[]): Promise<readonly RecordingSid[]> {
  const recordings = await Promise.all(sids.map((sid) => ledger.readRecording(sid)));
  return sids.filter((_sid, place) => {
    const recording = recordings[place];
    return recording !== undefined && isTombstoned(recording);
  });
}

/** What shall be on the task by what is known of it. Places in media that are wanted no longer are wanted to be empty. */
async function wantedOf(has: LinkRecordingNeeds, task: TaskRecord): Promise<Owed> {
  const { primaryRecordingSid } = task;
  const recordings = has.linkMode === 'media' || has.linkMode === 'both';
  const media =
    recordings || has.linkTranscripts ? wantedMedia(task, { recordings, transcripts: has.linkTranscripts }) : [];
  const isMediaAsked = media.length > 0 || (recordings && (task.media?.places ?? []).length > 0);
  const isLinkAsked = has.linkMode !== 'media' && primaryRecordingSid !== undefined;
  return {
    ...(isLinkAsked && { link: playbackLink(has.linkBaseUrl, primaryRecordingSid, await has.linkKeys.ring()) }),
    ...(isMediaAsked && { media }),
  };
}

/** No recording with sound is known: what was already written for one that turned out empty comes off. */
function withoutRecording(
  has: LinkRecordingNeeds,
  task: TaskRecord,
  message: LinkRecording,
): Promise<Outcome> | Outcome {
  return (isOursThere(task) || mayBeThere(task)) && isLinkWindowOpen(task, has.now())
    ? removeLink(has, task, message.cause)
    : ignored('no-recording-known');
}
