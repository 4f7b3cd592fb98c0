import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** An expression as TaskRouter evaluates it over attributes, or why it cannot be evaluated here. */
export type AttributeExpression =
  | { readonly kind: 'expression'; readonly matches: (attributes: JsonObject) => boolean }
  | { readonly kind: 'not-understood'; readonly why: string };

/**
 * Reads TaskRouter's language: `path == "text"`, a number, a boolean, null or another path, the other comparisons, IN,
 * NOT IN, HAS and CONTAINS, joined by AND and OR and grouped by parentheses; without a text everything matches. A key
 * that is not there is null. No key has a hyphen in it: the language has no way to write one.
 * (twilio.com/docs/taskrouter/expression-syntax, read 2026-11)
 */
export function attributeExpression(text: string | null): AttributeExpression {
  if (text === null) return { kind: 'expression', matches: () => true };
  const tokens = tokensOf(text);
  const rest = [...(tokens ?? [])];
  const test = tokens === undefined ? undefined : readAny(rest);
  if (test === undefined || rest.length > 0)
    return { kind: 'not-understood', why: `this is no expression of TaskRouter's that is understood here: ${text}` };
  return { kind: 'expression', matches: test };
}

type Test = (attributes: JsonObject) => boolean;
type Value = (attributes: JsonObject) => JsonValue | undefined;

const token = /\s*("[^"]*"|'[^']*'|-?\d+(?:\.\d+)?(?![\w.])|[A-Za-z_]\w*(?:\.\w+)*|==|!=|>=|<=|>|<|\(|\)|\[|\]|,)/y;

/** Undefined where there is a sign that the language does not have. */
function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  token.lastIndex = 0;
  let place = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    tokens.push(found[1] ?? '');
    place = token.lastIndex;
  }
  return text.slice(place).trim() === '' ? tokens : undefined;
}

function readAny(rest: string[]): Test | undefined {
  const tests = joined(rest, 'OR', readAll);
  return tests && ((attributes) => tests.some((test) => test(attributes)));
}

/** AND goes before OR, as in SQL, which the language is like. */
function readAll(rest: string[]): Test | undefined {
  const tests = joined(rest, 'AND', readOne);
  return tests && ((attributes) => tests.every((test) => test(attributes)));
}

function joined(rest: string[], word: string, read: (rest: string[]) => Test | undefined): readonly Test[] | undefined {
  const tests: Test[] = [];
  do {
    const test = read(rest);
    if (test === undefined) return undefined;
    tests.push(test);
  } while (rest[0] === word && rest.shift() !== undefined);
  return tests;
}

function readOne(rest: string[]): Test | undefined {
  if (rest[0] === '(') {
    rest.shift();
    const test = readAny(rest);
    return rest.shift() === ')' ? test : undefined;
  }
  const left = readValue(rest);
  const word = rest.shift() ?? '';
  const operator = word === 'NOT' && rest.shift() === 'IN' ? 'NOT IN' : word;
  const right = readValue(rest);
  const holds = operators[operator];
  if (left === undefined || right === undefined || holds === undefined) return undefined;
  return (attributes) => holds(left(attributes) ?? null, right(attributes) ?? null);
}

const has = (list: JsonValue, one: JsonValue): boolean => Array.isArray(list) && list.includes(one);
const bothNumbers = (one: JsonValue, other: JsonValue): boolean => typeof one === 'number' && typeof other === 'number';

const operators: Readonly<Record<string, (left: JsonValue, right: JsonValue) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => bothNumbers(left, right) && Number(left) > Number(right),
  '<': (left, right) => bothNumbers(left, right) && Number(left) < Number(right),
  '>=': (left, right) => bothNumbers(left, right) && Number(left) >= Number(right),
  '<=': (left, right) => bothNumbers(left, right) && Number(left) <= Number(right),
  IN: (left, right) => has(right, left),
  'NOT IN': (left, right) => !has(right, left),
  HAS: has,
  CONTAINS: (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? left.includes(right) : has(left, right),
};

const words = ['AND', 'OR', 'NOT', 'IN', 'HAS', 'CONTAINS', 'and', 'or'];

function readValue(rest: string[]): Value | undefined {
  const first = rest.shift() ?? '';
  if (first === '[') return readList(rest);
  const literal = literalOf(first);
  if (literal !== undefined) return () => literal;
  if (!/^[A-Za-z_]/.test(first) || words.includes(first)) return undefined;
  return (attributes) => valueAt(attributes, first.split('.'));
}

function readList(rest: string[]): Value | undefined {
  const items: JsonValue[] = [];
  while (rest.length > 0 && rest[0] !== ']') {
    const item = literalOf(rest.shift() ?? '');
    if (item === undefined || (rest[0] !== ']' && rest.shift() !== ',')) return undefined;
    items.push(item);
  }
  return rest.shift() === ']' ? () => items : undefined;
}

function literalOf(text: string): string | number | boolean | null | undefined {
  if (/^["']/.test(text)) return text.slice(1, -1);
  if (/^-?\d/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text === 'null' ? null : undefined;
}

function valueAt(attributes: JsonObject, path: readonly string[]): JsonValue | undefined {
  const [key = '', ...rest] = path;
  const value = attributes[key];
  if (rest.length === 0) return value;
  return isJsonObject(value) ? valueAt(value, rest) : undefined;
}
