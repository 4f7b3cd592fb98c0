import { compareText } from './compare-text.ts';
import type { RecordingRecord } from './recording-record.ts';
import type { RecordingSid, ReservationSid } from './sids.ts';
import { isEmpty } from './source-status.ts';
import type { FoundBy, TaskRecord, TaskRecording } from './task-record.ts';

/** Adds a recording, or what is meanwhile known of it; that Flex itself put it on the task is never forgotten. */
export function addRecording(
  task: TaskRecord,
  sid: RecordingSid,
  foundBy: FoundBy,
  known: Pick<RecordingRecord, 'source'> | undefined,
  reservationSid?: ReservationSid,
): TaskRecord {
  const before = task.recordings.find((recording) => recording.recordingSid === sid);
  const startedAt = known?.source.startedAt ?? before?.startedAt;
  const callSid = known?.source.callSid ?? before?.callSid;
  const partOf = reservationSid ?? before?.reservationSid;
  const after: TaskRecording = {
    recordingSid: sid,
    foundBy: foundBy === 'segment-link' ? foundBy : (before?.foundBy ?? foundBy),
    kind: kindOf(known) ?? before?.kind ?? 'unknown',
    ...(callSid !== undefined && { callSid }),
    ...(partOf !== undefined && { reservationSid: partOf }),
    ...(startedAt !== undefined && { startedAt }),
    isAbsent: known === undefined ? (before?.isAbsent ?? false) : isEmpty(known.source.status),
  };
  const others = task.recordings.filter((recording) => recording.recordingSid !== sid);
  return { ...task, recordings: [...others, after].sort((a, b) => compareText(a.recordingSid, b.recordingSid)) };
}

function kindOf(known: Pick<RecordingRecord, 'source'> | undefined): TaskRecording['kind'] | undefined {
  if (known?.source.conferenceSid !== undefined) return 'conference';
  return known?.source.callSid === undefined ? undefined : 'call';
}
