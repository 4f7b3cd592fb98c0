import { attributesText, isObject, parseTaskAttributes } from './task-attributes.ts';

type Json = Readonly<Record<string, unknown>>;

/** Attributes in which nothing looks like a secret any more, and where something did. */
export interface WithoutSecrets {
  readonly value: Json;
  /** `rd_auth_token`, `rdJson.apiKey`, `rdForm.rdChatWidgetKey`, `users[1].password`; never a value. */
  readonly paths: readonly string[];
}

/**
 * Leaves out every key whose name is a secret's (`rd_auth_token`, `rdChatWidgetKey`, `password`), however deep, and in a
 * text that holds an object (`{a=b, rdChatWidgetKey=…}` or JSON) too. It is the name that tells; values are not judged.
 * What has no value is no secret. The given object is not changed, and it is the same one where nothing was left out.
 *
 * What is nested deeper than `maxDepth` is left out unseen and told like a secret: nobody can say what it holds.
 */
export function withoutSecrets(value: Json): WithoutSecrets {
  const paths: string[] = [];
  return { value: cleanObject(value, '', 0, paths), paths };
}

export const maxDepth = 100;

function cleanObject(object: Json, path: string, depth: number, paths: string[]): Json {
  let isSame = true;
  const kept = Object.entries(object).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const cleaned = isSecretName(key) && isTelling(value) ? leftOut(at, paths) : clean(value, at, depth + 1, paths);
    isSame &&= cleaned === value;
    return cleaned === undefined && value !== undefined ? [] : [[key, cleaned] as const];
  });
  return isSame ? object : Object.fromEntries(kept);
}

function clean(value: unknown, path: string, depth: number, paths: string[]): unknown {
  if (typeof value === 'string') return cleanText(value, path, depth, paths);
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  if (depth > maxDepth) return leftOut(path, paths);
  if (isObject(value)) return cleanObject(value, path, depth, paths);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const cleaned = items.map((item, place) => clean(item, `${path}[${place}]`, depth + 1, paths));
  return cleaned.every((item, place) => item === items[place]) ? value : cleaned.filter((item) => item !== undefined);
}

/**
 * The text of a JSON object is cleaned as the object it is. Of any other that begins with a brace, `name=value` and
 * `"name": value` go; a name begins where a word does, so that time is linear.
 */
function cleanText(text: string, path: string, depth: number, paths: string[]): string {
  if (!/^\s*\{/.test(text)) return text;
  const before = paths.length;
  const parsed = parseTaskAttributes(text);
  if (parsed.kind === 'object') {
    const kept = cleanObject(parsed.attributes, path, depth + 1, paths);
    return paths.length === before ? text : attributesText(kept);
  }
  const cleaned = text.replaceAll(namedValue, (whole, name: string, value: string) => {
    if (!isSecretName(name) || value.trim() === '' || value === '""') return whole;
    paths.push(`${path}.${name}`);
    return '';
  });
  return paths.length === before ? text : cleaned.replaceAll(/,\s*(?=[}\]])/g, '');
}

const namedValue = /(?<![\w-])"?([A-Za-z_][\w-]*)"?\s*[=:]\s*("(?:[^"\\]|\\.)*"|[^,{}[\]]*)(?:,\s*)?/g;

function leftOut(path: string, paths: string[]): undefined {
  paths.push(path);
  return undefined;
}

/** Something that could be a secret: a flag such as `requiresPassword` and an empty text are none. */
function isTelling(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value === 'number' || (typeof value === 'object' && value !== null);
}

/**
 * Judges the words of a name in camel, snake or kebab case: the last one, and for `key` the one before it. A number at the
 * end is none of them, and `authtoken` ends as `auth_token` does.
 */
export function isSecretName(name: string): boolean {
  if (!hint.test(name)) return false;
  const words = name
    .replace(/[^A-Za-z]+$/, '')
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  return (
    secretWords.has(last) ||
    /(?:token|secret|password)$/.test(last) ||
    ((last === 'key' || last === 'keys') && keyWords.has(words.at(-2) ?? ''))
  );
}

/** Most names have nothing of any of the words below, and every key of every event is judged. */
const hint = /token|secret|pass|pwd|key|auth|credential|jwt|bearer|cookie/i;

const secretWords: ReadonlySet<string> = new Set([
  ...['token', 'tokens', 'secret', 'secrets', 'password', 'passwords', 'passwd', 'pwd', 'passphrase', 'passcode'],
  ...['apikey', 'authorization', 'credential', 'credentials', 'jwt', 'bearer', 'cookie'],
]);
const keyWords: ReadonlySet<string> = new Set([
  ...['api', 'access', 'private', 'secret', 'widget', 'signing', 'encryption', 'auth', 'account', 'shared', 'hmac'],
]);
