import { insightsKey } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { idNeededFindings } from './id-needed-findings.ts';
import { likelyKey, slotKindOf, snakeCase, unknownKey } from './key-findings.ts';
import { labelFindings } from './label-findings.ts';
import { finding } from './rules.ts';
import { valueFindings } from './value-findings.ts';

/**
 * Everything in a worker's attributes that Flex Insights would lose or read differently from what is meant. A worker
 * may have keys of its own; one of them is only told of where it stands for a key that Insights would have read.
 */
export function lintWorkerAttributes(attributes: Readonly<Record<string, unknown>>): readonly Finding[] {
  return [
    ...Object.entries(attributes).flatMap(([name, value]) => keyFindings(name, value, attributes)),
    ...idNeededFindings(attributes, '', (name) => name),
  ];
}

function keyFindings(name: string, value: unknown, attributes: Readonly<Record<string, unknown>>): readonly Finding[] {
  const key = insightsKey(`worker.${name}`);
  if (key === undefined)
    return slotKindOf(name) === undefined
      ? nearKey(name, attributes)
      : [unknownKey('worker', name, { path: name, value })];
  return [...valueFindings(key, value, name), ...labelFindings(key, value, attributes, name)];
}

/** `department` and `roles` are in use for what Insights calls `department_name` and `role`. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['department', 'department_name'],
  ['department_names', 'department_name'],
  ['team', 'team_name'],
  ['roles', 'role'],
  ['name', 'full_name'],
  ['phone_number', 'phone'],
  ['email_address', 'email'],
]);

function nearKey(name: string, attributes: Readonly<Record<string, unknown>>): readonly Finding[] {
  const meant = otherWords.get(snakeCase(name)) ?? nearlyTheSame(name);
  if (meant === undefined || meant in attributes) return [];
  return [
    finding('near-key', { path: name }, `Insights does not read this; it would read ${meant}, which is not there.`),
  ];
}

/** A worker's own keys are many: only one or two letters make another key's name of one. */
function nearlyTheSame(name: string): string | undefined {
  const snake = snakeCase(name);
  const meant = likelyKey('worker', name);
  return meant !== undefined && snake.length > 4 && Math.abs(snake.length - meant.length) <= 1 ? meant : undefined;
}
