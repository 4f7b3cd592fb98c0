import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** JSON as the table stores it: real attributes and maps, so that a person can read and search them in the console. */
export type StoredValue = string | number | boolean | null | readonly StoredValue[] | StoredMap;
export interface StoredMap {
  readonly [name: string]: StoredValue;
}

/**
 * A plain value in DynamoDB's own notation. A field that is `undefined` is left out, as JSON would.
 *
 * @throws {TypeError} for what JSON cannot hold (a Date, a function, a bigint, a number that is not finite): a fault of ours.
 */
export function attributeValue(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  if (isPlainObject(value)) return { M: attributeMap(value) };
  throw new TypeError(`a ${value instanceof Date ? 'Date' : typeof value} cannot be stored: wanted what JSON can hold`);
}

export function attributeMap(map: object): Record<string, AttributeValue> {
  const present = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, attributeValue(value)]));
}

/** The reverse of `attributeValue`. @throws {TypeError} for sets and binaries, which this table never holds. */
export function storedValue(value: AttributeValue): StoredValue {
  if (value.S !== undefined) return value.S;
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.N !== undefined) return Number(value.N);
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(storedValue);
  if (value.M !== undefined) return storedMap(value.M);
  throw new TypeError(
    `an attribute of type ${Object.keys(value).join()}: this table holds S, N, BOOL, NULL, L and M only`,
  );
}

export function storedMap(map: Readonly<Record<string, AttributeValue>>): StoredMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, storedValue(value)]));
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The text under the name. @throws {TypeError} for anything else there: somebody else wrote into the table. */
export function text(item: StoredMap, name: string): string {
  const value = item[name];
  if (typeof value !== 'string') throw new TypeError(`the attribute ${name} is a ${typeof value}: wanted a text`);
  return value;
}
