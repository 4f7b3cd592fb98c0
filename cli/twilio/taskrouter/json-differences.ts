import { isObject } from '../../../lambdas/shared/domain/task-attributes.ts';
import { valueText } from '../../value-text.ts';
import type { Difference } from '../section.ts';

/** How the items of a list are told apart, by what people call them; undefined where they have no such name. */
export type NameOfItem = (item: unknown) => string | undefined;

const nameless: NameOfItem = () => undefined;

/**
 * What has to change of JSON `from` so that it is `to`, path by path; an undefined side is not there. Items of a list
 * that have names are compared with their namesakes, whose order counts too.
 */
export function jsonDifferences(
  path: string,
  from: unknown,
  to: unknown,
  nameOfItem: NameOfItem = nameless,
): readonly Difference[] {
  const [before, after] = [from === undefined ? to : from, to === undefined ? from : to];
  if (isObject(before) && isObject(after)) return objectDifferences(path, from, to, nameOfItem);
  if (Array.isArray(before) && Array.isArray(after)) {
    const lists = { from: asList(from), to: asList(to) };
    if ([...lists.from, ...lists.to].some(isObject)) return listDifferences(path, lists.from, lists.to, nameOfItem);
  }
  const texts = { from: textOf(from), to: textOf(to) };
  if (texts.from === texts.to) return [];
  return [
    {
      field: path,
      ...(texts.from !== undefined && { from: texts.from }),
      ...(texts.to !== undefined && { to: texts.to }),
    },
  ];
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : valueText(sorted(value)));
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The order of keys says nothing in JSON, nor does the spelling of a number: 1.0 is 1. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (JSON.isRawJSON(value)) return asShortNumber(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** One of few digits, which JavaScript holds exactly, as itself; any other as it is spelt. */
function asShortNumber(raw: unknown): unknown {
  const text = JSON.stringify(raw);
  return /^-?[\d.]{1,15}$/.test(text) ? Number(text) : raw;
}

function objectDifferences(path: string, from: unknown, to: unknown, nameOfItem: NameOfItem): readonly Difference[] {
  const [before, after] = [isObject(from) ? from : {}, isObject(to) ? to : {}];
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const differences = keys.flatMap((key) => jsonDifferences(below(path, key), before[key], after[key], nameOfItem));
  // An empty object has no path below it to tell of.
  const isWhole = differences.length === 0 && (from === undefined || to === undefined);
  return isWhole ? [wholeDifference(path, from, to)] : differences;
}

function wholeDifference(path: string, from: unknown, to: unknown): Difference {
  const [before, after] = [textOf(from), textOf(to)];
  return { field: path, ...(before !== undefined && { from: before }), ...(after !== undefined && { to: after }) };
}

function below(path: string, key: string): string {
  const part = /^[\w-]+$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  return path === '' || part.startsWith('[') ? `${path}${part}` : `${path}.${part}`;
}

function listDifferences(
  path: string,
  from: readonly unknown[],
  to: readonly unknown[],
  nameOfItem: NameOfItem,
): readonly Difference[] {
  const [before, after] = [named(from, nameOfItem), named(to, nameOfItem)];
  if (before === undefined || after === undefined) {
    const places = Array.from({ length: Math.max(from.length, to.length) }, (_, place) => place);
    return places.flatMap((place) => jsonDifferences(`${path}[${place}]`, from[place], to[place], nameOfItem));
  }
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return [
    ...names.flatMap((name) =>
      jsonDifferences(`${path}[${JSON.stringify(name)}]`, before.get(name), after.get(name), nameOfItem),
    ),
    ...orderDifference(path, [...before.keys()], [...after.keys()]),
  ];
}

/** Undefined unless each has a name, and one of its own. */
function named(items: readonly unknown[], nameOfItem: NameOfItem): ReadonlyMap<string, unknown> | undefined {
  const pairs = items.flatMap((item) => {
    const name = nameOfItem(item);
    return name === undefined ? [] : [[name, item] as const];
  });
  const map = new Map(pairs);
  return map.size === items.length ? map : undefined;
}

/** Of what both sides have; what only one has is told by itself. */
function orderDifference(path: string, before: readonly string[], after: readonly string[]): readonly Difference[] {
  const [from, to] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  const isSame = from.every((name, place) => name === to[place]);
  return isSame ? [] : [{ field: `${path} in their order`, from: from.join(', '), to: to.join(', ') }];
}
