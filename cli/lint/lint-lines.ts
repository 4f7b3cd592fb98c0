import { rowsWithMore } from '../rows.ts';
import { valueText } from '../value-text.ts';
import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { printable } from '../../local/terminal/printable.ts';

/** The findings as a table, what to do and the source below each; the heaviest first. */
export function lintLines(findings: readonly Finding[]): readonly string[] {
  return rowsWithMore(
    [{ title: 'Level' }, { title: 'Path' }, { title: 'Rule' }, { title: 'Value', cut: 'end' }],
    heaviestFirst(findings).map((finding) => ({
      cells: [finding.level, finding.path, finding.rule, shownValue(finding)],
      below: [finding.message, finding.source],
    })),
  );
}

/** One line a finding, for logs and for other programs that read lines. */
export function plainLintLines(findings: readonly Finding[]): readonly string[] {
  return heaviestFirst(findings).map((finding) => {
    const value = shownValue(finding);
    const what = `${finding.path}${value === '' ? '' : ` is ${value}`}`;
    return printable(`${finding.level} ${finding.rule} ${what}: ${finding.message} [${finding.source}]`);
  });
}

const levels = ['error', 'warning', 'note'] as const;

function heaviestFirst(findings: readonly Finding[]): readonly Finding[] {
  return levels.flatMap((wanted) => findings.filter(({ level }) => level === wanted));
}

function shownValue({ value }: Finding): string {
  return value === undefined ? '' : valueText(value);
}
