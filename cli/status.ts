import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { insightsAttributes } from './life.ts';
import { lifeJson } from './life-json.ts';
import type { RecordingLife, TaskLife } from './life.ts';
import { recordingLines, taskLines } from './life-lines.ts';
import { oneSid } from './one-sid.ts';
import { plannedSource, planningOf } from './planned-source.ts';
import type { Planning } from './planned-source.ts';
import { recordingLabel } from '../lambdas/shared/domain/recording-label.ts';
import { recordingSid, taskSid } from '../lambdas/shared/domain/sids.ts';
import type { RecordingSid, TaskSid } from '../lambdas/shared/domain/sids.ts';
import { knownTasks } from '../lambdas/shared/steps/known-tasks.ts';
import { printable } from '../local/terminal/printable.ts';

/** `status <sid>`: one recording's or task's life, or those that another id leads to. */
export const status: Command = {
  name: 'status',
  usage: '<sid>',
  summary: "one recording's or task's life: its link, its copy, its source, what happened when",
  options: {
    reveal: { kind: 'flag', help: 'also what people wrote: who held it and why, why Calabrio failed' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'A WT or RE SID is looked up itself; a CA, CF, CH or WR SID shows every task and recording it leads to.',
    'Of a recording it says whether its source may go, as a plan made now finds, or every reason why it stays.',
    'A line of the timeline without a cause has that of the line above.',
    'Exits 1 when the ledger knows nothing of the SID.',
  ],
  async run({ typed, connect, print, colours }: CommandNeeds): Promise<ExitCode> {
    const sid = oneSid('status', typed);
    const reveal = typed.flags.has('reveal');
    const connection = await connect();
    const lives = await livesOf(connection, sid);
    if (typed.flags.has('json'))
      print(JSON.stringify({ sid, found: lives.length, lives: lives.map((life) => lifeJson(life, reveal)) }));
    else if (lives.length === 0) print(`the ledger of ${printable(connection.name)} knows nothing of ${sid}`);
    else
      lives.forEach((life, place) =>
        [...(place > 0 ? [''] : []), ...linesOf(life, colours, reveal)].forEach((line) => print(line)),
      );
    return lives.length === 0 ? exitCodes.notGood : exitCodes.done;
  },
};

function linesOf(life: TaskLife | RecordingLife, colours: CommandNeeds['colours'], reveal: boolean): readonly string[] {
  return life.kind === 'task' ? taskLines(life, colours) : recordingLines(life, colours, reveal);
}

async function livesOf(connection: Connection, sid: string): Promise<readonly (TaskLife | RecordingLife)[]> {
  if (taskSid.is(sid)) return present([await taskLife(connection, sid)]);
  const planning = await planningOf(connection);
  if (recordingSid.is(sid)) return present([await recordingLife(connection, sid, planning)]);
  const { tasks, recordings } = await connection.ledger.findByAlias(sid);
  return present([
    ...(await Promise.all(tasks.map((one) => taskLife(connection, one)))),
    ...(await Promise.all(recordings.map((one) => recordingLife(connection, one, planning)))),
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
    // Whoever is forgotten is not shown any more, also where their attributes are still to be had.
    attributes: insightsAttributes(task.erased === undefined ? await lastAttributes(task) : { kind: 'gone' }),
  };
}

async function recordingLife(
  { ledger }: Connection,
  sid: RecordingSid,
  planning: Planning | undefined,
): Promise<RecordingLife | undefined> {
  const recording = await ledger.readRecording(sid);
  if (recording === undefined) return undefined;
  const tasks = await knownTasks({ ledger }, recording);
  return {
    kind: 'recording',
    recording,
    label: recordingLabel(recording),
    tasks,
    ...(planning !== undefined && { source: plannedSource(recording, tasks, planning) }),
    timeline: await ledger.timelineOf(sid),
  };
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}
