import type { Finding } from './finding.ts';
import { isFilled } from './id-needed-findings.ts';
import { finding } from './rules.ts';

/** One line of a roster. */
export interface RosterWorker {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * What only shows when all agents are looked at together: two with one phone number (each has their own Twilio number,
 * and a task finds its agent by it), and agents without the ids by which Insights knows teams and departments.
 */
export function lintRoster(workers: readonly RosterWorker[]): readonly Finding[] {
  // A workspace has up to 15,000 workers: each is looked at once.
  const byPhone = Map.groupBy(workers, ({ attributes }) => digitsOf(attributes['phone']));
  return workers.flatMap((worker) => [...phoneFindings(worker, byPhone), ...unitFindings(worker)]);
}

function phoneFindings(
  worker: RosterWorker,
  byPhone: ReadonlyMap<string, readonly RosterWorker[]>,
): readonly Finding[] {
  const phone = digitsOf(worker.attributes['phone']);
  if (phone === '') return [];
  const others = (byPhone.get(phone) ?? []).filter((other) => other !== worker);
  if (others.length === 0) return [];
  return [
    finding(
      'duplicate-phone',
      { path: `${worker.name}.phone`, value: worker.attributes['phone'] },
      `${others.map(({ name }) => name).join(', ')} has the same number: a task that is meant for one agent reaches the ` +
        'other. Give each agent a Twilio number of their own.',
    ),
  ];
}

function unitFindings({ name, attributes }: RosterWorker): readonly Finding[] {
  return (['team', 'department'] as const).flatMap((unit) =>
    isFilled(attributes[`${unit}_id`])
      ? []
      : [
          finding(
            `${unit}-missing`,
            { path: `${name}.${unit}_id` },
            unit === 'team'
              ? "Without team_id the queue's SID is taken for the team, and no team_name is shown. Write team_id and team_name."
              : 'Without department_id no department_name is shown. Write department_id and department_name.',
          ),
        ],
  );
}

/** However it is spelt: `+1 (202) 555-0143` and `+12025550143` are one number. */
function digitsOf(phone: unknown): string {
  return typeof phone === 'string' || typeof phone === 'number' ? String(phone).replaceAll(/\D/g, '') : '';
}
