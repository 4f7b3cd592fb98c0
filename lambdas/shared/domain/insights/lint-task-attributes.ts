import { hipaaRootKeys, insightsKey } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { idNeededFindings } from './id-needed-findings.ts';
import { unknownKey } from './key-findings.ts';
import { labelFindings } from './label-findings.ts';
import { finding } from './rules.ts';
import { valueFindings } from './value-findings.ts';
import { nearest } from '../nearest.ts';
import { attributesText, isObject, maxAttributesCharacters } from '../task-attributes.ts';
import type { TaskAttributes } from '../task-attributes.ts';

/**
 * Everything in a task's attributes that Flex Insights would lose, refuse or read differently from what is meant, in
 * the order of the attributes. What Insights does not look at is left alone; in HIPAA mode, what it would be kept from
 * is told too.
 */
export function lintTaskAttributes(
  attributes: TaskAttributes,
  options: { readonly hipaaMode: boolean },
): readonly Finding[] {
  return [
    ...sizeFindings(attributes),
    ...Object.entries(attributes).flatMap(([name, value]) => rootFindings(name, value, options.hipaaMode)),
  ];
}

function sizeFindings(attributes: TaskAttributes): readonly Finding[] {
  const { length } = attributesText(attributes);
  return length <= maxAttributesCharacters
    ? []
    : [
        finding(
          'attributes-too-large',
          { path: 'attributes' },
          `${length} characters; TaskRouter takes ${maxAttributesCharacters} and refuses the whole update otherwise. Leave keys out.`,
        ),
      ];
}

function rootFindings(name: string, value: unknown, hipaaMode: boolean): readonly Finding[] {
  if (name === 'conversations' || name === 'customers') return objectFindings(name, value, hipaaMode);
  if (hipaaMode && !hipaaRootKeys.includes(name))
    return [
      finding(
        'hipaa-root',
        { path: name },
        'Removed from the events of an account under HIPAA before Insights sees it; nothing in reports can rest on it.',
      ),
    ];
  const meant = isObject(value) ? nearest(name, ['conversations', 'customers']) : undefined;
  return meant === undefined
    ? []
    : [finding('near-key', { path: name }, `Insights looks in ${meant}, and not here. Is ${meant} meant?`)];
}

function objectFindings(root: 'conversations' | 'customers', value: unknown, hipaaMode: boolean): readonly Finding[] {
  if (value === undefined || value === null) return [];
  if (!isObject(value))
    return [
      finding('not-an-object', { path: root, value }, `Insights reads keys under ${root}: an object is wanted here.`),
    ];
  return [
    ...Object.entries(value).flatMap(([name, one]) => keyFindings(root, name, one, value, hipaaMode)),
    ...(root === 'conversations' ? idNeededFindings(value, 'handling_', (name) => `${root}.${name}`) : []),
  ];
}

function keyFindings(
  root: 'conversations' | 'customers',
  name: string,
  value: unknown,
  siblings: Readonly<Record<string, unknown>>,
  hipaaMode: boolean,
): readonly Finding[] {
  const path = `${root}.${name}`;
  const key = insightsKey(path);
  if (key === undefined) return [unknownKey(root, name, { path, value })];
  if (hipaaMode && !key.isKeptByHipaa)
    return [
      finding(
        'hipaa-removed',
        { path, value },
        'Not on the list of what Insights keeps of an account under HIPAA: leave it out.',
      ),
    ];
  return [...valueFindings(key, value, path), ...labelFindings(key, value, siblings, path)];
}
