import { isYearInRange } from '../insights/years.ts';
import { taskSid } from '../sids.ts';
import { clockText, minuteOfDay, utcOffsetMinutes } from './contact-window.ts';
import { valueAt } from './places.ts';
import type { Place, Places } from './places.ts';
import { plainJson } from './plain-json.ts';
import { rdKeys } from './rd-keys.ts';
import type { RdKey, RdKind } from './rd-keys.ts';
import { believe, note, present } from './reading.ts';
import type { Reading, Told } from './reading.ts';

/** Reads the team's own facts into snake case. Keys that nobody knows are taken from `rd` alone, as they are. */
export function readRd(reading: Reading, places: Places): Readonly<Record<string, unknown>> {
  const known = rdKeys.flatMap((rdKey) => {
    const value = believe(reading, `rd.${rdKey.key}`, tellers(reading, rdKey, places));
    return value === undefined ? [] : [[rdKey.key, value] as const];
  });
  const others = Object.entries(places.rd.object).flatMap(([key, value]) => {
    if (knownNames.has(key) || present(value) === undefined) return [];
    reading.provenance.set(`rd.${key}`, `${reading.prefix}rd.${key}`);
    return [[key, plainJson(value)] as const];
  });
  return Object.fromEntries([...known, ...others]);
}

const knownNames: ReadonlySet<string> = new Set(rdKeys.flatMap((rdKey) => [rdKey.key, ...rdKey.legacy]));

/** Whoever tells the fact, the one to be believed first in front: canonical names, then older ones, then forms. */
function tellers(reading: Reading, rdKey: RdKey, places: Places): readonly (Told<unknown> | undefined)[] {
  const root: Place = { path: '', object: places.root, isMapText: false };
  const older = rdKey.legacy.filter((name) => !name.includes('.'));
  const told = (place: Place, names: readonly string[]) => names.map((name) => tell(reading, rdKey.kind, place, name));
  return [
    ...told(places.rd, [rdKey.key]),
    ...told(root, [rdKey.key, ...rdKey.legacy]),
    ...told(places.rd, older),
    ...places.forms.flatMap((form) => told(form, [rdKey.key, ...older])),
  ];
}

function tell(reading: Reading, kind: RdKind, place: Place, name: string): Told<unknown> | undefined {
  const there = present(valueAt(place.object, name));
  if (there === undefined) return undefined;
  const path = place.path + name;
  const plain = plainJson(there);
  const value = readers[kind](plain);
  if (value === undefined) note(reading, unreadable[kind] ?? 'odd-key', path);
  if (kind === 'truth' && typeof plain === 'string' && typeof value === 'boolean' && !place.isMapText)
    note(reading, 'text-for-boolean', path);
  if (oddName.test(name)) note(reading, 'odd-key', path);
  return value === undefined ? undefined : { path, value };
}

/** A name that no expression can say without quoting it. */
const oddName = /[^\w.]/;

const unreadable: Partial<Record<RdKind, 'unreadable-date' | 'unreadable-hours' | 'wrong-sid-kind'>> = {
  date: 'unreadable-date',
  hours: 'unreadable-hours',
  offset: 'unreadable-hours',
  'task-sid': 'wrong-sid-kind',
};

/** What has another type than its kind stays as it is, but where only one spelling means anything. */
const readers: Readonly<Record<RdKind, (value: unknown) => unknown>> = {
  whole: wholeNumber,
  wholes: (value) => (Array.isArray(value) ? value.map(wholeNumber) : wholeNumber(value)),
  truth: truthOf,
  text: trimmed,
  date: (value) => (typeof value === 'string' && isDate(value.trim()) ? value.trim() : undefined),
  hours: (value) => {
    const minute = minuteOfDay(value);
    return minute === undefined ? undefined : clockText(minute);
  },
  offset: (value) => {
    const minutes = utcOffsetMinutes(value);
    return minutes === undefined ? undefined : minutes / 60;
  },
  'task-sid': (value) => (taskSid.is(trimmed(value)) ? trimmed(value) : undefined),
};

/** Digits that JavaScript would change stay text. */
function wholeNumber(value: unknown): unknown {
  const text = trimmed(value);
  if (typeof text !== 'string' || !/^(?:0|-?[1-9]\d{0,15})(?:\.0+)?$/.test(text)) return text;
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** `"true"` and `"FALSE"` as booleans; everything else as it is. */
export function truthOf(value: unknown): unknown {
  const text = trimmed(value);
  if (typeof text !== 'string') return text;
  return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : text;
}

/** A calendar date, with or without a time, of the years that Insights takes. */
function isDate(text: string): boolean {
  const [, year] = isoDate.exec(text) ?? [];
  return isYearInRange(Number(year)) && !Number.isNaN(Date.parse(text));
}

const isoDate = /^(\d{4})-\d{2}-\d{2}(?:[T ][\d:.]{4,15}(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
