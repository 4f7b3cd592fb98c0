import { readJsonObject } from '../json.ts';
import type { Task } from '../state/records.ts';
import { attributeExpression } from './attribute-expression.ts';

/** What a list of tasks asks for; a text that says why it cannot be asked for. */
export function taskFilter(query: URLSearchParams): ((task: Task) => boolean) | string {
  const asked = attributeExpression(query.get('EvaluateTaskAttributes'));
  if (asked.kind === 'not-understood') return asked.why;
  const statuses = query.getAll('AssignmentStatus').flatMap((text) => text.split(','));
  const is = (field: string, value: string): boolean => !query.has(field) || query.get(field) === value;
  return (task) =>
    (statuses.length === 0 || statuses.includes(task.status)) &&
    is('Priority', String(task.priority)) &&
    is('WorkflowSid', task.workflow.sid) &&
    is('WorkflowName', task.workflow.name) &&
    is('TaskQueueSid', task.queue.sid) &&
    is('TaskQueueName', task.queue.name) &&
    is('RoutingTarget', task.routingTarget ?? '') &&
    // Add-ons are not simulated: no task has any.
    query.get('HasAddons') !== 'true' &&
    asked.matches(readJsonObject(task.attributes) ?? {});
}

const keys: Readonly<Record<string, (task: Task) => number>> = {
  DateCreated: (task) => task.createdAtMs,
  Priority: (task) => task.priority,
  VirtualStartTime: (task) => task.virtualStartMs,
};

/** By `Priority:desc,DateCreated:asc`; undefined where it is none. What is equal stays in its order. */
export function taskOrder(ordering: string): ((one: Task, other: Task) => number) | undefined {
  const terms = ordering.split(',').map((term) => /^(\w+):(asc|desc)$/.exec(term.trim()));
  const signed = terms.map((term) => ({ keyOf: keys[term?.[1] ?? ''], sign: term?.[2] === 'desc' ? -1 : 1 }));
  if (signed.some(({ keyOf }) => keyOf === undefined)) return undefined;
  return (one, other) =>
    signed.map(({ keyOf, sign }) => ((keyOf?.(one) ?? 0) - (keyOf?.(other) ?? 0)) * sign).find((by) => by !== 0) ?? 0;
}
