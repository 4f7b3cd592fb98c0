import { askedFor } from '../../domain/enrichment/rule-scope.ts';
import { nearest } from '../../domain/nearest.ts';

/**
 * What can be told of an expression from its syntax tree alone. The trees are JSONata's own (`ast()`), whose type file
 * names but half of their properties, so a node is looked at as plain data.
 */
type Node = Readonly<Record<string, unknown>>;

/**
 * The names that an expression reads from its scope: the first name of each path, and the second after `facts`. Names
 * inside something that the scope holds are left out (`task.customer.name` reads `task`), unless the expression goes
 * where its text does not show it (`$$`, `%`, a wildcard): then everything that may have to be asked for is read.
 */
export function namesRead(ast: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  collect(ast, false, names);
  if (isAnywhere(ast, (node) => node['type'] === 'parent')) addAll(names);
  return names;
}

function collect(node: unknown, isInner: boolean, names: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collect(item, isInner, names);
  if (!isNode(node)) return;
  if (node['type'] === 'path' && isNodes(node['steps'])) return collectPath(node, node['steps'], isInner, names);
  const isWhole = node['type'] === 'variable' && (node['value'] === '$' || (node['value'] === '' && !isInner));
  if (isWhole || isWildcard(node) || (!isInner && takesContext(node))) addAll(names);
  for (const part of Object.values(node)) collect(part, isInner, names);
}

/**
 * Functions that take the whole scope when they are called with fewer arguments than these: `$keys()`, `$lookup("customer")`.
 * (https://docs.jsonata.org/object-functions, read 2026-11)
 */
const argumentsWithoutContext: ReadonlyMap<unknown, number> = new Map([
  ['keys', 1],
  ['lookup', 2],
  ['spread', 1],
  ['each', 2],
  ['sift', 2],
  ['string', 1],
]);

function takesContext({ type, procedure, arguments: given }: Node): boolean {
  const wanted = type === 'function' && isNode(procedure) ? argumentsWithoutContext.get(procedure['value']) : undefined;
  return wanted !== undefined && Array.isArray(given) && given.length < wanted;
}

/** A path's own steps; whatever hangs on them (filters, sorting, blocks) is read inside what they lead to. */
function collectPath(path: Node, steps: readonly Node[], isInner: boolean, names: Set<string>): void {
  const [first, second] = steps;
  const plainNames = steps.map((step) => (step['type'] === 'name' ? String(step['value']) : undefined));
  if (plainNames[0] !== undefined) {
    names.add(plainNames[0]);
    if (plainNames[0] === 'facts') {
      if (plainNames[1] === undefined) addAll(names);
      else names.add(plainNames[1]);
    }
  } else {
    for (const name of plainNames) if (name !== undefined) names.add(name);
    const isNamedVariable = first?.['type'] === 'variable' && second?.['type'] === 'name';
    if (!isNamedVariable) collect(first, isInner, names);
    if (second !== undefined && isWildcard(second)) addAll(names);
  }
  for (const [place, step] of steps.entries())
    for (const [name, part] of Object.entries(step)) {
      if (name !== 'stages' && name !== 'predicate' && place === 0) continue;
      collect(part, true, names);
    }
  collect(path['group'], true, names);
}

function addAll(names: Set<string>): void {
  for (const name of askedFor) names.add(name);
}

function isWildcard(node: Node): boolean {
  return node['type'] === 'wildcard' || node['type'] === 'descendant';
}

/** A variable or function that no expression of ours may use, or that there is none of. */
export interface FaultyVariable {
  readonly why: string;
  readonly position: number;
}

/** The first variable that is forbidden or unknown; undefined where all are known. */
export function faultyVariable(ast: unknown): FaultyVariable | undefined {
  const bound = new Set(variablesBound(ast));
  let fault: FaultyVariable | undefined;
  isAnywhere(ast, (node) => {
    const why = node['type'] === 'variable' ? whyFaulty(String(node['value']), bound) : undefined;
    if (why !== undefined) fault = { why, position: typeof node['position'] === 'number' ? node['position'] : 0 };
    return why !== undefined;
  });
  return fault;
}

function whyFaulty(name: string, bound: ReadonlySet<string>): string | undefined {
  const forbidden = forbiddenFunctions.get(name);
  if (forbidden !== undefined) return `$${name} is not for rules: ${forbidden}`;
  if (name === '' || name === '$' || bound.has(name) || functions.includes(name)) return undefined;
  const near = nearest(name, functions);
  return `there is no $${name}${near === undefined ? '' : `; did you mean $${near}?`}`;
}

/** Names that the expression itself gives: by `:=`, as a function's arguments, by `@` and `#`. */
function variablesBound(ast: unknown): readonly string[] {
  const bound: string[] = [];
  isAnywhere(ast, (node) => {
    if (node['type'] === 'bind' && isNode(node['lhs'])) bound.push(String(node['lhs']['value']));
    if (node['type'] === 'lambda' && isNodes(node['arguments']))
      bound.push(...node['arguments'].map((argument) => String(argument['value'])));
    for (const at of ['focus', 'index']) if (typeof node[at] === 'string') bound.push(node[at]);
    return false;
  });
  return bound;
}

/** Whether the question is answered with yes at a node; asks no further then. */
function isAnywhere(node: unknown, isIt: (node: Node) => boolean): boolean {
  if (Array.isArray(node)) return node.some((item) => isAnywhere(item, isIt));
  return isNode(node) && (isIt(node) || Object.values(node).some((part) => isAnywhere(part, isIt)));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function isNodes(value: unknown): value is readonly Node[] {
  return Array.isArray(value) && value.every(isNode);
}

const changing = 'its value differs from one run to the next, and a repeat must give what the first run gave';
const forbiddenFunctions: ReadonlyMap<string, string> = new Map([
  ['eval', 'it would run what a task’s attributes say'],
  ['now', `${changing}; use event.occurredAt`],
  ['millis', `${changing}; use $toMillis(event.occurredAt)`],
  ['random', changing],
  ['shuffle', changing],
]);

/** JSONata 2.2's functions but for the forbidden ones. (jsonata.js of 2.2.2, read 2026-11) */
const functions: readonly string[] = (
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match ' +
  'contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt ' +
  'power boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each ' +
  'error assert type sort distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl ' +
  'toMillis fromMillis clone'
).split(' ');
