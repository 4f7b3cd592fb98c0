import { keyNames, slotCounts } from './dictionary.ts';
import type { InsightsRoot } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { finding } from './rules.ts';
import { nearest } from '../nearest.ts';

/** A key under `conversations` or `customers` that Insights does not read, with the one that may have been meant. */
export function unknownKey(
  root: Exclude<InsightsRoot, 'worker'>,
  name: string,
  at: { readonly path: string; readonly value?: unknown },
): Finding {
  const meant = likelyKey(root, name);
  const hint =
    meant === undefined
      ? `docs/insights.md lists the keys; a text of your own goes into ${ownSlots[root]}.`
      : `Did you mean ${meant}?`;
  return finding('unknown-key', at, `Insights ignores ${root}.${name} without a word. ${hint}`);
}

const ownSlots = {
  conversations: `conversation_attribute_1 to ${slotCounts.conversations.attribute}`,
  customers: `customer_attribute_1 to ${slotCounts.customers.attribute}`,
} as const;

/** The key that was likely meant: spelt in camel case, or with few letters wrong. */
export function likelyKey(root: InsightsRoot, name: string): string | undefined {
  return nearest(snakeCase(name), keyNames(root));
}

/** `teamName` → `team_name`, `Customer-Value` → `customer_value`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[-\s]+/g, '_')
    .toLowerCase();
}
