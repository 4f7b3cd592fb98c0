import { isObject, parseTaskAttributes } from '../task-attributes.ts';
import type { TaskAttributes } from '../task-attributes.ts';
import { parseMapText } from './map-text.ts';
import { note, present } from './reading.ts';
import type { Reading } from './reading.ts';

type Json = Readonly<Record<string, unknown>>;

/** An object whose keys tell facts, and what its keys' paths begin with: nothing, `rd.`, `rdJson.`, `rdForm.json.`. */
export interface Place {
  readonly path: string;
  readonly object: Json;
  /** Everything in it is text by nature, so a text in a flag's place is no fault. */
  readonly isMapText: boolean;
}

/** Everywhere that one task tells facts. */
export interface Places {
  readonly root: TaskAttributes;
  readonly rd: Place;
  readonly forms: readonly Place[];
}

/** Opens the forms of a task, and notes those that cannot be read. */
export function placesIn(reading: Reading, root: TaskAttributes): Places {
  const json = formAt(reading, 'rdJson', root['rdJson']);
  const form = formAt(reading, 'rdForm', root['rdForm']);
  const inForm = form === undefined ? undefined : formAt(reading, 'rdForm.json', form.object['json'], form.isMapText);
  return {
    root,
    rd: { path: 'rd.', object: objectAt(root, 'rd'), isMapText: false },
    forms: [json, form, inForm].filter((place) => place !== undefined),
  };
}

/** What a customer filled in: an object, the JSON text of one, or a printed map. */
function formAt(reading: Reading, path: string, value: unknown, isMapText = false): Place | undefined {
  const there = present(value);
  if (isObject(there)) return { path: `${path}.`, object: there, isMapText };
  if (typeof there !== 'string') return undefined;
  const json = parseTaskAttributes(there);
  if (json.kind === 'object') return { path: `${path}.`, object: json.attributes, isMapText: false };
  const map = parseMapText(there);
  if (map?.isWhole !== true) note(reading, 'unreadable-form', path);
  return map === undefined ? undefined : { path: `${path}.`, object: map.entries, isMapText: true };
}

/** The object under a key; an empty one where there is none. */
export function objectAt(parent: Json, key: string): Json {
  const value = parent[key];
  return isObject(value) ? value : {};
}

/** The value at `a.b`; undefined where there is none. */
export function valueAt(root: Json, path: string): unknown {
  const dot = path.indexOf('.');
  if (dot < 0) return Object.hasOwn(root, path) ? root[path] : undefined;
  return valueAt(objectAt(root, path.slice(0, dot)), path.slice(dot + 1));
}
