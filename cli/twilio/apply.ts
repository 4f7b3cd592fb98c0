import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { UsageError } from '../../local/terminal/options.ts';
import { printable } from '../../local/terminal/printable.ts';
import { counted } from '../../local/terminal/words.ts';
import { makeChanges } from './make-changes.ts';
import type { MadeChanges } from './make-changes.ts';
import { changeJson, planJson } from './plan-json.ts';
import { planLines } from './plan-lines.ts';
import { planOptions, wholePlan } from './whole-plan.ts';
import type { WholePlan } from './whole-plan.ts';

/** `twilio apply`: makes Twilio's side as the configuration says, after showing what that changes. */
export const twilioApply: Command = {
  name: 'twilio apply',
  usage: '',
  summary: "make Twilio's side as its configuration says, after showing what that changes",
  options: {
    ...planOptions,
    yes: { kind: 'flag', help: 'do not ask' },
    json: { kind: 'flag', help: 'one JSON object {"changes": […]} of what was made in the end; wants --yes' },
  },
  details: [
    'Shows what twilio plan shows, asks, and makes the changes one after the other: what others need is made first and',
    'deleted last. A thing of the same name is adopted, never made twice, so that the same command goes on where an earlier',
    'one was interrupted; a second time there is nothing to do. Nothing is deleted that --prune does not name, and no URL is',
    "replaced that is not the pipeline's and --take-over does not name. Where Twilio asks for fewer calls it waits.",
    'Exits 0 when all is as the configuration says, 1 otherwise.',
  ],
  errorExit: exitCodes.notGood,
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, print, colours, progress } = needs;
    const isJson = typed.flags.has('json');
    if (isJson && !typed.flags.has('yes')) throw new UsageError('--json shows no plan to say yes to: it wants --yes');
    const plan = goingOn(await wholePlan(needs));
    if (!isJson) planLines(plan, colours).forEach(print);
    const possible = plan.changes.filter(({ how }) => how.kind === 'make');
    const isWanted = possible.length === 0 || typed.flags.has('yes') || (await needs.ask(question(possible.length)));
    const result = isWanted ? await makeChanges(possible, progress) : { made: [], failed: [] };
    progress.end();
    const isAll = isWanted && result.made.length === plan.changes.length;
    if (isJson) print(JSON.stringify(appliedJson(plan, result, isAll)));
    else if (possible.length > 0) resultLines(plan, result).forEach(print);
    if ('stoppedBy' in result) throw result.stoppedBy;
    return isAll ? exitCodes.done : exitCodes.notGood;
  },
};

/**
 * An apply that was interrupted is typed again, with what it has done already: that is no error, and said.
 *
 * @throws {UsageError} for an option that names nothing, and never has.
 */
function goingOn(plan: WholePlan): WholePlan {
  const wrong = plan.problems.filter(({ isPerhapsDone }) => !isPerhapsDone);
  if (wrong.length > 0) throw new UsageError(wrong.map(({ text }) => text).join('; '));
  return { ...plan, warnings: [...plan.warnings, ...plan.problems.map(({ text }) => text)] };
}

const question = (count: number): string => `Make ${count === 1 ? 'this change' : `these ${count} changes`} at Twilio?`;

function appliedJson(plan: WholePlan, { made, failed }: MadeChanges, applied: boolean): object {
  return {
    ...planJson(plan),
    changes: made.map(changeJson),
    applied,
    blocked: plan.changes.filter(({ how }) => how.kind === 'blocked').map(changeJson),
    failed: failed.map(({ change, why }) => ({ ...changeJson(change), why })),
  };
}

function resultLines({ changes }: WholePlan, { made, failed }: MadeChanges): readonly string[] {
  const blocked = changes.flatMap((change) => (change.how.kind === 'blocked' ? [{ change, why: change.how.why }] : []));
  return [
    '',
    `${counted(made.length, 'change')} of ${changes.length} made${made.length === changes.length ? '.' : '; not made:'}`,
    ...[...failed, ...blocked].map(
      ({ change: { action, kind, name }, why }) => `  ${action} ${kind} ${printable(name)}: ${printable(why)}`,
    ),
    ...(made.length + failed.length + blocked.length < changes.length
      ? ['  the rest: the same command goes on with it']
      : []),
  ];
}
