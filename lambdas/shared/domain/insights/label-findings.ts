import { slotPath } from './dictionary.ts';
import type { InsightsKey } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { isFilled } from './id-needed-findings.ts';
import { finding } from './rules.ts';

/**
 * A label is what reports show in place of its attribute's value, not the attribute's name: "Google" labelled
 * "AdSourceName" is shown as AdSourceName, like every other source. Judged by the label's words, so it is a guess.
 * A label without its attribute among the `siblings`, one that says the same, and a key that is no label are right.
 */
export function labelFindings(
  key: InsightsKey,
  label: unknown,
  siblings: Readonly<Record<string, unknown>>,
  path: string,
): readonly Finding[] {
  const attributeName = key.slot?.kind === 'label' ? slotPath(key, 'attribute')?.split('.')[1] : undefined;
  if (attributeName === undefined) return [];
  const attribute = siblings[attributeName];
  if (typeof label !== 'string' || !isFilled(attribute) || String(attribute) === label) return [];
  if (!looksLikeName(label)) return [];
  return [
    finding(
      'label-names-attribute',
      { path, value: label },
      `A label is shown instead of the value of ${attributeName}, so every value would be shown as this one word. ` +
        'Write the value as people shall read it, or leave the label out.',
    ),
  ];
}

/** True for `AdSourceName`, `lead_id`, `Flow Name`; false for `Google` and `Human readable category name`. */
export function looksLikeName(label: string): boolean {
  const words = label
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/);
  return words.length <= 3 && nameEndings.has(words.at(-1)?.toLowerCase() ?? '');
}

const nameEndings = new Set(['name', 'id', 'ids', 'sid', 'uuid', 'guid', 'number', 'code', 'key', 'type', 'url']);
