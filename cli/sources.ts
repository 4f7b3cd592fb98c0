import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { daysSince, sinceOption } from './days.ts';
import { planAgain } from './hold-changes.ts';
import { isNothingToDelete, plannedSource, planningOf } from './planned-source.ts';
import type { Planning } from './planned-source.ts';
import { refusalWords } from './refusal-words.ts';
import { rowsWithMore } from './rows.ts';
import { someAtATime } from './some-at-a-time.ts';
import { recordingLabel } from '../lambdas/shared/domain/recording-label.ts';
import type { RecordingLabel } from '../lambdas/shared/domain/recording-label.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import { refusalReasons } from '../lambdas/shared/domain/refusals.ts';
import type { RefusalReason } from '../lambdas/shared/domain/refusals.ts';
import { recordingSid } from '../lambdas/shared/domain/sids.ts';
import type { RecordingSid } from '../lambdas/shared/domain/sids.ts';
import { knownTasks } from '../lambdas/shared/steps/known-tasks.ts';
import { counted } from '../local/terminal/words.ts';
import { printable } from '../local/terminal/printable.ts';

/** One recording of the list; without `refusals` where the pipeline does not say by which policy it plans. */
interface Source {
  readonly day: string;
  readonly recording: RecordingRecord;
  readonly label: RecordingLabel;
  readonly refusals?: readonly RefusalReason[];
}

/** `sources`: which sources of some days may go, why the others stay, and, when told to, a new plan for each. */
export const sources: Command = {
  name: 'sources',
  usage: '',
  summary: 'which sources may be deleted, why the others stay; --send has each planned again',
  options: {
    ...sinceOption,
    send: { kind: 'flag', help: 'have each planned again, as when something had happened to it' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Goes by the UTC day on which a recording began. What was archived before deletion was switched on is at rest and',
    'is not planned by itself: --send takes it up. The plan decides, as always; --send deletes nothing.',
  ],
  async run({ typed, connect, print, progress }: CommandNeeds): Promise<ExitCode> {
    const connection = await connect();
    const planning = await planningOf(connection);
    const found: Source[] = [];
    for (const day of daysSince(typed, connection.now())) {
      progress.show([`${day}: ${counted(found.length, 'recording')} so far`]);
      found.push(...(await sourcesOfDay(connection, day, planning)));
    }
    const toSend = typed.flags.has('send') ? found.filter(({ recording }) => !isOver(recording)) : [];
    for (const [place, { recording }] of toSend.entries()) {
      progress.show([`${place + 1} of ${toSend.length} sent`]);
      await planAgain(connection, recording, `sources/${recording.recordingSid}`);
    }
    progress.end();
    if (typed.flags.has('json')) print(JSON.stringify(answerOf(found, toSend.length)));
    else [...listLines(found, connection), ...sentLines(typed.flags.has('send'), toSend.length)].forEach(print);
    return exitCodes.done;
  },
};

async function sourcesOfDay(
  { ledger }: Connection,
  day: string,
  planning: Planning | undefined,
): Promise<readonly Source[]> {
  const sids = (await ledger.ofDay(day)).map(({ sid }) => sid).filter(recordingSid.is);
  const sources = await someAtATime(sids, async (sid: RecordingSid): Promise<readonly Source[]> => {
    const recording = await ledger.readRecording(sid);
    if (recording === undefined) return [];
    const source = { day, recording, label: recordingLabel(recording) };
    if (planning === undefined) return [source];
    const { refusals } = plannedSource(recording, await knownTasks({ ledger }, recording), planning);
    return [{ ...source, refusals }];
  });
  return sources.flat();
}

/** Nothing that a plan could bring about is left. */
function isOver({ deletion, erasure }: RecordingRecord): boolean {
  return erasure.state === 'erased' || deletion.state === 'deleted' || deletion.state === 'gone-external';
}

function listLines(found: readonly Source[], connection: Connection): readonly string[] {
  if (found.length === 0) return [`the ledger of ${printable(connection.name)} has no recording of these days`];
  const rows = rowsWithMore(
    [{ title: 'recording' }, { title: 'state' }, { title: 'source' }],
    found.map(({ day, recording, label, refusals }) => ({
      day,
      cells: [recording.recordingSid, label, verdictOf(refusals)],
      below: refusals === undefined || refusals.length === 0 ? [] : [refusals.join(', ')],
    })),
  );
  return [...rows, '', ...totalLines(found)];
}

type Verdict = 'may go' | 'stays' | 'nothing to delete' | 'no policy known';

function verdictOf(refusals: readonly RefusalReason[] | undefined): Verdict {
  if (refusals === undefined) return 'no policy known';
  if (refusals.length === 0) return 'may go';
  return isNothingToDelete(refusals) ? 'nothing to delete' : 'stays';
}

function totalLines(found: readonly Source[]): readonly string[] {
  if (found.every(({ refusals }) => refusals === undefined))
    return [`${counted(found.length, 'recording')}; this pipeline does not say by which policy it plans`];
  const verdicts = found.map(({ refusals }) => verdictOf(refusals));
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  const totals = totalsOf(found);
  const table = rowsWithMore(
    [{ title: 'reason' }, { title: 'sources', align: 'right' }],
    refusalReasons
      .filter((reason) => totals[reason] !== undefined)
      .map((reason) => ({ cells: [reason, String(totals[reason])], below: [refusalWords[reason]] })),
  );
  return [
    ...(table.length === 0 ? [] : [...table, '']),
    `${counted(found.length, 'recording')}: ${count('may go')} may go, ${count('stays')} stay, ${count('nothing to delete')} with nothing to delete`,
  ];
}

/** How many sources each reason keeps, in the order of the list of reasons; one source counts for each of its reasons. */
function totalsOf(found: readonly Source[]): Readonly<Partial<Record<RefusalReason, number>>> {
  const counts = refusalReasons.map(
    (reason) => [reason, found.filter(({ refusals }) => refusals?.includes(reason) === true).length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function sentLines(isAsked: boolean, sent: number): readonly string[] {
  return isAsked ? [`${counted(sent, 'recording')} sent to be planned again`] : [];
}

function answerOf(found: readonly Source[], sent: number): object {
  return {
    recordings: found.length,
    mayGo: found.filter(({ refusals }) => refusals?.length === 0).length,
    sent,
    totals: totalsOf(found),
    sources: found.map(({ day, recording, label, refusals }) => ({
      recordingSid: recording.recordingSid,
      day,
      label,
      ...(refusals !== undefined && { mayGo: refusals.length === 0, refusals }),
    })),
  };
}
