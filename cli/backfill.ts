import { backfillDay } from './backfill/backfill-day.ts';
import { sendPolitely } from './backfill/send-politely.ts';
import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { dayOf, daysBetween, typedDay } from './days.ts';
import { factLines } from './fact-lines.ts';
import { UnreachableError } from './unreachable-error.ts';
import { nothingYet } from '../lambdas/shared/domain/reconcile/backfill-control.ts';
import type { BackfillControl, BackfillCounts } from '../lambdas/shared/domain/reconcile/backfill-control.ts';
import { UsageError, wholeNumber } from '../local/terminal/options.ts';
import type { TypedOptions } from '../local/terminal/options.ts';
import { counted, sizeText } from '../local/terminal/words.ts';

const usualRate = 5;
const usualMostWaiting = 500;

/** `backfill`: archives what Twilio has from before the pipeline, by the way of every other recording. */
export const backfill: Command = {
  name: 'backfill',
  usage: '',
  summary: 'archive the recordings of the days, or years, before the pipeline',
  options: {
    from: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'the first UTC day' },
    to: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'the last one; without it, yesterday' },
    'dry-run': { kind: 'flag', help: 'count, and estimate minutes and bytes; send nothing' },
    rate: { kind: 'text', placeholder: 'n', help: `recordings sent a second; ${usualRate} by default` },
    'most-waiting': {
      kind: 'text',
      placeholder: 'n',
      help: `send nothing while more messages wait for archive-recording; ${usualMostWaiting} by default`,
    },
    'no-subjects': {
      kind: 'flag',
      help: 'ask Twilio of no call whose it was; export and erase then find none by number',
    },
    resume: { kind: 'flag', help: 'go on after the last day that was done' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Goes day by day; what is archived or erased already is left alone, so a second backfill of a day does no harm. How far',
    'it has come is kept in the ledger after each day: after Ctrl-C, --resume goes on from any machine. These recordings',
    'have no task, so they get no link, and reconcile reports them as recordings without one. Whose call each was is asked',
    'of Twilio and kept as a keyed hash, so that export and erase find it by the number.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, connect, print, progress, pause } = needs;
    const politeness = {
      rate: wholeNumber('rate', typed.texts.get('rate') ?? String(usualRate), 1, 50),
      mostWaiting: wholeNumber('most-waiting', typed.texts.get('most-waiting') ?? String(usualMostWaiting), 0, 100_000),
    };
    checkTyped(typed);
    const connection = await connect();
    const isDryRun = typed.flags.has('dry-run');
    let control = await beginning(connection, typed);
    const days = daysBetween(dayAfter(control.doneUntil) ?? control.from, control.to);
    const tell = (text: string): void => progress.line(text);
    const send = sendPolitely(connection, needs, politeness, tell);
    for (const [place, day] of days.entries()) {
      const onPage = (counts: BackfillCounts): void =>
        progress.show([`${day}, ${place + 1} of ${counted(days.length, 'day')}: ${inWords(counts, isDryRun)}`]);
      const recordsCallers = !typed.flags.has('no-subjects');
      const has = { connection, pause, tell, onPage, recordsCallers, ...(!isDryRun && { send }) };
      const counts = await backfillDay(has, day, control.counts);
      control = { ...control, doneUntil: day, counts, at: connection.now() };
      if (!isDryRun) control = await saved(connection, control);
    }
    progress.end();
    const { from, to, counts } = control;
    if (typed.flags.has('json')) print(JSON.stringify({ from, to, dryRun: isDryRun, days: days.length, ...counts }));
    else answerLines(control, days.length, isDryRun).forEach(print);
    return exitCodes.done;
  },
};

function checkTyped({ flags, texts }: TypedOptions): void {
  if (flags.has('resume') && flags.has('dry-run'))
    throw new UsageError('--dry-run counts everything: without --resume');
  if (flags.has('resume') && (texts.has('from') || texts.has('to')))
    throw new UsageError('--resume goes on with the days that were typed then: without --from and --to');
  if (!flags.has('resume') && !texts.has('from')) throw new UsageError('backfill wants --from YYYY-MM-DD, or --resume');
}

/** Where to begin: at what was typed, or at what was left. */
async function beginning({ controls, now }: Connection, { flags, texts }: TypedOptions): Promise<BackfillControl> {
  const left = await controls.readBackfillControl();
  if (flags.has('resume')) {
    if (left === undefined) throw new UsageError('nothing was begun that could be gone on with: --from YYYY-MM-DD');
    return left;
  }
  const yesterday = dayOf(new Date(now().getTime() - 86_400_000));
  const from = typedDay('from', texts.get('from') ?? '');
  const to = typedDay('to', texts.get('to') ?? yesterday);
  if (to < from) throw new UsageError(`--to ${to} comes before --from ${from}`);
  if (to > yesterday) throw new UsageError(`${to} is not over there: the last whole day is ${yesterday}`);
  return { version: left?.version ?? 0, from, to, counts: nothingYet, at: now() };
}

async function saved({ controls }: Connection, control: BackfillControl): Promise<BackfillControl> {
  if ((await controls.saveBackfillControl(control)) === 'saved') return { ...control, version: control.version + 1 };
  throw new UnreachableError('another backfill of this pipeline is under way: leave it to that one');
}

function dayAfter(day: string | undefined): string | undefined {
  return day === undefined ? undefined : dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000));
}

function inWords({ found, sent, known, tombstoned }: BackfillCounts, isDryRun: boolean): string {
  const verb = isDryRun ? 'to send' : 'sent';
  return `${counted(found, 'recording')}, ${sent} ${verb}, ${known} known, ${tombstoned} erased`;
}

function answerLines({ from, to, counts }: BackfillControl, days: number, isDryRun: boolean): readonly string[] {
  const { found, sent, known, tombstoned, empty, minutes, bytes, ofPersons = 0 } = counts;
  return factLines(
    [
      ['days', `${from} to ${to}, ${days} of them now`],
      ['found at Twilio', String(found)],
      [
        isDryRun ? 'would be sent' : 'sent',
        `${sent}, about ${sizeText(bytes)} and ${minutes} minutes of storage at Twilio`,
      ],
      ...(isDryRun ? [] : [['found by a number', `${ofPersons} of these`] as const]),
      ['known already', String(known)],
      ['erased', String(tombstoned)],
      ['without sound', String(empty)],
    ],
    18,
  );
}
