import { compareText } from './compare-text.ts';
import type { TaskRecord, TaskRecording } from './task-record.ts';

/**
 * Chooses the recording that the link names, once: the one Flex itself put on the task, else a conference's before a
 * call's, else the earliest, else the smallest SID. A choice is only left when its recording holds nothing.
 */
export function withPrimary(task: TaskRecord): TaskRecord {
  const present = task.recordings.filter((recording) => !recording.isAbsent);
  if (present.some((recording) => recording.recordingSid === task.primaryRecordingSid)) return task;
  const first = bestRecording(present);
  const { primaryRecordingSid: _left, ...rest } = task;
  return first === undefined ? rest : { ...rest, primaryRecordingSid: first.recordingSid };
}

/** The first of them in the order by which the link chooses; undefined of none. */
export function bestRecording(recordings: readonly TaskRecording[]): TaskRecording | undefined {
  const [first] = [...recordings].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.startedAt?.getTime() ?? Infinity) - (b.startedAt?.getTime() ?? Infinity) ||
      compareText(a.recordingSid, b.recordingSid),
  );
  return first;
}

function rank(recording: TaskRecording): number {
  if (recording.foundBy === 'segment-link') return 0;
  return recording.kind === 'conference' ? 1 : 2;
}
