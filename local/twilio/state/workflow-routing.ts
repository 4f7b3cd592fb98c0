import { isJsonObject, readJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { attributeExpression } from '../rest/attribute-expression.ts';
import type { TaskQueue, Workflow } from './routing-records.ts';
import type { World } from './world.ts';

/** Where a workflow sends a task: to the first target of the first filter that matches, else by the default filter. */
export interface Way {
  readonly queue: TaskQueue;
  /** The target's own, which goes before the task's. */
  readonly priority?: number;
}

/**
 * Why Twilio refuses this text as a workflow's configuration; undefined when it takes it. Its own words are documented
 * nowhere. An expression is checked, a worker's too (`task.x == worker.y`); who is offered the task is a verb's.
 */
export function configurationFault(world: World, workspaceSid: string, text: string): string | undefined {
  const routing = routingOf(text);
  if (routing === undefined) return 'Configuration is not a JSON object with a task_routing';
  if (routing['filters'] !== undefined && !Array.isArray(routing['filters'])) return 'task_routing.filters is no list';
  if (filtersOf(routing).some((filter) => targetsOf(filter).length === 0))
    return 'a filter of task_routing.filters has no targets';
  for (const queue of queuesOf(text)) {
    if (world.taskQueues.get(queue)?.workspaceSid !== workspaceSid)
      return `TaskQueue ${queue || '(none)'} of the Configuration is not in workspace ${workspaceSid}`;
  }
  for (const expression of expressionsOf(routing)) {
    const read = attributeExpression(expression);
    if (read.kind === 'not-understood') return `Configuration: ${read.why}`;
  }
  return undefined;
}

/** The SIDs of every queue that the configuration names; an empty text where a first target or the default names none. */
export function queuesOf(configuration: string): readonly string[] {
  const routing = routingOf(configuration) ?? {};
  const byDefault = defaultOf(routing);
  const targets = filtersOf(routing).flatMap((filter) =>
    targetsOf(filter).filter((target, place) => place === 0 || queueOf(target) !== ''),
  );
  return [...targets, ...(byDefault === undefined ? [] : [byDefault])].map(queueOf);
}

/** Undefined where no filter matches and there is no default. */
export function wayOf(world: World, workflow: Workflow, attributes: JsonObject): Way | undefined {
  const routing = routingOf(workflow.configuration) ?? {};
  const matching = filtersOf(routing).find((filter) => {
    const read = attributeExpression(textOf(filter['expression']));
    return read.kind === 'expression' && read.matches(attributes);
  });
  const target = matching === undefined ? defaultOf(routing) : targetsOf(matching)[0];
  const queue = target && world.taskQueues.get(queueOf(target));
  if (target === undefined || queue === undefined) return undefined;
  const priority = Number(target['priority'] ?? Number.NaN);
  return { queue, ...(Number.isInteger(priority) && { priority }) };
}

function routingOf(configuration: string): JsonObject | undefined {
  const routing = readJsonObject(configuration)?.['task_routing'];
  return isJsonObject(routing) ? routing : undefined;
}

const objectsOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((one) => isJsonObject(one)) : [];
const filtersOf = (routing: JsonObject): readonly JsonObject[] => objectsOf(routing['filters']);
const targetsOf = (filter: JsonObject): readonly JsonObject[] => objectsOf(filter['targets']);
const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

function defaultOf(routing: JsonObject): JsonObject | undefined {
  const filter = routing['default_filter'];
  return isJsonObject(filter) ? filter : undefined;
}

/** `queue` (twilio.com/docs/taskrouter/workflow-configuration, read 2026-11); older documents spell it `task_queue_sid`. */
const queueOf = (target: JsonObject): string => textOf(target['queue']) ?? textOf(target['task_queue_sid']) ?? '';

function expressionsOf(routing: JsonObject): readonly string[] {
  const all = filtersOf(routing).flatMap((filter) => [filter, ...targetsOf(filter)]);
  return all.map(({ expression }) => textOf(expression)).filter((text) => text !== null);
}
