import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskEvent } from '../events/emit.ts';
import { readJsonObject, type JsonObject } from '../json.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { AttributesWriter, WriteResult } from '../simulator.ts';
import type { Task } from './records.ts';
import { etagOf, liveTask, needTask, touch } from './task.ts';
import type { World } from './world.ts';

/** "4096 characters", whitespace counts, cannot be raised (twilio.com/docs/taskrouter/limits, read 2026-11). */
const MAX_ATTRIBUTES_CHARACTERS = 4096;

/** Why Twilio refuses this text as attributes; undefined when it takes it. */
export function attributesFault(text: string): string | undefined {
  if (text.length > MAX_ATTRIBUTES_CHARACTERS) {
    return `Attributes of ${text.length} characters exceed the maximum of ${MAX_ATTRIBUTES_CHARACTERS}`;
  }
  return readJsonObject(text) === undefined ? 'Attributes are not a JSON object' : undefined;
}

/** Strips `W/` and quotes: Twilio's own code sends the revision unquoted, the documents show it quoted (read 2026-11). */
export const sameEtag = (one: string, other: string): boolean => bareEtag(one) === bareEtag(other);
const bareEtag = (etag: string): string =>
  etag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');

/** Replaces the whole attributes; the text must be without fault. Emits task.updated. */
export function storeAttributes(world: World, task: Task, text: string, by: AttributesWriter): void {
  task.attributes = text;
  touch(world, task);
  task.history.push({ at: new Date(world.clock.now()), by, attributes: text });
  emitTaskEvent(world, 'task.updated', task);
}

export function readAttributes(world: World, sid: TaskSid): { readonly attributes: JsonObject; readonly etag: string } {
  const task = needTask(world, sid);
  return { attributes: readJsonObject(task.attributes) ?? {}, etag: etagOf(task) };
}

/** @throws {RefusedByTwilioError} when the text would be too long. */
export function writeAttributes(
  world: World,
  sid: TaskSid,
  attributes: JsonObject,
  how: { readonly by?: AttributesWriter; readonly ifMatch?: string } = {},
): WriteResult {
  const task = liveTask(world, sid);
  if (task === undefined) return 'gone';
  if (how.ifMatch !== undefined && !sameEtag(how.ifMatch, etagOf(task))) return 'changed-meanwhile';
  const text = JSON.stringify(attributes);
  const fault = attributesFault(text);
  if (fault !== undefined) throw new RefusedByTwilioError(`task ${sid}: ${fault}`);
  storeAttributes(world, task, text, how.by ?? 'plug-in');
  return 'updated';
}

/** Flex's own way: read, merge, write in one step, so that it never loses what others wrote. */
export function mergeAsFlex(world: World, sid: TaskSid, merge: (attributes: JsonObject) => JsonObject): WriteResult {
  if (liveTask(world, sid) === undefined) return 'gone';
  return writeAttributes(world, sid, merge(readAttributes(world, sid).attributes), { by: 'flex' });
}
