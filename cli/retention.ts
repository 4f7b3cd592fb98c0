import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { daysFromTo, rangeOptions } from './days.ts';
import { chosenRetention } from './retention/chosen-retention.ts';
import { keptOfDay } from './retention/kept-thing.ts';
import type { KeptThingOfDay } from './retention/kept-thing.ts';
import { groupsOf, isToDecide, retentionLines, totalsOf } from './retention/retention-lines.ts';
import { recordingSid } from '../lambdas/shared/domain/sids.ts';
import { UsageError } from '../local/terminal/options.ts';
import type { TypedOptions } from '../local/terminal/options.ts';
import { counted } from '../local/terminal/words.ts';

/** `retention`: how what is archived is kept, how it would be under another configuration, and, when told to, has it decided again. */
export const retention: Command = {
  name: 'retention',
  usage: '',
  summary: 'what would expire sooner or later by a retention configuration; --apply has it decided again',
  options: {
    ...rangeOptions,
    config: {
      kind: 'text',
      placeholder: 'name',
      help: "a file of config/retention by its name, or any file by its path; without it, the stage's",
    },
    'dry-run': { kind: 'flag', help: 'change nothing, which is so without --apply too' },
    apply: { kind: 'flag', help: 'have everything decided again that would come out otherwise' },
    yes: { kind: 'flag', help: 'with --apply: do not ask' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Goes by the UTC day on which a recording or conversation began. "At once": the new time is over already, so S3 lets it',
    'go within days. What is held stays whatever its class says; what is locked only becomes longer.',
    'The functions decide by the file that they were deployed with, so --apply goes with no --config: change the file,',
    'look with this command, deploy, then --apply. Without it, what is archived keeps its class until something happens to it.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, connect, print, progress } = needs;
    checkTyped(typed);
    const connection = await connect();
    const { config, place } = await chosenRetention(needs, connection.stageName);
    const found: KeptThingOfDay[] = [];
    for (const day of daysFromTo(typed, connection.now())) {
      progress.show([
        `${day}: ${counted(found.length, 'recording or transcript', 'recordings and transcripts')} so far`,
      ]);
      found.push(...(await keptOfDay(connection, day, config)));
    }
    progress.end();
    const isJson = typed.flags.has('json');
    if (!isJson) retentionLines(found, place).forEach(print);
    const sent = typed.flags.has('apply') ? await apply(needs, found) : 0;
    if (isJson) print(JSON.stringify(answerOf(found, place, sent)));
    else if (typed.flags.has('apply')) print(`${sent} sent to be decided again`);
    return exitCodes.done;
  },
};

function checkTyped({ flags, texts }: TypedOptions): void {
  if (!flags.has('apply')) return;
  if (flags.has('dry-run')) throw new UsageError('--apply and --dry-run: which of the two?');
  if (texts.has('config')) {
    throw new UsageError(
      'the functions decide by the file that they were deployed with: name it in lib/stages.ts, deploy, and --apply without --config',
    );
  }
}

/** How many were sent. What ends sooner for it is asked about first. */
async function apply({ typed, ask, progress }: CommandNeeds, found: readonly KeptThingOfDay[]): Promise<number> {
  const toDecide = found.filter(isToDecide);
  const { sooner, atOnce } = totalsOf(toDecide);
  const question = `${sooner} expire sooner for it, ${atOnce} within days. Have ${toDecide.length} decided again?`;
  if (sooner + atOnce > 0 && !typed.flags.has('yes') && !(await ask(question))) return 0;
  for (const [place, { thing, would }] of toDecide.entries()) {
    progress.show([`${place + 1} of ${toDecide.length} sent`]);
    await thing.takeUp(`retention/${would.className}`);
  }
  progress.end();
  return toDecide.length;
}

function answerOf(found: readonly KeptThingOfDay[], config: string, sent: number): object {
  return {
    config,
    ...totalsOf(found),
    undecided: found.filter(({ move }) => move === 'undecided').length,
    ended: found.filter(({ move }) => move === 'ended').length,
    changed: found.filter(isToDecide).length,
    sent,
    classes: groupsOf(found),
    items: found.map(({ thing: { sid }, day, sizeBytes, was, would, move, ...is }) => ({
      ...(recordingSid.is(sid) ? { recordingSid: sid } : { conversationSid: sid }),
      ...{ day, sizeBytes, move, ...is },
      was: was && { className: was.className, until: was.until, lock: was.lock },
      would: { className: would.className, until: would.until, lock: would.lock },
    })),
  };
}
