import type { Conflict, ReadTask, ShapeNote, ToE164 } from './canonical-task.ts';
import { isUnrendered } from './unrendered.ts';
import { isWithheld } from './withheld-numbers.ts';

/** A fact as one key of the attributes tells it. */
export interface Told<T> {
  readonly path: string;
  readonly value: T;
}

/** What is gathered while one task is read. Paths are told as they are in the attributes that were handed in. */
export interface Reading {
  readonly toE164: ToE164;
  /** `attributes.` where the attributes are inside the body of a request. */
  readonly prefix: string;
  readonly provenance: Map<string, string>;
  readonly conflicts: Conflict[];
  readonly notes: ShapeNote[];
}

/** Notes a path once for each kind. */
export function note(reading: Reading, kind: ShapeNote['kind'], path: string): void {
  const at = reading.prefix + path;
  if (!reading.notes.some((other) => other.kind === kind && other.path === at)) reading.notes.push({ kind, path: at });
}

/**
 * Believes the first who tells a fact, and reports whoever tells it differently. `fallbacks` are asked only if nobody
 * does; they speak of something else (who called, what Flex shows), so they contradict nobody.
 */
export function believe<T>(
  reading: Reading,
  path: string,
  told: readonly (Told<T> | undefined)[],
  fallbacks: readonly (Told<T> | undefined)[] = [],
): T | undefined {
  const [kept, ...others] = told.filter((one) => one !== undefined);
  const source = kept ?? fallbacks.find((one) => one !== undefined);
  if (source === undefined) return undefined;
  const keptFrom = reading.prefix + source.path;
  reading.provenance.set(path, keptFrom);
  for (const other of others)
    if (!isSameFact(source.value, other.value))
      reading.conflicts.push({ path, keptFrom, droppedFrom: reading.prefix + other.path });
  return source.value;
}

/** Texts are compared as people read them. */
function isSameFact(one: unknown, other: unknown): boolean {
  return one === other || folded(one) === folded(other);
}

function folded(value: unknown): string {
  return JSON.stringify(value).toLowerCase().replaceAll(/\s+/g, ' ');
}

/** The value of a key; undefined where it says nothing: null, an empty text, a template that was never rendered. */
export function present(value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === 'string' && (value.trim() === '' || isUnrendered(value)) ? undefined : value;
}

/** A text, trimmed, or a number as text. */
export function textIn(value: unknown): string | undefined {
  const there = present(value);
  if (typeof there === 'number') return String(there);
  return typeof there === 'string' ? there.trim() : undefined;
}

/** Keeps a told value that a reader can make something of. */
export function toldAs<T>(path: string, value: unknown, read: (text: string) => T | undefined): Told<T> | undefined {
  const text = textIn(value);
  const made = text === undefined ? undefined : read(text);
  return made === undefined ? undefined : { path, value: made };
}

/** A number as E.164, noted where it was not written so; undefined for what cannot be dialled or was withheld. */
export function phoneIn(reading: Reading, path: string, value: unknown): Told<string> | undefined {
  return toldAs(path, value, (text) => {
    const number = text.replace(/^(?:tel|sms|whatsapp):/i, '');
    if (number.length > longestNumber || !sevenDigits.test(number) || isWithheld(number)) return undefined;
    const dialled = reading.toE164(number);
    if (dialled === undefined ? looksDialled.test(number) : dialled !== text) note(reading, 'not-e164', path);
    return dialled;
  });
}

const longestNumber = 40;
const sevenDigits = /\d(?:\D*\d){6}/;
const looksDialled = /^[+(]?\d[\d\s().+/-]*$/;

/** An e-mail address in lower case. */
export function emailIn(path: string, value: unknown): Told<string> | undefined {
  return toldAs(path, value, (text) => (isEmail(text) ? text.toLowerCase() : undefined));
}

export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>{}]+@[^\s@<>{}]+\.[^\s@.<>{}]+$/.test(text);
}

export function gathered(reading: Reading): Pick<ReadTask, 'provenance' | 'conflicts' | 'notes'> {
  const { provenance, conflicts, notes } = reading;
  return { provenance: Object.fromEntries(provenance), conflicts, notes };
}
