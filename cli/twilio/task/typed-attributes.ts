import * as z from 'zod/mini';
import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import { UsageError } from '../../../local/terminal/options.ts';
import type { CommandNeeds } from '../../command.ts';

/** "4096 characters", whitespace counts (twilio.com/docs/taskrouter/limits, read 2026-11). */
const MOST_CHARACTERS = 4096;

const anyObject = z.record(z.string(), z.unknown());

/**
 * The attributes that were typed, as JSON or as `@file`, in Twilio's fewest characters; `{}` without any.
 *
 * @throws {UsageError} when they are no JSON object, or more than Twilio takes.
 */
export async function typedAttributes({
  typed,
  readTyped,
}: Pick<CommandNeeds, 'typed' | 'readTyped'>): Promise<string> {
  const word = typed.texts.get('attributes') ?? '{}';
  const text = word.startsWith('@') ? await readTyped(word.slice(1)) : word;
  const place = word.startsWith('@') ? word.slice(1) : '--attributes';
  const json = jsonOf(text);
  if (json === undefined)
    throw new UsageError(`${place} is no JSON: wanted an object such as '{"type":"inbound"}', or @ and a file of one`);
  const attributes = z.safeParse(anyObject, json).data;
  if (attributes === undefined) throw new UsageError(`${place} is JSON and no object: wanted {"name": value, …}`);
  const minimal = JSON.stringify(attributes);
  if (minimal.length > MOST_CHARACTERS)
    throw new UsageError(`${place} has ${minimal.length} characters: Twilio takes ${MOST_CHARACTERS} of a task`);
  return minimal;
}
