import type { TaskEventType } from '../task-event.ts';

/**
 * By when Insights must find an attribute: `identity` before the first segment ends, `segment` before the segment's
 * reservation completes. (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */
export type DeadlineClass = 'identity' | 'segment';

/** Which deadlines can still be met when this event is being handled; at and after a task's end none can. */
export function openDeadlines(eventType: TaskEventType): readonly DeadlineClass[] {
  switch (eventType) {
    case 'task.created':
      return ['identity', 'segment'];
    case 'reservation.accepted':
    case 'reservation.wrapup':
    case 'task.updated':
    case 'task.wrapup':
    case 'task.transfer-initiated':
    case 'task.transfer-completed':
    case 'task.transfer-failed':
    case 'task.transfer-canceled':
    case 'task.transfer-attempt-failed':
      return ['segment'];
    case 'reservation.completed':
    case 'task.completed':
    case 'task.canceled':
    case 'task.deleted':
    case 'task.system-deleted':
      return [];
  }
}

/** By when the attribute at this path must stand. */
export function deadlineOf(path: string): DeadlineClass {
  return identityPaths.includes(path) ? 'identity' : 'segment';
}

/** What Insights knows a conversation and a customer by. */
const identityPaths: readonly string[] = ['conversations.conversation_id', 'customers.external_id'];
