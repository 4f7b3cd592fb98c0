import {
  attributesText,
  maxAttributesCharacters,
  parseTaskAttributes,
} from '../../../lambdas/shared/domain/task-attributes.ts';
import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import { UsageError } from '../../../local/terminal/options.ts';
import type { CommandNeeds } from '../../command.ts';

/**
 * The attributes that were typed, as JSON or as `@file`, in the fewest characters and with every digit; `{}` without any.
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
  if (jsonOf(text) === undefined)
    throw new UsageError(`${place} is no JSON: wanted an object such as '{"type":"inbound"}', or @ and a file of one`);
  const parsed = parseTaskAttributes(text);
  if (parsed.kind === 'unreadable') throw new UsageError(`${place} is JSON and no object: wanted {"name": value, …}`);
  const minimal = attributesText(parsed.attributes);
  if (minimal.length > maxAttributesCharacters)
    throw new UsageError(
      `${place} has ${minimal.length} characters: Twilio takes ${maxAttributesCharacters} of a task`,
    );
  return minimal;
}
