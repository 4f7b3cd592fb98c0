import type { TaskRecord } from '../task-record.ts';

/** What a task says of how long its recordings and transcripts are to stay. */
export interface RetentionFacts {
  /** SIDs and names of every queue that the task was in, as far as is known. */
  readonly queues: readonly string[];
  readonly clientId?: string;
  readonly channel?: string;
  readonly direction?: 'inbound' | 'outbound';
  /** Absent: it was not told. */
  readonly consent?: 'given' | 'refused';
}

/** Where no task is known yet, and may never be. */
export const nothingKnown: RetentionFacts = { queues: [] };

/** A queue counts that any agent was reached through, not only the last: what was heard there is in the recording. */
export function retentionFactsOf(task: TaskRecord): RetentionFacts {
  const queues = [task.taskQueueSid, task.taskQueueName, ...task.legs.map(({ taskQueueSid }) => taskQueueSid)];
  return {
    queues: [...new Set(queues.filter((queue) => queue !== undefined))],
    ...(task.channel !== undefined && { channel: task.channel }),
    ...task.keeping,
  };
}
