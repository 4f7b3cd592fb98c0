import { compareText } from '../compare-text.ts';
import { linkWindowSeconds } from '../link.ts';
import { secondsAfter } from '../seconds-after.ts';
import { taskQueueSid } from '../sids.ts';
import type { TaskQueueSid } from '../sids.ts';
import type { TaskRecord } from '../task-record.ts';
import { isDigital } from '../task-sound.ts';
import type { Finding, QueueCounts, QueueShare } from './findings.ts';

/** That a task with sound ended with neither our link on it nor media of ours, once nobody looks for them any more. */
export function taskFindings(task: TaskRecord, now: Date): readonly Finding[] {
  const { taskSid: sid, endedAt, link, media, erased } = task;
  if (erased !== undefined || !hasRecording(task)) return [];
  if (endedAt === undefined || now <= secondsAfter(endedAt, linkWindowSeconds)) return [];
  if (isAnswered(link.state) || (media !== undefined && isAnswered(media.state))) return [];
  return [{ kind: 'missing-link', sid, why: link.state === 'none' ? (media?.state ?? 'none') : link.state }];
}

function isAnswered(state: NonNullable<TaskRecord['media']>['state']): boolean {
  return state === 'written' || state === 'kept' || state === 'late';
}

/** The queues' counts with one more task in them: in each queue through which an agent took it by voice. */
export function withTaskCounted(counts: QueueCounts, task: TaskRecord): QueueCounts {
  if (isDigital(task)) return counts;
  const accepted = task.legs.filter(({ acceptedAt }) => acceptedAt !== undefined);
  const queues = new Set(accepted.map(({ taskQueueSid }) => taskQueueSid ?? task.taskQueueSid));
  const recorded = hasRecording(task) ? 1 : 0;
  return [...queues].reduce((sofar, queue) => (queue === undefined ? sofar : withOne(sofar, queue, recorded)), counts);
}

function withOne(counts: QueueCounts, queue: TaskQueueSid, recorded: 0 | 1): QueueCounts {
  const before = counts[queue] ?? { tasks: 0, recorded: 0 };
  return { ...counts, [queue]: { tasks: before.tasks + 1, recorded: before.recorded + recorded } };
}

/** Every queue with what is wanted of it; those of which something is wanted and nobody came are there too, with no task. */
export function queueShares(
  counts: QueueCounts,
  recordedQueues: Readonly<Record<TaskQueueSid, number>>,
): readonly QueueShare[] {
  const queues = [...new Set([...Object.keys(counts), ...Object.keys(recordedQueues)])].sort(compareText);
  return queues.filter(taskQueueSid.is).map((queueSid) => {
    const { tasks, recorded } = counts[queueSid] ?? { tasks: 0, recorded: 0 };
    const wantedPercent = recordedQueues[queueSid];
    const isGap = wantedPercent !== undefined && recorded * 100 < wantedPercent * tasks;
    return { queueSid, tasks, recorded, ...(wantedPercent !== undefined && { wantedPercent }), isGap };
  });
}

function hasRecording({ recordings }: TaskRecord): boolean {
  return recordings.some(({ isAbsent }) => !isAbsent);
}
