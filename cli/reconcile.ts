import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { readDayReport } from './day-reports.ts';
import type { WrittenReport } from './day-reports.ts';
import { dayOf, daysBetween, typedDay } from './days.ts';
import { needsAPerson, reportLines } from './report-lines.ts';
import { UsageError } from '../local/terminal/options.ts';
import type { TypedOptions } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';
import { counted } from '../local/terminal/words.ts';

/** More days than that are a backfill, not a question. */
const mostDays = 31;
/** While another run is at the comparison. */
const pauseSeconds = 10;

/** `reconcile`: invokes the reconcile function, instead of waiting for its schedule; with days, for their comparison. */
export const reconcile: Command = {
  name: 'reconcile',
  usage: '',
  summary: 'look now at what is due and what is missing; with --day, compare a whole day',
  options: {
    day: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'compare this finished UTC day and show what was found' },
    from: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'compare every day from this one on' },
    to: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'until this one; without it, until yesterday' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Waits for the function to end. Running it while the schedule runs it does no harm. A comparison looks at Twilio,',
    'the ledger and the archive bucket, sends what has no copy, and writes reports/ in the bucket. Exits 1 when a',
    'compared day has sound without a copy, a source that a stranger deleted, an object of nobody, or a gap.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, connect, print } = needs;
    checkOptions(typed);
    const connection = await connect();
    const days = typedDays(typed, connection.now());
    if (days.length === 0) return runOnce(needs, connection);
    const reports = await compare(needs, connection, days);
    if (typed.flags.has('json')) print(JSON.stringify({ reports }));
    else reports.flatMap((report, place) => [...(place === 0 ? [] : ['']), ...reportLines(report)]).forEach(print);
    return reports.some(needsAPerson) ? exitCodes.notGood : exitCodes.done;
  },
};

async function runOnce({ typed, print, progress, now }: CommandNeeds, connection: Connection): Promise<ExitCode> {
  const startedAtMs = now().getTime();
  progress.show([`reconcile is running on ${printable(connection.name)}`]);
  const answer = await connection.reconcile();
  progress.end();
  const seconds = (now().getTime() - startedAtMs) / 1000;
  const isJson = typed.flags.has('json');
  print(isJson ? JSON.stringify({ seconds, answer }) : `reconcile ended after ${seconds.toFixed(1)} s`);
  return exitCodes.done;
}

function checkOptions({ texts }: TypedOptions): void {
  if (texts.has('day') && (texts.has('from') || texts.has('to')))
    throw new UsageError('--day is one day, --from and --to are several: use one of them');
  if (texts.has('to') && !texts.has('from')) throw new UsageError('--to wants --from beside it');
}

function typedDays({ texts }: TypedOptions, now: Date): readonly string[] {
  const yesterday = dayOf(new Date(now.getTime() - 86_400_000));
  const day = texts.get('day');
  const from = day ?? texts.get('from');
  if (from === undefined) return [];
  const days = daysBetween(
    typedDay(day === undefined ? 'from' : 'day', from),
    typedDay('to', day ?? texts.get('to') ?? yesterday),
  );
  const last = days.at(-1);
  if (last === undefined) throw new UsageError('--to comes before --from');
  if (last > yesterday) throw new UsageError(`${last} is not over there: the last whole day is ${yesterday}`);
  if (days.length > mostDays) throw new UsageError(`${days.length} days are too many at once; at most ${mostDays}`);
  return days;
}

/** A run takes as many days as it has time for; the function is started again until none waits any more. */
async function compare(
  { progress, pause }: CommandNeeds,
  connection: Connection,
  days: readonly string[],
): Promise<readonly WrittenReport[]> {
  let asked: readonly string[] = days;
  for (;;) {
    const open = asked.length > 0 ? asked : await openDays(connection, days);
    if (open.length === 0) break;
    progress.show([
      `${days.length - open.length} of ${counted(days.length, 'day')} compared on ${printable(connection.name)}`,
    ]);
    const before = asked.length > 0 ? undefined : await progressMark(connection);
    await connection.reconcile({ run: 'daily', days: asked });
    asked = [];
    if (before !== undefined && before === (await progressMark(connection))) await pause(pauseSeconds);
  }
  progress.end();
  return Promise.all(days.map((day) => readDayReport(connection, day)));
}

async function openDays({ controls }: Connection, days: readonly string[]): Promise<readonly string[]> {
  const waiting = (await controls.readSweepControl())?.daysToCompare ?? [];
  return days.filter((day) => waiting.includes(day));
}

/** Changes whenever a run has taken up a comparison. */
async function progressMark({ controls }: Connection): Promise<number> {
  return (await controls.readSweepControl())?.version ?? 0;
}
