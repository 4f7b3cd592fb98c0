import type { ArchivedAudio, RecordingRecord } from './recording-record.ts';
import { conversationSid, taskSid } from './sids.ts';
import type { TaskRecord } from './task-record.ts';

/** The version of the sidecar's shape; readers refuse one that they do not know. */
const sidecarVersion = 1;

/**
 * What lies beside the audio: all SIDs, queue and worker, times, channels, sizes and checksums, where it came
 * from, when it was paused, how Twilio encrypted it and how long it stays; enough to rebuild the ledger from the bucket. No name, no number, no attribute of the task is in it.
 */
export function sidecarJson(recording: RecordingRecord, audio: ArchivedAudio, tasks: readonly TaskRecord[]): string {
  const { source } = recording;
  const sidecar = {
    sidecarVersion,
    recordingSid: recording.recordingSid,
    accountSid: recording.accountSid,
    callSid: source.callSid,
    conferenceSid: source.conferenceSid,
    foundBy: recording.foundBy,
    source: {
      origin: source.origin,
      startedAt: source.startedAt,
      durationSeconds: source.durationSeconds,
      channels: source.channels,
      encryption: source.encryption,
    },
    pauses: recording.pauses,
    retention: recording.retention,
    tasks: tasks.map(taskFacts),
    audio,
  };
  return `${JSON.stringify(sidecar, undefined, 2)}\n`;
}

function taskFacts(task: TaskRecord): object {
  const { conversationId } = task;
  return {
    taskSid: task.taskSid,
    workspaceSid: task.workspaceSid,
    taskQueueSid: task.taskQueueSid,
    taskQueueName: task.taskQueueName,
    channel: task.channel,
    createdAt: task.createdAt,
    endedAt: task.endedAt,
    endedBy: task.endedBy,
    parentTaskSid: task.parentTaskSid,
    // Whoever writes the attributes may put any text there, a telephone number too.
    conversationId: taskSid.is(conversationId) || conversationSid.is(conversationId) ? conversationId : undefined,
    legs: task.legs,
  };
}
