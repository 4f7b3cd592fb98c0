import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { placeHold, releaseHold, tooLateSince, withS3 } from './hold-changes.ts';
import type { HoldAct, HoldOrder, HoldOutcome } from './hold-changes.ts';
import { holdLines, openTaskLines } from './hold-lines.ts';
import { holdableRecording, holdableTranscript } from './holdable.ts';
import type { Holdable } from './holdable.ts';
import { oneSid } from './one-sid.ts';
import { recordingsOf } from './recordings-of.ts';
import { typedMatter, typedWho, typedWhy, whoOption } from './typed-words.ts';
import { recordingSid } from '../lambdas/shared/domain/sids.ts';
import { UsageError } from '../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

const options: OptionSpecs = {
  task: { kind: 'text', placeholder: 'WT…', help: 'instead of <sid>: everything of this task' },
  matter: { kind: 'text', placeholder: 'id', help: 'the matter, as your case list names it' },
  ...whoOption,
  why: { kind: 'text', placeholder: 'text', help: 'why, in at most 500 characters; kept with what is held' },
  'dry-run': { kind: 'flag', help: 'name what it would be and change nothing' },
  json: { kind: 'flag', help: 'one JSON object instead of text' },
};

const usage = '<sid> --matter <id> --who <name> --why <text>';

/** `hold <sid>`: keeps recordings and transcripts as they are, at Twilio and in the archive, for a matter. */
export const hold: Command = {
  name: 'hold',
  usage,
  summary: 'keep recordings and transcripts as they are for a matter: nothing of them is deleted',
  options,
  details: [
    'Of a task, a call or another SID every recording and transcript is held; --dry-run names them first.',
    'S3 is told of it: a legal hold on every version, which no expiry and no erasure gets past. What S3 then says is shown.',
    'A second hold for the same matter changes nothing and says who placed the first. A hold that meets a deletion',
    'under way says so. The timeline names the matter and you; the reason stays with the hold (status --reveal).',
    'Exits 1 when there is nothing to hold, not all of it could be held, or an erasure had begun to take it away.',
  ],
  run: (needs) =>
    follow(needs, 'hold', placeHold, (outcomes) =>
      outcomes.every((one) => ['placed', 'held-already'].includes(one.kind) && tooLateSince(one) === undefined),
    ),
};

/** `release <sid>`: lets go of a matter and has the recordings planned again. */
export const release: Command = {
  name: 'release',
  usage,
  summary: 'let go of what hold kept, in S3 too, and have it planned again',
  options,
  details: [
    'Another matter goes on holding. Who released it and why stays with the recording (status --reveal).',
    'Exits 1 when nothing was held for the matter.',
  ],
  run: (needs) =>
    follow(needs, 'release', releaseHold, (outcomes) => outcomes.some(({ kind }) => kind.startsWith('released'))),
};

async function follow(
  needs: CommandNeeds,
  name: string,
  act: HoldAct,
  isWell: (outcomes: readonly HoldOutcome[]) => boolean,
): Promise<ExitCode> {
  const { typed, connect, print, progress, pause } = needs;
  const sid = sidOf(name, typed);
  const isDryRun = typed.flags.has('dry-run');
  const order: HoldOrder = { matter: typedMatter(typed), who: typedWho(typed), why: typedWhy(typed), isDryRun };
  const connection = await connect();
  const { tasks, things } = await thingsOf(connection, sid);
  const ordered: (readonly [Holdable, HoldOutcome])[] = [];
  for (const [place, thing] of things.entries()) {
    progress.show([`${name}: ${place + 1} of ${things.length}`]);
    ordered.push([thing, await act(connection, thing, order)]);
  }
  const outcomes: HoldOutcome[] = [];
  // After all of them: S3 is told of them meanwhile.
  for (const [thing, outcome] of ordered) {
    progress.show([`${name}: asking S3 of ${thing.sid}`]);
    outcomes.push(isDryRun ? outcome : await withS3(connection, thing, outcome, pause));
  }
  progress.end();
  if (typed.flags.has('json')) print(JSON.stringify(answerOf(sid, order, outcomes)));
  else if (outcomes.length === 0)
    print(`the ledger of ${printable(connection.name)} knows no recording of ${sid}, and no transcript`);
  else [...holdLines(outcomes, order), ...(name === 'hold' ? openTaskLines(tasks) : [])].forEach((line) => print(line));
  return outcomes.length > 0 && isWell(outcomes) ? exitCodes.done : exitCodes.notGood;
}

function answerOf(sid: string, { matter, isDryRun }: HoldOrder, outcomes: readonly HoldOutcome[]): object {
  return {
    sid,
    matter,
    dryRun: isDryRun,
    recordings: outcomes
      .filter((outcome) => recordingSid.is(outcome.sid))
      .map((outcome) => ({ recordingSid: outcome.sid, ...outcomeJson(outcome) })),
    transcripts: outcomes
      .filter((outcome) => !recordingSid.is(outcome.sid))
      .map((outcome) => ({ conversationSid: outcome.sid, ...outcomeJson(outcome) })),
  };
}

function outcomeJson(outcome: HoldOutcome): object {
  const erasureBegunAt = tooLateSince(outcome);
  return {
    outcome: outcome.kind,
    ...(erasureBegunAt !== undefined && { erasureBegunAt }),
    ...('record' in outcome && 'deletion' in outcome.record && { deletion: outcome.record.deletion.state }),
    ...('hold' in outcome && { placedBy: outcome.hold.placedBy, placedAt: outcome.hold.placedAt }),
    ...(outcome.inS3 !== undefined && { s3: outcome.inS3 }),
  };
}

/** `<sid>`, or the task of `--task`. @throws {UsageError} for both, and for none. */
function sidOf(name: string, typed: TypedOptions): string {
  const task = typed.texts.get('task');
  if (task === undefined) return oneSid(name, typed);
  if (typed.words.length > 0) throw new UsageError(`${name} wants a SID or --task, not both`);
  if (!/^WT/.test(task)) throw new UsageError(`--task wants the SID of a task, not "${task}"`);
  return oneSid(name, { ...typed, words: [task] });
}

/** Every recording that the SID leads to, and every conversation that has a transcript. */
async function thingsOf(connection: Connection, sid: string) {
  const { tasks, recordings, conversations } = await recordingsOf(connection.ledger, sid);
  const transcripts = conversations.map((one) => holdableTranscript(connection, one));
  const known = await Promise.all(transcripts.map(async (one) => ({ one, is: (await one.read()) !== undefined })));
  const things = [
    ...recordings.map((one) => holdableRecording(connection, one)),
    ...known.filter(({ is }) => is).map(({ one }) => one),
  ];
  return { tasks, things };
}
