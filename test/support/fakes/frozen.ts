/**
 * The same value, which nobody can change any more. Fakes keep what they are given instead of a copy: a handler that
 * changes a record after it was saved fails at once.
 *
 * (A copy by `structuredClone` would hold Dates of another realm under Jest, which are no `instanceof Date`.)
 */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
