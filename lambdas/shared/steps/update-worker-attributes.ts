import { PermanentError, RetryableError } from '../domain/outcome.ts';
import type { WorkerSid } from '../domain/sids.ts';
import { attributesText, maxAttributesCharacters, parseTaskAttributes } from '../domain/task-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { WorkerResource, Workers } from '../ports/workers.ts';
import type { AttributesEdit, UpdatedAttributes } from './update-attributes.ts';

/** How often another writer may be first before it is left for later. */
const maxRaces = 8;

/** What the caller makes of a worker's attributes; `worker` is whose they are. */
export type WorkerEdit<T> = (attributes: TaskAttributes, worker: WorkerResource) => Promise<AttributesEdit<T>>;

/**
 * Reads a worker's attributes, lets `edit` change them, and writes them whole.
 *
 * Where Twilio gives an ETag, only on the revision that was read: losing the race (412) reads again and edits again. For
 * workers none is promised; without one the write follows right upon the read, and a change that somebody makes in
 * between is lost, as it is between any two who write workers. (https://www.twilio.com/docs/usage/mutation-and-conflict-resolution,
 * read 2026-11)
 *
 * Keys that the edit leaves keep their values to the digit, secrets included: they are other programs' own.
 *
 * @throws {RetryableError} `attributes-contended` after eight lost races.
 * @throws {PermanentError} `attributes-not-an-object`, or `attributes-too-large` when there would be more than 4,096 characters.
 */
export async function updateWorkerAttributes<T>(
  workers: Pick<Workers, 'fetch' | 'replaceAttributes'>,
  workerSid: WorkerSid,
  edit: WorkerEdit<T>,
): Promise<UpdatedAttributes<T>> {
  for (let race = 0; race < maxRaces; race += 1) {
    const fetched = await workers.fetch(workerSid);
    if (fetched.kind === 'gone') return { kind: 'gone' };
    const { worker } = fetched;
    const parsed = parseTaskAttributes(worker.attributes);
    if (parsed.kind === 'unreadable') throw notAnObject(workerSid, parsed.why);
    const edited = await edit(parsed.attributes, worker);
    if (edited.kind === 'leave') return { kind: 'left', result: edited.result };
    const text = fitting(workerSid, edited.attributes);
    const updated = await workers.replaceAttributes(workerSid, text, worker.etag);
    if (updated.kind === 'gone') return { kind: 'gone' };
    if (updated.kind === 'updated') return { kind: 'written', result: edited.result };
  }
  throw new RetryableError(
    `the attributes of ${workerSid} were changed by others ${maxRaces} times while we tried to`,
    {
      reason: 'attributes-contended',
    },
  );
}

/** @throws {PermanentError} `attributes-too-large` */
function fitting(workerSid: WorkerSid, attributes: TaskAttributes): string {
  const text = attributesText(attributes);
  if (text.length <= maxAttributesCharacters) return text;
  throw new PermanentError(
    `the attributes of ${workerSid} would have ${text.length} characters, TaskRouter allows ${maxAttributesCharacters}: whoever fills them must leave room`,
    { reason: 'attributes-too-large' },
  );
}

function notAnObject(workerSid: WorkerSid, why: string): PermanentError {
  return new PermanentError(`${workerSid}: ${why}; they are left as they are`, { reason: 'attributes-not-an-object' });
}
