import { PermanentError, RetryableError } from '../domain/outcome.ts';
import type { TaskSid, WorkerSid } from '../domain/sids.ts';
import { attributesText, maxAttributesCharacters, parseTaskAttributes } from '../domain/task-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';

/** What the caller makes of the attributes it is shown: new ones to write, or nothing, with what it found out. */
export type AttributesEdit<T> =
  | { readonly kind: 'write'; readonly attributes: TaskAttributes; readonly result: T }
  | { readonly kind: 'leave'; readonly result: T };

export type UpdatedAttributes<T> =
  | { readonly kind: 'written'; readonly result: T }
  | { readonly kind: 'left'; readonly result: T }
  | { readonly kind: 'gone' };

/** A task or a worker, as Twilio is asked for it and given its new attributes. */
export interface AttributesHolder<Resource> {
  readonly sid: TaskSid | WorkerSid;
  /** Undefined when it is gone. */
  fetch(): Promise<Resource | undefined>;
  /** Writes the whole text, on the revision of `read` where it has one. */
  replace(text: string, read: Resource): Promise<{ readonly kind: 'updated' | 'changed-meanwhile' | 'gone' }>;
}

/** How often another writer may be first before it is left for later. */
const maxRaces = 8;

/**
 * Reads the attributes, lets `edit` change them, and writes them whole. Losing a race reads again and edits again, at
 * once. Keys that the edit leaves keep their values to the digit; what would not fit is refused, never cut.
 *
 * @throws {RetryableError} `attributes-contended` after eight lost races.
 * @throws {PermanentError} `attributes-not-an-object`, or `attributes-too-large` when the result would not fit.
 */
export async function editAttributes<T, Resource extends { readonly attributes: string }>(
  holder: AttributesHolder<Resource>,
  edit: (attributes: TaskAttributes, read: Resource) => AttributesEdit<T> | Promise<AttributesEdit<T>>,
): Promise<UpdatedAttributes<T>> {
  const { sid } = holder;
  for (let race = 0; race < maxRaces; race += 1) {
    const read = await holder.fetch();
    if (read === undefined) return { kind: 'gone' };
    const parsed = parseTaskAttributes(read.attributes);
    if (parsed.kind === 'unreadable') throw notAnObject(sid, parsed.why);
    const edited = await edit(parsed.attributes, read);
    if (edited.kind === 'leave') return { kind: 'left', result: edited.result };
    const updated = await holder.replace(fitting(sid, edited.attributes), read);
    if (updated.kind === 'gone') return { kind: 'gone' };
    if (updated.kind === 'updated') return { kind: 'written', result: edited.result };
  }
  throw new RetryableError(`the attributes of ${sid} were changed by others ${maxRaces} times while we tried to`, {
    reason: 'attributes-contended',
  });
}

function fitting(sid: string, attributes: TaskAttributes): string {
  const text = attributesText(attributes);
  if (text.length <= maxAttributesCharacters) return text;
  throw new PermanentError(
    `the attributes of ${sid} would have ${text.length} characters, TaskRouter allows ${maxAttributesCharacters}: whoever fills them must leave room`,
    { reason: 'attributes-too-large' },
  );
}

export function notAnObject(sid: string, why: string): PermanentError {
  return new PermanentError(`${sid}: ${why}; they are left as they are`, { reason: 'attributes-not-an-object' });
}
