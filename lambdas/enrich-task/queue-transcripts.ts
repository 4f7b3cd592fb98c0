import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { isEnd } from './plan-work.ts';

export interface TranscriptNeeds {
  readonly queues: WorkQueues;
  /** What is archived: calls alone, or what was written as well. */
  readonly products: 'voice' | 'voice-and-digital';
}

/**
 * Has the task's conversations archived, where the stage archives what was written at all: when an agent's part is over,
 * when the task is, and once more when it is settled, because a goodbye may still be written in between. A conversation
 * that has not changed since is not stored again.
 */
export async function queueTranscripts(has: TranscriptNeeds, task: TaskRecord, cause: string): Promise<void> {
  if (has.products !== 'voice-and-digital') return;
  for (const conversationSid of task.conversationSids) {
    const message = {
      v: 1,
      route: 'internal/archive-transcript',
      conversationSid,
      taskSid: task.taskSid,
      cause,
    } as const;
    await has.queues.send(message);
  }
}

/** True of the events after which the task's conversations are looked at. */
export function endsTalk(eventType: string): boolean {
  return eventType === 'task.wrapup' || isEnd(eventType);
}
