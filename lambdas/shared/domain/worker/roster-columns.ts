import { keyNames } from '../insights/dictionary.ts';
import { fitValue } from '../insights/fit-value.ts';
import { nearest } from '../nearest.ts';
import { isSecretName } from '../secrets-in-attributes.ts';
import type { ToE164 } from '../task-shapes/canonical-task.ts';
import { hierarchyOf } from './hierarchy.ts';

/** By what a roster tells whom it means: the friendly name at TaskRouter, or one of two attributes. */
export const rosterKeys = ['worker', 'contact_uri', 'email'] as const;
export type RosterKey = (typeof rosterKeys)[number];

const numbers: readonly string[] = ['experience_level', 'overflow_status', 'contact_center_id'];

/** The team's own keys of agents, besides those that Insights reads. */
const ownKeys: readonly string[] = [
  ...numbers,
  ...['first_name', 'last_name', 'team_leader_sid', 'department', 'user_id', 'rd_username'],
];

/** What a roster must leave alone, and why. */
const refused: ReadonlyMap<string, string> = new Map([
  ['contact_uri', 'calls reach the agent by it: it tells whom a row means, as the only key, and is never written'],
  ['roles', 'it says what the agent may do in Flex'],
  ['routing', 'skills are given in Flex'],
  ['disabled_skills', 'skills are given in Flex'],
]);

const writable: readonly string[] = [...keyNames('worker'), ...ownKeys];

/** Every column that a roster may have, those that tell whom a row means first. */
export const rosterColumns: readonly string[] = [
  ...new Set([...rosterKeys, ...writable.filter((name) => !refused.has(name))]),
];

/** Why there can be no such column; undefined where it can be written. */
export function columnFault(name: string): string | undefined {
  const why = refused.get(name);
  if (why !== undefined) return `the column ${name} is not written: ${why}`;
  if (isSecretName(name)) return `the column ${name} looks like a secret: attributes are no place for one`;
  if (writable.includes(name)) return undefined;
  const near = nearest(name, rosterColumns);
  return `the column "${name}" is no attribute that a roster writes${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}

export type RosterCell =
  /** Nothing is said: what is there stays. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly value: unknown; readonly isCut: boolean }
  | { readonly kind: 'fault'; readonly why: string };

/** What a cell says of the attribute `name`, which `columnFault` had nothing against. */
export function readCell(name: string, text: string, has: { readonly toE164: ToE164 }): RosterCell {
  if (text.trim() === '') return { kind: 'nothing' };
  const value = valueOf(name, text.trim(), has.toE164);
  if (value === undefined) return { kind: 'fault', why: `${name} is "${text}": ${wanted(name)} is wanted` };
  // A roster is the team's own table: what HIPAA keeps from Insights, Flex still reads.
  const fitted = fitValue(`worker.${name}`, value, { hipaaMode: false });
  if (fitted.kind === 'refused') return { kind: 'fault', why: `Insights takes no such ${name}: ${fitted.rule}` };
  return { kind: 'value', value: fitted.value, isCut: fitted.kind === 'cut' };
}

function valueOf(name: string, text: string, toE164: ToE164): string | number | undefined {
  if (numbers.includes(name)) return Number.isFinite(Number(text)) ? Number(text) : undefined;
  // Without its country a number is anybody's; a spreadsheet makes 1.2E+10 of one.
  if (name === 'phone') return text.startsWith('+') ? toE164(text) : undefined;
  return name.endsWith('_in_hierarchy') ? hierarchyOf(text) : text;
}

function wanted(name: string): string {
  return name === 'phone' ? 'a number with its country, such as +12025550143,' : 'a number';
}
