import { isObject, parseTaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';

/** Attributes somewhere in a JSON object: as an object, or as the text that Twilio sends. */
export interface FoundAttributes {
  readonly of: 'task' | 'worker';
  /** What they were found in, for the answer's first line. */
  readonly is: string;
  readonly attributes: TaskAttributes | string;
}

/**
 * What a JSON object is by its content: a captured event, a task or worker as REST shows it, or, failing these, a
 * task's or a worker's attributes themselves.
 */
export function recognise(object: TaskAttributes): FoundAttributes {
  return callback(object) ?? cloudEvent(object) ?? resource(object) ?? plain(object);
}

/** The parameters of a workspace callback as a JSON object. */
function callback(object: TaskAttributes): FoundAttributes | undefined {
  return attributesAt(object, 'TaskAttributes', 'WorkerAttributes', 'a captured callback');
}

/** The payload is where Event Streams puts it; one that lies bare is taken too. */
function cloudEvent(object: TaskAttributes): FoundAttributes | undefined {
  const data = objectOf(object['data']);
  const payload = objectOf(data?.['payload']) ?? data ?? object;
  return attributesAt(payload, 'task_attributes', 'worker_attributes', 'a captured CloudEvent');
}

/** An event about a task carries the worker's attributes too: the task's are the ones that are meant. */
function attributesAt(object: TaskAttributes, ofTask: string, ofWorker: string, is: string) {
  for (const [of, name] of [
    ['task', ofTask],
    ['worker', ofWorker],
  ] as const) {
    const attributes = object[name];
    if ((typeof attributes === 'string' && attributes !== '') || isObject(attributes))
      return { of, is: `${is} with a ${of}'s attributes`, attributes };
  }
  return undefined;
}

function resource(object: TaskAttributes): FoundAttributes | undefined {
  const { sid, attributes } = object;
  if (typeof sid !== 'string' || (typeof attributes !== 'string' && !isObject(attributes))) return undefined;
  if (sid.startsWith('WT')) return { of: 'task', is: 'a task', attributes };
  return sid.startsWith('WK') ? { of: 'worker', is: 'a worker', attributes } : undefined;
}

function plain(object: TaskAttributes): FoundAttributes {
  const isWorkers = workerKeys.some((key) => key in object) && !taskKeys.some((key) => key in object);
  return isWorkers
    ? { of: 'worker', is: "a worker's attributes", attributes: object }
    : { of: 'task', is: "a task's attributes", attributes: object };
}

/** Keys that only workers' attributes have, in Flex and in Insights. */
const workerKeys = [
  ...['contact_uri', 'public_identity', 'roles', 'routing', 'disabled_skills', 'skills', 'languages', 'agent_id'],
  ...['agent_attribute_1', 'agent_label_1', 'full_name', 'team_id', 'team_name', 'department_id', 'department_name'],
  ...['next_activity_sid'],
];
const taskKeys = ['conversations', 'customers', 'from', 'to', 'channelSid', 'targetWorker', 'call_sid', 'callSid'];

function objectOf(value: unknown): TaskAttributes | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  const read = parseTaskAttributes(value);
  return read.kind === 'object' ? read.attributes : undefined;
}
