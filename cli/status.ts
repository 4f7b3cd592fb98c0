import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { insightsAttributes } from './life.ts';
import type { RecordingLife, TaskLife } from './life.ts';
import { recordingLines, taskLines } from './life-lines.ts';
import { recordingSid, taskSid } from '../lambdas/shared/domain/sids.ts';
import type { RecordingSid, TaskSid } from '../lambdas/shared/domain/sids.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

/** `status <sid>`: one recording's or task's life, or those that another id leads to. */
export const status: Command = {
  name: 'status',
  usage: '<sid>',
  summary: "one recording's or task's life: its link, its copy, what happened when",
  options: { json: { kind: 'flag', help: 'one JSON object instead of text' } },
  details: [
    'A WT or RE SID is looked up itself; a CA, CF, CH or WR SID shows every task and recording it leads to.',
    'Exits 1 when the ledger knows nothing of the SID.',
  ],
  async run({ typed, connect, print, colours }: CommandNeeds): Promise<ExitCode> {
    const [sid, ...others] = typed.words;
    if (sid === undefined || others.length > 0) throw new UsageError('status wants one SID: status <sid>');
    if (!/^[A-Z]{2}[0-9a-f]{32}$/.test(sid)) {
      throw new UsageError(`"${sid}" is no SID: two capital letters and 32 lower-case hex digits are wanted`);
    }
    const connection = await connect();
    const lives = await livesOf(connection, sid);
    if (typed.flags.has('json')) print(JSON.stringify({ sid, found: lives.length, lives }));
    else if (lives.length === 0) print(`the ledger of ${printable(connection.name)} knows nothing of ${sid}`);
    else
      lives.forEach((life, place) =>
        [...(place > 0 ? [''] : []), ...linesOf(life, colours)].forEach((line) => print(line)),
      );
    return lives.length === 0 ? exitCodes.notGood : exitCodes.done;
  },
};

function linesOf(life: TaskLife | RecordingLife, colours: CommandNeeds['colours']): readonly string[] {
  return life.kind === 'task' ? taskLines(life, colours) : recordingLines(life, colours);
}

async function livesOf(connection: Connection, sid: string): Promise<readonly (TaskLife | RecordingLife)[]> {
  if (taskSid.is(sid)) return present([await taskLife(connection, sid)]);
  if (recordingSid.is(sid)) return present([await recordingLife(connection, sid)]);
  const { tasks, recordings } = await connection.ledger.findByAlias(sid);
  return present([
    ...(await Promise.all(tasks.map((one) => taskLife(connection, one)))),
    ...(await Promise.all(recordings.map((one) => recordingLife(connection, one)))),
  ]);
}

async function taskLife({ ledger, lastAttributes }: Connection, sid: TaskSid): Promise<TaskLife | undefined> {
  const task = await ledger.readTask(sid);
  if (task === undefined) return undefined;
  const recordings = await Promise.all(task.recordings.map((one) => ledger.readRecording(one.recordingSid)));
  return {
    kind: 'task',
    task,
    recordings: present(recordings),
    timeline: await ledger.timelineOf(sid),
    attributes: insightsAttributes(await lastAttributes(task)),
  };
}

async function recordingLife({ ledger }: Connection, sid: RecordingSid): Promise<RecordingLife | undefined> {
  const recording = await ledger.readRecording(sid);
  return recording && { kind: 'recording', recording, timeline: await ledger.timelineOf(sid) };
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}
