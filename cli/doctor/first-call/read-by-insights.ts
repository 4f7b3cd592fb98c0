import { insightsAttributes } from '../../life.ts';
import type { Finding } from '../../../lambdas/shared/domain/insights/finding.ts';
import { lintTaskAttributes } from '../../../lambdas/shared/domain/insights/lint-task-attributes.ts';
import { parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { counted } from '../../../local/terminal/words.ts';

/** A task's attributes as Insights will read them, and what it would lose of them. */
export interface ReadByInsights {
  readonly values: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly seen: string;
  /** Why nothing can be read of them. */
  readonly problem?: string;
}

export function attributesForInsights(text: string, hipaaMode: boolean): ReadByInsights {
  const { values, problem } = insightsAttributes({ kind: 'as-last-seen', attributes: text });
  const parsed = parseTaskAttributes(text);
  const findings = parsed.kind === 'object' ? lintTaskAttributes(parsed.attributes, { hipaaMode }) : [];
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  const errors = count('error');
  const seen = `${counted(Object.keys(values).length, 'attribute')} that Insights reads, ${counted(errors, 'error')}, ${counted(count('warning'), 'warning')}`;
  return { values, findings, errors, seen, ...(problem !== undefined && { problem }) };
}
