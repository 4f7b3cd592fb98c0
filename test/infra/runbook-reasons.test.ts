import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalReasons } from '../../lambdas/shared/domain/refusals.ts';
import { repository } from '../support/infra/synthesized.ts';

const runbook = readFileSync(join(repository, 'docs', 'runbook.md'), 'utf8');

/** The first cells of the rows of the table under a heading. */
function rowsUnder(heading: string): readonly string[] {
  const section = runbook.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([a-z-]+)`\s*\|[^|]+\|[^|]+\|/gm)].map(([, reason]) => reason ?? '');
}

/** The members of the closed list, as its source has them: a type has no run time. */
function ignoreReasons(): readonly string[] {
  const source = readFileSync(join(repository, 'lambdas', 'shared', 'domain', 'outcome.ts'), 'utf8');
  const [, union = ''] = /export type IgnoreReason =([^;]+);/.exec(source) ?? [];
  return [...union.matchAll(/'([a-z-]+)'/g)].map(([, reason]) => reason ?? '');
}

describe('the runbook', () => {
  it('explains every reason for which a source stays, each in one row, and no other', () => {
    expect([...rowsUnder('Why a source stays')].sort()).toEqual([...refusalReasons].sort());
  });

  it('explains every reason for which there was nothing to do, each in one row, and no other', () => {
    expect(ignoreReasons().length).toBeGreaterThan(20);
    expect([...rowsUnder('Why nothing was to be done')].sort()).toEqual([...ignoreReasons()].sort());
  });
});
