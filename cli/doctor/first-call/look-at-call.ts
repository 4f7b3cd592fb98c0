import type { Connection } from '../../connection.ts';
import { audioOf } from '../../life.ts';
import type { Play, Played } from './play.ts';
import { isSound } from './play.ts';
import { firstTaskSince } from './first-task.ts';
import { recordingOfOurLink } from '../../../lambdas/shared/domain/link.ts';
import { bestRecording } from '../../../lambdas/shared/domain/primary-recording.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { attributeFacts, parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import type { TimelineEntry } from '../../../lambdas/shared/ports/ledger.ts';

/** What is known of the call so far; nothing while no task has come. */
export interface CallSoFar {
  readonly task?: TaskRecord;
  /** The task's. */
  readonly timeline: readonly TimelineEntry[];
  /** The recording that the link names or would name. */
  readonly recording?: RecordingRecord;
  /** The task's attributes when they were last read. */
  readonly attributes?: { readonly text: string; readonly readAt: Date };
  /** The last attempt to play the link. */
  readonly played?: Played & { readonly at: Date };
}

export interface LookNeeds {
  readonly connection: Connection;
  readonly began: Date;
  /** Tasks that were there before. */
  readonly before: ReadonlySet<TaskSid>;
  readonly play: Play;
}

/** Looks once more: at the ledger, at the task's attributes, and along the link once there is a copy behind it. */
export async function lookAtCall(has: LookNeeds, known: CallSoFar): Promise<CallSoFar> {
  const { ledger } = has.connection;
  const task =
    known.task === undefined
      ? await firstTaskSince(has.connection, has.began, has.before)
      : await ledger.readTask(known.task.taskSid);
  if (task === undefined) return known;
  const { connection } = has;
  const sid = recordingNamedBy(task);
  const recording = sid === undefined ? undefined : await ledger.readRecording(sid);
  const attributes = (await readAttributes(connection, task)) ?? known.attributes;
  const seen: CallSoFar = {
    task,
    timeline: await ledger.timelineOf(task.taskSid),
    ...(recording !== undefined && { recording }),
    ...(attributes !== undefined && { attributes }),
    ...(known.played !== undefined && { played: known.played }),
  };
  const played = await playOnce(has, seen);
  return played === undefined ? seen : { ...seen, played };
}

function recordingNamedBy(task: TaskRecord): RecordingRecord['recordingSid'] | undefined {
  const present = task.recordings.filter(({ isAbsent }) => !isAbsent);
  return task.primaryRecordingSid ?? bestRecording(present)?.recordingSid ?? task.recordings[0]?.recordingSid;
}

async function readAttributes(connection: Connection, task: TaskRecord): Promise<CallSoFar['attributes']> {
  const last = await connection.lastAttributes(task);
  return last.kind === 'gone' ? undefined : { text: last.attributes, readAt: connection.now() };
}

/** Every play is written down, so a link that has played is left alone, and one without a copy behind it as well. */
async function playOnce(
  { connection, play }: LookNeeds,
  { recording, attributes, played }: CallSoFar,
): Promise<CallSoFar['played']> {
  if (recording === undefined || audioOf(recording) === undefined) return undefined;
  const link = ourLink(connection.publicUrl, attributes?.text);
  if (link === undefined || (played !== undefined && isSound(played))) return undefined;
  return { ...(await play(link)), at: connection.now() };
}

/** Only a link of ours is followed. */
function ourLink(publicUrl: string | undefined, attributesText: string | undefined): string | undefined {
  const parsed = attributesText === undefined ? undefined : parseTaskAttributes(attributesText);
  if (parsed?.kind !== 'object' || publicUrl === undefined) return undefined;
  const { segmentLink } = attributeFacts(parsed.attributes);
  const isOurs = recordingOfOurLink(publicUrl.replace(/\/$/, ''), segmentLink) !== undefined;
  return isOurs ? segmentLink : undefined;
}
