import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insightsKeys, slotCounts } from '../../../lambdas/shared/domain/insights/dictionary.ts';
import { insightsRules } from '../../../lambdas/shared/domain/insights/rules.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/insights.md'), 'utf8');

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, rest = ''] = page.split(`\n### \`${heading}\`\n`);
  return rest.split('\n#')[0] ?? '';
}

describe('docs/insights.md', () => {
  it('explains every rule of the linter with its level and page, and no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` +\| (error|warning|note) +\|.*\| (\S.*?) +\|$/gm)];
    const told = rows.map(([, rule, level, source = '']) => [rule, level, addressOf(source)]);
    const wanted = Object.entries(insightsRules).map(([rule, { level, source }]) => [
      rule,
      level,
      source.replace(/ \(read .*\)$/, ''),
    ]);

    expect(told.toSorted()).toEqual(wanted.toSorted());
  });

  it.each(['conversations', 'customers', 'worker'] as const)('lists every key of %s', (root) => {
    const keys = insightsKeys.filter((key) => key.root === root && key.slot === undefined);
    const told = [...section(root).matchAll(/`([a-z_]+)`( \(H\))?/g)].map(([, name, removed]) => [
      name,
      removed === undefined,
    ]);

    expect(told.toSorted()).toEqual(keys.map(({ name, isKeptByHipaa }) => [name, isKeptByHipaa]).toSorted());
  });

  it.each(['conversations', 'customers', 'worker'] as const)('says how many slots %s has', (root) => {
    const told = [...section(root).matchAll(/_(attribute|label|measure)_1` to `_(\d+)`/g)];

    expect({ measure: 0, ...Object.fromEntries(told.map(([, kind, count]) => [kind, Number(count)])) }).toEqual(
      slotCounts[root],
    );
  });
});

function addressOf(source: string): string {
  if (source === 'the schema') return 'config/enrichment/schema.json';
  const name = source.slice(1, -1);
  const [, address = ''] = new RegExp(`^\\[${name}\\]: (\\S+)$`, 'm').exec(page) ?? [];
  return address;
}
