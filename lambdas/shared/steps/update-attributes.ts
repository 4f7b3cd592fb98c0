import { PermanentError, RetryableError } from '../domain/outcome.ts';
import type { TaskSid } from '../domain/sids.ts';
import { attributesText, maxAttributesCharacters, parseTaskAttributes } from '../domain/task-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { Tasks } from '../ports/tasks.ts';

/** What the caller makes of the attributes it is shown: new ones to write, or nothing, with what it found out. */
export type AttributesEdit<T> =
  | { readonly kind: 'write'; readonly attributes: TaskAttributes; readonly result: T }
  | { readonly kind: 'leave'; readonly result: T };

export type UpdatedAttributes<T> =
  | { readonly kind: 'written'; readonly result: T }
  | { readonly kind: 'left'; readonly result: T }
  | { readonly kind: 'gone' };

/** How often another writer may be first before the message is left for later. */
const maxRaces = 8;

/**
 * Reads a task's attributes, lets `edit` change them, and writes them whole on the revision that was read.
 *
 * Losing the race for `If-Match` (412) reads again and edits again, at once: the other writer's change is then part of
 * what is edited, so nobody's update is lost. Attributes that would have more than 4,096 characters are refused, never cut.
 *
 * @throws {RetryableError} `attributes-contended` after eight lost races.
 * @throws {PermanentError} `attributes-not-an-object`, or `attributes-too-large` when the result would not fit.
 */
export async function updateAttributes<T>(
  tasks: Tasks,
  taskSid: TaskSid,
  edit: (attributes: TaskAttributes) => AttributesEdit<T> | Promise<AttributesEdit<T>>,
): Promise<UpdatedAttributes<T>> {
  for (let race = 0; race < maxRaces; race += 1) {
    const fetched = await tasks.fetch(taskSid);
    if (fetched.kind === 'gone') return { kind: 'gone' };
    const parsed = parseTaskAttributes(fetched.task.attributes);
    if (parsed.kind === 'unreadable') throw notAnObject(taskSid, parsed.why);
    const edited = await edit(parsed.attributes);
    if (edited.kind === 'leave') return { kind: 'left', result: edited.result };
    const updated = await tasks.replaceAttributes(taskSid, fitting(taskSid, edited.attributes), fetched.task.etag);
    if (updated.kind === 'gone') return { kind: 'gone' };
    if (updated.kind === 'updated') return { kind: 'written', result: edited.result };
  }
  throw new RetryableError(`the attributes of ${taskSid} were changed by others ${maxRaces} times while we tried to`, {
    reason: 'attributes-contended',
  });
}

function fitting(taskSid: TaskSid, attributes: TaskAttributes): string {
  const text = attributesText(attributes);
  if (text.length <= maxAttributesCharacters) return text;
  throw new PermanentError(
    `the attributes of ${taskSid} would have ${text.length} characters, TaskRouter allows ${maxAttributesCharacters}: whoever fills them must leave room`,
    { reason: 'attributes-too-large' },
  );
}

export function notAnObject(taskSid: TaskSid, why: string): PermanentError {
  return new PermanentError(`${taskSid}: ${why}; they are left as they are`, { reason: 'attributes-not-an-object' });
}
