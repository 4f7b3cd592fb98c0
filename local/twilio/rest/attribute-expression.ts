import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** An expression as TaskRouter evaluates it over attributes, or why it cannot be evaluated here. */
export type AttributeExpression =
  | { readonly kind: 'expression'; readonly matches: (attributes: JsonObject) => boolean }
  | { readonly kind: 'not-understood'; readonly why: string };

const comparison = /^\s*([A-Za-z_]\w*(?:\.\w+)*)\s*==\s*("[^"]*"|'[^']*'|-?\d+(?:\.\d+)?|true|false)\s*$/;

/**
 * Reads the part of TaskRouter's language that anybody here speaks: `path == "text"`, a number or a boolean, joined by
 * AND; without a text everything matches. No key has a hyphen in it: the language has no way to write one. (twilio.com/docs/taskrouter/expression-syntax, read 2026-11)
 */
export function attributeExpression(text: string | null): AttributeExpression {
  if (text === null) return { kind: 'expression', matches: () => true };
  const terms = outsideQuotes(text).map((term) => comparison.exec(term));
  const tests: ((attributes: JsonObject) => boolean)[] = [];
  for (const term of terms) {
    const [, path, literal] = term ?? [];
    if (path === undefined || literal === undefined)
      return {
        kind: 'not-understood',
        why: `only comparisons with == joined by AND are understood here, not: ${text}`,
      };
    const wanted = valueOf(literal);
    tests.push((attributes) => valueAt(attributes, path.split('.')) === wanted);
  }
  return { kind: 'expression', matches: (attributes) => tests.every((test) => test(attributes)) };
}

/** The terms between the ANDs; an AND in quotes is a word like any other. */
function outsideQuotes(text: string): readonly string[] {
  const parts = text.split(/("[^"]*"|'[^']*'|\s+AND\s+)/);
  const terms = [''];
  for (const part of parts) {
    if (/^\s+AND\s+$/.test(part)) terms.push('');
    else terms.push((terms.pop() ?? '') + part);
  }
  return terms;
}

function valueOf(literal: string): string | number | boolean {
  if (/^["']/.test(literal)) return literal.slice(1, -1);
  return literal === 'true' || literal === 'false' ? literal === 'true' : Number(literal);
}

function valueAt(attributes: JsonObject, path: readonly string[]): JsonValue | undefined {
  const [key = '', ...rest] = path;
  const value = attributes[key];
  if (rest.length === 0) return value;
  return isJsonObject(value) ? valueAt(value, rest) : undefined;
}
