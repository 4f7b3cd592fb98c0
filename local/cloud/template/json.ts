import * as z from 'zod/mini';

/** A value as a template holds it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whatever JSON.parse makes is one. */
const json = z.custom<Json>();

/** @throws {Error} when `text` is not JSON; `what` names it, the text is not quoted. */
export function parseJson(text: string, what: string): Json {
  try {
    const parsed: unknown = JSON.parse(text);
    return json.parse(parsed);
  } catch (error) {
    throw new Error(`${what} is not JSON`, { cause: error });
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isJsonList(value);
}

/** `Array.isArray`, which does not narrow a readonly array. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** What a value is, for error messages that must not quote it. */
export function kindOf(value: Json | undefined): string {
  if (value === null) return 'null';
  return isJsonList(value) ? 'a list' : `a ${typeof value}`;
}
