import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { applyPlan } from './apply-plan.ts';
import type { AppliedPlan } from './apply-plan.ts';
import { patientWorkers } from './patient-workers.ts';
import { readRosterFile } from './roster-file.ts';
import { appliedLines, planLines, warnings } from './sync-lines.ts';
import { planRoster } from '../../lambdas/shared/domain/worker/roster.ts';
import type { PlannedWorker, RosterPlan } from '../../lambdas/shared/domain/worker/roster.ts';
import { toE164In } from '../../lambdas/shared/adapters/phone/to-e164.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { TypedOptions } from '../../local/terminal/options.ts';
import { printable } from '../../local/terminal/printable.ts';
import { counted } from '../../local/terminal/words.ts';

/** `workers sync <roster.csv>`: makes the agents' attributes as a table says, after showing what that changes. */
export const workersSync: Command = {
  name: 'workers sync',
  usage: '<roster.csv>',
  summary: "make agents' attributes as a roster says, after showing what that would change",
  options: {
    apply: { kind: 'flag', help: 'make the changes, after asking' },
    yes: { kind: 'flag', help: 'with --apply: do not ask' },
    json: { kind: 'flag', help: 'one JSON object {"changes": […]} in the end instead of text' },
  },
  details: [
    'The first line has the names of columns: worker (the friendly name), contact_uri or email tells whom a row means, the',
    "others are worker attributes that Insights reads, or your own of an agent's person, team and level. An empty cell leaves",
    'what is there. The plan shows each change, rows that mean nobody or somebody twice, and what Insights would lose.',
    'A second time there is nothing to do. - is standard input, and wants --yes.',
    ...warnings,
    'Exits 1 when there are differences that were not made, or rows that cannot be followed.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, connect, print, progress, pause, readTyped } = needs;
    const file = fileTyped(typed);
    // The numbers of a roster have their country, so no country is the default's.
    const roster = readRosterFile(file, await readTyped(file), { toE164: toE164In('US') });
    const connection = await connect();
    const workers = patientWorkers(connection.workers, { pause, tell: (text) => progress.show([text]) });
    progress.show([`reading the workers of ${printable(connection.name)}`]);
    const plan = planRoster(roster, await workers.list());
    progress.end();
    const isJson = typed.flags.has('json');
    if (!isJson) planLines(plan, connection.name).forEach(print);
    const isWanted = await isApplied(needs, plan);
    const applied = isWanted ? await applyPlan({ workers, progress }, plan.changes) : undefined;
    if (isJson) print(JSON.stringify(answerOf(plan, applied)));
    else if (applied !== undefined) appliedLines(applied).forEach(print);
    const isMade = plan.changes.length === 0 || applied?.faults.length === 0;
    return isMade && plan.faults.length === 0 ? exitCodes.done : exitCodes.notGood;
  },
};

/** @throws {UsageError} */
function fileTyped({ words, flags }: TypedOptions): string {
  const [file, ...others] = words;
  if (file === undefined || others.length > 0)
    throw new UsageError('workers sync wants one roster: npm run cli -- workers sync <roster.csv>');
  if (flags.has('yes') && !flags.has('apply')) throw new UsageError('--yes goes with --apply: nothing would be asked');
  if (file === '-' && flags.has('apply') && !flags.has('yes'))
    throw new UsageError('standard input is the roster, so nobody can be asked there: --apply wants --yes');
  return file;
}

async function isApplied({ typed, ask }: CommandNeeds, { changes }: RosterPlan): Promise<boolean> {
  if (!typed.flags.has('apply') || changes.length === 0) return false;
  return typed.flags.has('yes') || ask(`Write the attributes of ${counted(changes.length, 'worker')}?`);
}

/** `changes` are those that were made, or those that would be. */
function answerOf({ changes, faults, unchangedCount, findings }: RosterPlan, applied: AppliedPlan | undefined): object {
  return {
    changes: (applied?.changes ?? changes).map(changeOf),
    applied: applied !== undefined,
    unchanged: unchangedCount,
    faults: [...faults, ...(applied?.faults ?? [])],
    findings,
    warnings,
  };
}

function changeOf({ row, worker, workerSid, changes }: PlannedWorker): object {
  return { line: row.line, worker, workerSid, attributes: changes, ...(row.cut.length > 0 && { cut: row.cut }) };
}
