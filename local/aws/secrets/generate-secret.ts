import { randomInt } from 'node:crypto';
import type { GenerateSecretString } from '../local-aws.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * Makes a value as CloudFormation's GenerateSecretString does: 32 characters of every kind but what is excluded, at
 * least one of each kind; with a template, the password is one key of that JSON object.
 *
 * @throws {TypeError} when nothing is left to choose from, or the template is not a JSON object.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-secret-generatesecretstring.html (read 2026-11)
 */
export function generateSecret(wish: GenerateSecretString): string {
  const kinds = [
    wish.excludeLowercase === true ? '' : lower,
    wish.excludeUppercase === true ? '' : upper,
    wish.excludeNumbers === true ? '' : digits,
    wish.excludePunctuation === true ? '' : punctuation,
    wish.includeSpace === true ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((char) => !(wish.excludeCharacters ?? '').includes(char)).join(''))
    .filter((kind) => kind !== '');
  if (kinds.length === 0) throw new TypeError('GenerateSecretString excludes every character');
  const password = passwordOf(kinds, wish.passwordLength ?? 32, wish.requireEachIncludedType !== false);
  if (wish.secretStringTemplate === undefined || wish.generateStringKey === undefined) return password;
  const template: unknown = JSON.parse(wish.secretStringTemplate);
  if (typeof template !== 'object' || template === null)
    throw new TypeError('SecretStringTemplate is not a JSON object');
  return JSON.stringify({ ...template, [wish.generateStringKey]: password });
}

function passwordOf(kinds: readonly string[], length: number, needsEach: boolean): string {
  const all = kinds.join('');
  const chars = Array.from({ length }, (_, at) => pick(needsEach ? (kinds[at] ?? all) : all));
  for (let at = chars.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [chars[at], chars[other]] = [chars[other] ?? '', chars[at] ?? ''];
  }
  return chars.join('');
}

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}
