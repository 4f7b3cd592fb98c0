import type { RuleEvent } from './rule-scope.ts';
import { withoutSecrets } from '../secrets-in-attributes.ts';
import { isObject, parseTaskAttributes } from '../task-attributes.ts';
import type { TaskEvent, TaskEventType } from '../task-event.ts';
import { plainJson } from '../task-shapes/plain-json.ts';

/** What rules see of an event. */
export function ruleEvent(event: TaskEvent): RuleEvent {
  const { channel, taskQueueSid, taskQueueName, reservationSid, workerSid, workerName, reason, transfer } = event;
  return {
    type: event.eventType,
    occurredAt: event.occurredAt.toISOString(),
    taskSid: event.taskSid,
    ...(channel !== undefined && { channel }),
    ...(taskQueueSid !== undefined && { queueSid: taskQueueSid }),
    ...(taskQueueName !== undefined && { queueName: taskQueueName }),
    ...(reservationSid !== undefined && { reservationSid }),
    ...(workerSid !== undefined && { workerSid }),
    ...(workerName !== undefined && { workerName }),
    ...(reason !== undefined && { reason }),
    ...(transfer?.mode !== undefined && { transferMode: transfer.mode }),
  };
}

/**
 * The attributes of an event's worker without what looks like a secret, and how many of those there were. A number that
 * JavaScript cannot hold is a text, so that it is the same one after a queue.
 */
export interface EventWorker {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly secrets: number;
}

/** Undefined where the event names no worker, or the worker's attributes cannot be read: the task's own are what counts. */
export function eventWorker({ workerAttributesText }: TaskEvent): EventWorker | undefined {
  const parsed = workerAttributesText === undefined ? undefined : parseTaskAttributes(workerAttributesText);
  if (parsed?.kind !== 'object') return undefined;
  const { value, paths } = withoutSecrets(parsed.attributes);
  const plain = plainJson(value);
  return isObject(plain) ? { attributes: plain, secrets: paths.length } : undefined;
}

/** What TaskRouter itself says of the event's worker. */
export function workerIds({ workerSid, workerName }: RuleEvent): { workerSid?: string; workerName?: string } {
  return { ...(workerSid !== undefined && { workerSid }), ...(workerName !== undefined && { workerName }) };
}

/** When it can be said how an agent's part of a call ended: at its wrap-up, and when it is handed on. */
export function isEndingAskedAt(eventType: TaskEventType): boolean {
  return eventType.endsWith('.wrapup') || eventType.startsWith('task.transfer-');
}
