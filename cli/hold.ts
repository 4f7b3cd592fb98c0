import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { placeHold, releaseHold } from './hold-changes.ts';
import type { HoldOrder, HoldOutcome } from './hold-changes.ts';
import { holdLines, openTaskLines } from './hold-lines.ts';
import { oneSid } from './one-sid.ts';
import { recordingsOf } from './recordings-of.ts';
import { typedMatter, typedWho, typedWhy, whoOption } from './typed-words.ts';
import type { RecordingSid } from '../lambdas/shared/domain/sids.ts';
import type { OptionSpecs } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

const options: OptionSpecs = {
  matter: { kind: 'text', placeholder: 'id', help: 'the matter, as your case list names it' },
  ...whoOption,
  why: { kind: 'text', placeholder: 'text', help: 'why, in at most 500 characters; kept with the recording' },
  'dry-run': { kind: 'flag', help: 'name the recordings and change nothing' },
  json: { kind: 'flag', help: 'one JSON object instead of text' },
};

const usage = '<sid> --matter <id> --who <name> --why <text>';

/** `hold <sid>`: keeps recordings as they are, at Twilio and in the archive, for a matter. */
export const hold: Command = {
  name: 'hold',
  usage,
  summary: 'keep recordings as they are for a matter: nothing of them is deleted',
  options,
  details: [
    'Of a task, a call or another SID every recording is held; --dry-run names them first.',
    'A second hold for the same matter changes nothing and says who placed the first. A hold that meets a deletion',
    'under way says so. The timeline names the matter and you; the reason stays with the hold (status --reveal).',
    'Exits 1 when there is nothing to hold, or not all of it could be held.',
  ],
  run: (needs) =>
    follow(needs, 'hold', placeHold, (kinds) => kinds.every((kind) => kind === 'placed' || kind === 'held-already')),
};

/** `release <sid>`: lets go of a matter and has the recordings planned again. */
export const release: Command = {
  name: 'release',
  usage,
  summary: 'let go of what hold kept, and have it planned again',
  options,
  details: [
    'Another matter goes on holding. Who released it and why stays with the recording (status --reveal).',
    'Exits 1 when nothing was held for the matter.',
  ],
  run: (needs) => follow(needs, 'release', releaseHold, (kinds) => kinds.some((kind) => kind.startsWith('released'))),
};

type Act = (connection: Connection, sid: RecordingSid, order: HoldOrder) => Promise<HoldOutcome>;

async function follow(
  needs: CommandNeeds,
  name: string,
  act: Act,
  isWell: (kinds: readonly HoldOutcome['kind'][]) => boolean,
): Promise<ExitCode> {
  const { typed, connect, print, progress } = needs;
  const sid = oneSid(name, typed);
  const isDryRun = typed.flags.has('dry-run');
  const order = { matter: typedMatter(typed), who: typedWho(typed), why: typedWhy(typed), isDryRun };
  const connection = await connect();
  const { tasks, recordings } = await recordingsOf(connection.ledger, sid);
  const outcomes: HoldOutcome[] = [];
  for (const [place, recordingSid] of recordings.entries()) {
    progress.show([`${name}: ${place + 1} of ${recordings.length}`]);
    outcomes.push(await act(connection, recordingSid, order));
  }
  progress.end();
  if (typed.flags.has('json')) print(JSON.stringify(answerOf(sid, order, outcomes)));
  else if (outcomes.length === 0) print(`the ledger of ${printable(connection.name)} knows no recording of ${sid}`);
  else [...holdLines(outcomes, order), ...(name === 'hold' ? openTaskLines(tasks) : [])].forEach((line) => print(line));
  return outcomes.length > 0 && isWell(outcomes.map(({ kind }) => kind)) ? exitCodes.done : exitCodes.notGood;
}

function answerOf(sid: string, { matter, isDryRun }: HoldOrder, outcomes: readonly HoldOutcome[]): object {
  return {
    sid,
    matter,
    dryRun: isDryRun,
    recordings: outcomes.map((outcome) => ({
      recordingSid: outcome.recordingSid,
      outcome: outcome.kind,
      ...('recording' in outcome && { deletion: outcome.recording.deletion.state }),
      ...('hold' in outcome && { placedBy: outcome.hold.placedBy, placedAt: outcome.hold.placedAt }),
    })),
  };
}
