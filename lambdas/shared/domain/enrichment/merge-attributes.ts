import type { FittedValue } from '../insights/finding.ts';
import type { TaskAttributes } from '../task-attributes.ts';
import { isObject } from '../task-attributes.ts';
import type { EnrichmentMode, Rule } from './enrichment-config.ts';

/** One value that shall stand at a path: `conversations.language`, or a root key. What follows the first dot is one key. */
export interface WantedValue {
  readonly path: string;
  /** JSON. Null empties what is there, and only with `overwrite: true`. */
  readonly value: unknown;
  /** Of a value that is there: true replaces it, false never does. @default - as the mode says */
  readonly overwrite?: boolean;
}

/** What a rule wants once its value is known. */
export function wantedBy({ write: path, overwrite }: Rule, value: unknown): WantedValue {
  return { path, value, ...(overwrite !== undefined && { overwrite }) };
}

/** `before` is absent where nothing was there. Values are personal: for the eyes of whoever asked, never for a log. */
export interface AttributeChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after: unknown;
}

export interface MergedAttributes {
  readonly attributes: TaskAttributes;
  readonly changes: readonly AttributeChange[];
  /** Paths of values that had to be cut, among those that changed. */
  readonly cut: readonly string[];
  /** Values that would have been written, had Insights taken them. */
  readonly refused: readonly { readonly path: string; readonly rule: string }[];
}

/**
 * Puts what is wanted where it is wanted and leaves every other key as it was, in its place. The same merge twice
 * changes nothing. A value that is there (absent, null and an empty text are not) stays unless `overwrite`, or the mode
 * `overwrite`, says otherwise; `observe` computes what `fill` would do. A parent that is no object is left alone, and of
 * two wants for one place, or for a place inside another's, the first counts.
 */
export function mergeAttributes(
  attributes: TaskAttributes,
  wanted: readonly WantedValue[],
  mode: EnrichmentMode,
  fit: (path: string, value: unknown) => FittedValue,
): MergedAttributes {
  const steps = withoutOverlaps(wanted).map((want) => stepFor(attributes, want, mode, fit));
  const writes = steps.filter((step) => step.kind === 'write');
  return {
    attributes: writes.reduce((merged, { path, after }) => withValue(merged, path, after), attributes),
    changes: writes.map(({ path, before, after }) => ({ path, ...(before !== undefined && { before }), after })),
    cut: writes.filter((step) => step.isCut).map(({ path }) => path),
    refused: steps.flatMap((step) => (step.kind === 'refused' ? [{ path: step.path, rule: step.rule }] : [])),
  };
}

type Step =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly before: unknown;
      readonly after: unknown;
      readonly isCut: boolean;
    }
  | { readonly kind: 'refused'; readonly path: string; readonly rule: string }
  | { readonly kind: 'none' };

const none: Step = { kind: 'none' };

function stepFor(
  attributes: TaskAttributes,
  { path, value, overwrite }: WantedValue,
  mode: EnrichmentMode,
  fit: (path: string, value: unknown) => FittedValue,
): Step {
  const place = placeOf(attributes, path);
  if (place === undefined || value === undefined || value === '') return none;
  const before = place.value;
  const isThere = before !== undefined && before !== null && before !== '';
  if (value === null)
    return isThere && overwrite === true ? { kind: 'write', path, before, after: null, isCut: false } : none;
  if (isThere && !(overwrite ?? mode === 'overwrite')) return none;
  const fitted = fit(path, value);
  if (fitted.kind === 'refused') return { kind: 'refused', path, rule: fitted.rule };
  if (isSame(before, fitted.value)) return none;
  return { kind: 'write', path, before, after: fitted.value, isCut: fitted.kind === 'cut' };
}

/** Where the path leads, undefined where its parent is something other than an object. */
function placeOf(attributes: TaskAttributes, path: string): { readonly value: unknown } | undefined {
  const [root, key] = splitPath(path);
  const first = own(attributes, root);
  if (key === undefined) return { value: first };
  if (first === undefined || first === null) return { value: undefined };
  return isObject(first) ? { value: own(first, key) } : undefined;
}

function withValue(attributes: TaskAttributes, path: string, value: unknown): TaskAttributes {
  const [root, key] = splitPath(path);
  if (key === undefined) return { ...attributes, [root]: value };
  const parent = own(attributes, root);
  return { ...attributes, [root]: { ...(isObject(parent) ? parent : {}), [key]: value } };
}

/** `rd.call_route_step?` is the key `call_route_step?` of `rd`: only the first dot divides. */
function splitPath(path: string): readonly [string, string | undefined] {
  const dot = path.indexOf('.');
  return dot === -1 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
}

function withoutOverlaps(wanted: readonly WantedValue[]): readonly WantedValue[] {
  return wanted.reduce<readonly WantedValue[]>(
    (kept, want) => (kept.some((earlier) => overlaps(earlier.path, want.path)) ? kept : [...kept, want]),
    [],
  );
}

function overlaps(one: string, other: string): boolean {
  const [oneRoot, oneKey] = splitPath(one);
  const [otherRoot, otherKey] = splitPath(other);
  return oneRoot === otherRoot && (oneKey === undefined || otherKey === undefined || oneKey === otherKey);
}

function own(of: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

/** Equal as JSON: the order of keys is none, and a number that was kept as its text is that number. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
    );
  }
  return one === other || (isNumber(one) && isNumber(other) && isSameNumber(one, other));
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || JSON.isRawJSON(value);
}

/** Two texts of one number are the same, to the last digit: TaskRouter may store 12345678.5 as 1.23456785E7. */
function isSameNumber(one: unknown, other: unknown): boolean {
  return decimalOf(JSON.stringify(one)) === decimalOf(JSON.stringify(other));
}

/** Its digits from the first to the last that is none of the zeros around them, and where the point is; not calculated. */
function decimalOf(text: string): string {
  const [, minus = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const end = digits.replace(/0+$/, '');
  if (end === '') return '0';
  return `${minus}${end}e${Number(power) - fraction.length + digits.length - end.length}`;
}
