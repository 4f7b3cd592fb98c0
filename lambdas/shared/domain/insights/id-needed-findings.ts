import type { Finding } from './finding.ts';
import { finding } from './rules.ts';

/**
 * Names that Insights shows only beside their id. Without `team_id` the queue's SID is the team's id, and the name is
 * not shown. `prefix` is `handling_` in conversations; `at` makes the path of a name.
 */
export function idNeededFindings(
  values: Readonly<Record<string, unknown>>,
  prefix: '' | 'handling_',
  at: (name: string) => string,
): readonly Finding[] {
  return (['team', 'department'] as const).flatMap((unit) => {
    const id = `${prefix}${unit}_id`;
    const name = [`${prefix}${unit}_name`, `${prefix}${unit}_name_in_hierarchy`].find((one) => isFilled(values[one]));
    if (name === undefined || isFilled(values[id])) return [];
    return [
      finding(
        `${unit}-id-missing`,
        { path: at(name), value: values[name] },
        `Insights shows ${name} only beside ${id}, which is missing` +
          `${unit === 'team' ? ": the queue's SID is taken for the team's id" : ''}. Write ${id} too.`,
      ),
    ];
  });
}

/** Insights shows nothing for null and for an empty text. */
export function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
