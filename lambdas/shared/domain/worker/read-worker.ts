import { withoutSecrets } from '../secrets-in-attributes.ts';
import type { ToE164 } from '../task-shapes/canonical-task.ts';
import { valueAt } from '../task-shapes/places.ts';
import type { CanonicalWorker, ReadWorker } from './canonical-worker.ts';
import { hierarchyOf } from './hierarchy.ts';

/** The keys of `CanonicalWorker` with values of one kind. */
type KeysOf<Value> = {
  [Key in keyof CanonicalWorker]-?: NonNullable<CanonicalWorker[Key]> extends Value ? Key : never;
}[keyof CanonicalWorker];

/** One fact, and the paths at which it is met; the first that says something counts. */
type Sources<Key> = readonly (readonly [key: Key, ...paths: string[]])[];

const texts: Sources<KeysOf<string>> = [
  ['contactUri', 'contact_uri'],
  ['userId', 'user_id', 'rd_user_id'],
  ['username', 'rd_username'],
  ['fullName', 'full_name'],
  ['firstName', 'first_name'],
  ['lastName', 'last_name'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['manager', 'manager'],
  ['location', 'location'],
  ['teamId', 'team_id'],
  ['teamName', 'team_name'],
  ['teamNameInHierarchy', 'team_name_in_hierarchy'],
  ['teamLeaderSid', 'team_leader_sid'],
  ['departmentId', 'department_id'],
  ['departmentName', 'department_name', 'department'],
  ['departmentNameInHierarchy', 'department_name_in_hierarchy'],
];

const numbers: Sources<KeysOf<number>> = [
  ['experienceLevel', 'experience_level'],
  ['overflowStatus', 'overflow_status'],
  ['contactCenterId', 'contact_center_id'],
];

const lists: Sources<KeysOf<readonly string[]>> = [
  ['roles', 'roles'],
  ['languages', 'spoken_languages', 'languages'],
  ['skills', 'routing.skills'],
  ['disabledSkills', 'disabled_skills.skills'],
];

/**
 * Reads a worker's attributes, whichever of the known shapes they have. An empty text is absent, a phone number that
 * cannot be dialled too. `secrets` are the paths of what looks like one; nothing of it is in `worker`.
 *
 * `of` is what TaskRouter itself says of the worker, which no attribute can change.
 */
export function readWorker(
  attributes: Readonly<Record<string, unknown>>,
  has: { readonly toE164: ToE164 },
  of: { readonly workerSid?: string; readonly workerName?: string } = {},
): ReadWorker {
  const { value: open, paths: secrets } = withoutSecrets(attributes);
  const worker: { -readonly [Key in keyof CanonicalWorker]: CanonicalWorker[Key] } = {
    ...(of.workerSid !== undefined && { workerSid: of.workerSid }),
    ...(of.workerName !== undefined && { workerName: of.workerName }),
    ...{ roles: [], languages: [], skills: [], disabledSkills: [] },
  };
  const provenance: Record<string, string> = {};
  const fill = <Key extends string, Value>(
    sources: Sources<Key>,
    read: (value: unknown, key: Key) => Value | undefined,
    put: (key: Key, value: Value) => void,
  ): void => {
    for (const [key, ...paths] of sources) {
      const found = firstSaid(open, paths, (value) => read(value, key));
      if (found === undefined) continue;
      put(key, found.value);
      provenance[key] = found.path;
    }
  };
  fill(
    texts,
    (value, key) => textFor(key, textOf(value), has.toE164),
    (key, text) => void (worker[key] = text),
  );
  fill(numbers, numberOf, (key, number) => void (worker[key] = number));
  fill(lists, listOf, (key, list) => void (worker[key] = list));
  return { worker, provenance, secrets };
}

function firstSaid<Value>(
  attributes: Readonly<Record<string, unknown>>,
  paths: readonly string[],
  read: (value: unknown) => Value | undefined,
): { readonly path: string; readonly value: Value } | undefined {
  for (const path of paths) {
    const value = read(valueAt(attributes, path));
    if (value !== undefined) return { path, value };
  }
  return undefined;
}

function textFor(key: KeysOf<string>, text: string | undefined, toE164: ToE164): string | undefined {
  if (text === undefined) return undefined;
  switch (key) {
    case 'phone':
      return toE164(text);
    case 'email':
      return text.toLowerCase();
    case 'teamNameInHierarchy':
    case 'departmentNameInHierarchy':
      return hierarchyOf(text);
    default:
      return text;
  }
}

/** An id may be a number, and a long one a number that only its source text holds exactly. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' || JSON.isRawJSON(value) ? JSON.stringify(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function numberOf(value: unknown): number | undefined {
  const text = textOf(value);
  const number = text === undefined ? NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** An array, or the text with commas that an identity provider makes of one; undefined when nothing is in it. */
function listOf(value: unknown): readonly string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : (textOf(value)?.split(',') ?? []);
  const said = [...new Set(items.map(textOf).filter((item) => item !== undefined))];
  return said.length === 0 ? undefined : said;
}
