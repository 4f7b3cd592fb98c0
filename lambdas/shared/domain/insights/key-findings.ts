import { keyNames, slotCounts } from './dictionary.ts';
import type { InsightsRoot, InsightsSlot } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { finding } from './rules.ts';
import { nearest } from '../nearest.ts';

/** A key that Insights does not read where it would read another, with the one that may have been meant. */
export function unknownKey(
  root: InsightsRoot,
  name: string,
  at: { readonly path: string; readonly value?: unknown },
): Finding {
  return finding('unknown-key', at, `Insights ignores ${name} without a word. ${hintFor(root, name)}`);
}

function hintFor(root: InsightsRoot, name: string): string {
  const kind = slotKindOf(name);
  if (kind !== undefined) return slotHint(root, kind);
  const meant = likelyKey(root, name);
  return meant === undefined
    ? `docs/insights.md lists the keys. ${slotHint(root, 'attribute')}`
    : `Did you mean ${meant}?`;
}

/** The kind of a numbered key, whether there is such a number or not: `conversation_attribute_11`. */
export function slotKindOf(name: string): InsightsSlot['kind'] | undefined {
  const [, kind] = /^(?:conversation|customer|agent)_(attribute|label|measure)_\d+$/.exec(name) ?? [];
  return kind === 'attribute' || kind === 'label' || kind === 'measure' ? kind : undefined;
}

function slotHint(root: InsightsRoot, kind: InsightsSlot['kind']): string {
  const [first] = keyNames(root).filter((name) => slotKindOf(name) === kind);
  return first === undefined
    ? `It has no ${kind}s of its own here; write numbers into conversation_measure_1 to ${slotCounts.conversations.measure}.`
    : `Of your own there are ${first} to ${slotCounts[root][kind]}.`;
}

/** The key that was likely meant: spelt in camel case, shortened, or with few letters wrong. */
export function likelyKey(root: InsightsRoot, name: string): string | undefined {
  const words = snakeCase(name).split('_');
  const whole = words.map((word) =>
    word === 'custom' && root === 'customers' ? 'customer' : (longWords.get(word) ?? word),
  );
  return nearest(whole.join('_'), keyNames(root));
}

const longWords: ReadonlyMap<string, string> = new Map([
  ['attr', 'attribute'],
  ['conv', 'conversation'],
  ['cust', 'customer'],
  ['dept', 'department'],
  ['lang', 'language'],
  ['org', 'organization'],
]);

/** `teamName` → `team_name`, `Customer-Value` → `customer_value`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[-\s]+/g, '_')
    .toLowerCase();
}
