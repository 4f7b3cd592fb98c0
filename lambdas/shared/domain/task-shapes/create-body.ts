import { isObject } from '../task-attributes.ts';
import type { TaskAttributes } from '../task-attributes.ts';

/** The body of a request that creates a task. */
export interface CreateBody {
  /** An object, or the text of one, as TaskRouter's own API wants it. */
  readonly attributes: TaskAttributes | string;
  readonly timeout?: unknown;
  readonly taskChannel?: string;
}

/** Finds out whether a JSON object is such a body: it has `attributes`, and beside them what only the body has. */
export function createBody(object: TaskAttributes): CreateBody | undefined {
  const { attributes, timeout, taskChannel } = object;
  if (taskChannel === undefined && timeout === undefined) return undefined;
  if (!isObject(attributes) && typeof attributes !== 'string') return undefined;
  return {
    attributes,
    ...(timeout !== undefined && { timeout }),
    ...(typeof taskChannel === 'string' && taskChannel.trim() !== '' && { taskChannel: taskChannel.trim() }),
  };
}
