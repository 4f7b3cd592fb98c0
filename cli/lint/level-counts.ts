import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { counted } from '../../local/terminal/words.ts';

export interface LevelCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** How many findings there are of each level. */
export function levelCounts(findings: readonly Pick<Finding, 'level'>[]): LevelCounts {
  const count = (wanted: Finding['level']): number => findings.filter(({ level }) => level === wanted).length;
  return { errors: count('error'), warnings: count('warning'), notes: count('note') };
}

/** `1 error, 2 warnings, 0 notes` */
export function levelCountsText({ errors, warnings, notes }: LevelCounts): string {
  return [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].join(', ');
}

/** Whether a command that lints ends with exit code 1. */
export function isBad({ errors, warnings }: LevelCounts, flags: ReadonlySet<string>): boolean {
  return errors > 0 || (flags.has('strict') && warnings > 0);
}
