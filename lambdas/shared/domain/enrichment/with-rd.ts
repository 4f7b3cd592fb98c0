import type { TaskAttributes } from '../task-attributes.ts';
import { isObject } from '../task-attributes.ts';
import type { CanonicalTask } from '../task-shapes/canonical-task.ts';
import type { WantedValue } from './merge-attributes.ts';

/**
 * The canonical `rd` as values to be written beside the legacy keys, for teams that route by it. What an `rd` holds
 * already stays, and the legacy keys stay as well: plug-ins read them.
 */
export function withRd(attributes: TaskAttributes, task: CanonicalTask): readonly WantedValue[] {
  const rd = attributes['rd'];
  const existing = isObject(rd) ? rd : {};
  return Object.entries(task.rd)
    .filter(([key]) => !Object.hasOwn(existing, key) || existing[key] === null || existing[key] === '')
    .map(([key, value]) => ({ path: `rd.${key}`, value, overwrite: false }));
}
