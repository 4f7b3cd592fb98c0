import { isJsonList, isJsonObject, kindOf, type Json, type JsonObject } from './json.ts';
import { TemplateError } from './template-error.ts';

/** What intrinsic functions of one stack refer to. */
export interface Scope {
  /** The stack, and the resource whose properties are being read: for errors. */
  readonly where: string;
  /** `undefined` is AWS::NoValue. */
  ref(name: string): Json | undefined;
  getAtt(logicalId: string, attribute: string): Json;
  condition(name: string): boolean;
}

/**
 * Computes a template value: every intrinsic function in it, however deep.
 *
 * A key or list item that comes to AWS::NoValue is left out; `undefined` means that the whole value did.
 *
 * @throws {TemplateError} on an intrinsic function that is not known here.
 */
export function evaluate(value: Json, scope: Scope): Json | undefined {
  if (isJsonList(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  const intrinsic = intrinsicOf(value, scope);
  if (intrinsic) return intrinsic.compute(intrinsic.argument, scope);
  const entries: [string, Json][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const computed = evaluate(inner, scope);
    if (computed !== undefined) entries.push([key, computed]);
  }
  return Object.fromEntries(entries);
}

/** Like `evaluate`, of a value that must come to text (numbers and booleans are written out, as CloudFormation does). */
export function evaluateText(value: Json, scope: Scope): string {
  const computed = evaluate(value, scope);
  if (typeof computed === 'string') return computed;
  if (typeof computed === 'number' || typeof computed === 'boolean') return String(computed);
  throw new TemplateError(scope.where, `wanted a text, found ${kindOf(computed)}`);
}

type Compute = (argument: Json, scope: Scope) => Json | undefined;

const intrinsics: Readonly<Record<string, Compute>> = {
  Ref: (argument, scope) => scope.ref(evaluateText(argument, scope)),
  'Fn::GetAtt': (argument, scope) => scope.getAtt(...attributePath(argument, scope)),
  'Fn::Join': (argument, scope) => {
    const [separator, items] = pair(argument, scope, 'Fn::Join');
    return textList(items, scope).join(evaluateText(separator, scope));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = pair(argument, scope, 'Fn::Split');
    return evaluateText(text, scope).split(evaluateText(separator, scope));
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = pair(argument, scope, 'Fn::Select');
    const place = Number(evaluateText(index, scope));
    const chosen = textList(items, scope)[place];
    if (chosen === undefined) throw new TemplateError(scope.where, `Fn::Select: the list has no item ${place}`);
    return chosen;
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::If': (argument, scope) => {
    const [name, whenTrue, whenFalse] = isJsonList(argument) ? argument : [];
    if (name === undefined || whenTrue === undefined || whenFalse === undefined)
      throw new TemplateError(scope.where, 'Fn::If: wanted a condition and two values');
    return evaluate(scope.condition(evaluateText(name, scope)) ? whenTrue : whenFalse, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = pair(argument, scope, 'Fn::Equals');
    return evaluateText(left, scope) === evaluateText(right, scope);
  },
  'Fn::Not': (argument, scope) => !truths(argument, scope)[0],
  'Fn::And': (argument, scope) => truths(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => truths(argument, scope).some(Boolean),
};

function intrinsicOf(value: JsonObject, scope: Scope): { compute: Compute; argument: Json } | undefined {
  const entries = Object.entries(value);
  const named = entries.find(([key]) => key === 'Ref' || key.startsWith('Fn::'));
  if (!named) return undefined;
  const [name, argument] = named;
  const compute = intrinsics[name];
  if (!compute || entries.length > 1)
    throw new TemplateError(scope.where, `unknown intrinsic ${name}: known are ${Object.keys(intrinsics).join(', ')}`);
  return { compute, argument };
}

function pair(argument: Json, scope: Scope, name: string): [Json, Json] {
  const [first, second] = isJsonList(argument) && argument.length === 2 ? argument : [];
  if (first === undefined || second === undefined) throw new TemplateError(scope.where, `${name}: wanted two values`);
  return [first, second];
}

function textList(value: Json, scope: Scope): readonly string[] {
  const computed = evaluate(value, scope);
  if (!isJsonList(computed)) throw new TemplateError(scope.where, `wanted a list, found ${kindOf(computed)}`);
  return computed.map((item) => evaluateText(item, scope));
}

function truths(argument: Json, scope: Scope): readonly boolean[] {
  if (!isJsonList(argument)) throw new TemplateError(scope.where, 'a logical function wants a list of conditions');
  return argument.map((item) => {
    if (isJsonObject(item) && typeof item['Condition'] === 'string') return scope.condition(item['Condition']);
    return evaluate(item, scope) === true;
  });
}

function attributePath(argument: Json, scope: Scope): [string, string] {
  const path = typeof argument === 'string' ? argument.split('.') : textList(argument, scope);
  const [logicalId, ...attribute] = path;
  if (!logicalId || attribute.length === 0)
    throw new TemplateError(scope.where, 'Fn::GetAtt: wanted a logical id and an attribute');
  return [logicalId, attribute.join('.')];
}

function substitute(argument: Json, scope: Scope): string {
  const [template, variables] = isJsonList(argument) ? argument : [argument];
  if (typeof template !== 'string') throw new TemplateError(scope.where, 'Fn::Sub: wanted a text');
  return template.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const given = isJsonObject(variables) ? variables[name] : undefined;
    if (given !== undefined) return evaluateText(given, scope);
    return evaluateText(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, scope);
  });
}
