import type { AppliedPlan } from './apply-plan.ts';
import { plainLintLines } from '../lint/lint-lines.ts';
import { valueText } from '../value-text.ts';
import type { PlannedWorker, RosterFault, RosterPlan } from '../../lambdas/shared/domain/worker/roster.ts';
import { printable } from '../../local/terminal/printable.ts';
import { counted } from '../../local/terminal/words.ts';

/** https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11) */
export const warnings: readonly string[] = [
  'Where agents sign in by SSO, the identity provider writes their attributes anew at every login: set them there.',
  'Insights shows new attributes of an agent only after that agent has logged in and changed status.',
];

/** What would be changed and what cannot be, for a person who has to decide. */
export function planLines(plan: RosterPlan, connectionName: string): readonly string[] {
  const { changes, faults, unchangedCount, findings } = plan;
  return [
    `${printable(connectionName)}: ${counted(changes.length, 'worker')} to change, ${unchangedCount} as the roster says` +
      `${faults.length === 0 ? '' : `, ${counted(faults.length, 'row')} that cannot be followed`}`,
    ...changes.flatMap(changeLines),
    ...(faults.length === 0 ? [] : ['', 'Rows that cannot be followed:', ...faults.map(faultLine)]),
    ...(findings.length === 0 ? [] : ['', 'What Insights would make of it:', ...plainLintLines(findings)]),
    ...(changes.length === 0 ? [] : ['', ...warnings]),
  ];
}

export function appliedLines({ changes, faults }: AppliedPlan): readonly string[] {
  return [
    '',
    `${counted(changes.length, 'worker')} written${faults.length === 0 ? '' : `, ${faults.length} not`}`,
    ...faults.map(faultLine),
  ];
}

function changeLines({ worker, workerSid, changes, row }: PlannedWorker): readonly string[] {
  return [
    '',
    printable(`${worker} (${workerSid}), line ${row.line}`),
    ...changes.map(({ path, before, after }) =>
      printable(
        `  ${path}: ${before === undefined ? 'nothing' : valueText(before)} → ${valueText(after)}` +
          `${row.cut.includes(path) ? ', cut to 128 characters' : ''}`,
      ),
    ),
  ];
}

function faultLine({ line, key, why }: RosterFault): string {
  return printable(`  line ${line}, "${key}": ${why}`);
}
