import type { CommandNeeds } from '../../../../cli/command.ts';
import type { Connection, LastAttributes } from '../../../../cli/connection.ts';
import { firstCall } from '../../../../cli/doctor/first-call/first-call.ts';
import type { Played } from '../../../../cli/doctor/first-call/play.ts';
import type { RecordingRecord } from '../../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../../lambdas/shared/domain/task-record.ts';
import { coloursFor } from '../../../../local/terminal/colours.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from '../fake-connection.ts';

const publicUrl = 'https://hooks.example.com/v1';
export const link = `${publicUrl}/r/${sids.recording()}?k=k1.${'A'.repeat(22)}`;

/** A time of 20 November 2026, UTC. */
export const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

export const sound: Played = {
  head: { status: 200, contentType: 'audio/wav' },
  get: { status: 206, contentType: 'audio/wav' },
};

/** What happens in the pipeline while somebody watches. */
export interface Stage {
  task(changes: Partial<TaskRecord>): Promise<void>;
  recording(changes: Partial<RecordingRecord>): Promise<void>;
  /** A line of the task's timeline. */
  line(occurredAt: Date, what: string, actor: string): Promise<void>;
  attributes(next: LastAttributes): void;
  /** What whoever follows the link meets from now on. */
  answers(next: Played): void;
}

type Step = readonly [time: string, work: (stage: Stage) => Promise<void> | void];

/** Types `doctor --first-call` at noon, with these steps in the pipeline from then on, each at its time. */
export async function watchCall(
  steps: readonly Step[],
  {
    typed = {},
    flags = [],
    before,
  }: {
    readonly typed?: Readonly<Record<string, string>>;
    readonly flags?: readonly string[];
    /** What was there before anybody watched. */
    readonly before?: (stage: Stage) => Promise<void>;
  } = {},
) {
  const ledger = inMemoryLedger();
  let now = at('12:00:00');
  let last: LastAttributes = { kind: 'gone' };
  let heard = sound;
  const stage: Stage = {
    async task(changes) {
      const sid = changes.taskSid ?? sids.task();
      const known = await ledger.readTask(sid);
      await ledger.saveTask({ ...(known ?? exampleTask({ taskSid: sid })), ...changes });
    },
    async recording(changes) {
      const known = await ledger.readRecording(sids.recording());
      await ledger.saveRecording({ ...(known ?? exampleRecording()), ...changes });
    },
    line: (occurredAt, what, actor) =>
      ledger.addToTimeline({ of: sids.task(), occurredAt, cause: sids.event(), what, actor }),
    attributes: (next) => void (last = next),
    answers: (next) => void (heard = next),
  };
  await before?.(stage);
  const connection: Connection = {
    ...fakeConnection({ ledger, publicUrl }),
    now: () => now,
    lastAttributes: async () => last,
  };
  const left = [...steps];
  const [out, err, plays]: [string[], string[], string[]] = [[], [], []];
  const needs: CommandNeeds = {
    typed: { flags: new Set(flags), texts: new Map(Object.entries(typed)), words: [] },
    connect: async () => connection,
    print: (text) => void out.push(text),
    progress: {
      line: (text) => void err.push(text),
      show: ([first = '']) => void err.push(first),
      end: () => undefined,
    },
    colours: coloursFor({ isTty: false, noColor: undefined }),
    isTerminal: false,
    readTyped: async () => '',
    ask: async () => false,
    async pause(seconds) {
      now = new Date(now.getTime() + seconds * 1_000);
      for (let next = left[0]; next !== undefined && at(next[0]) <= now; next = left[0]) {
        left.shift();
        await next[1](stage);
      }
    },
    now: () => now,
    environment: {},
  };
  const code = await firstCall(needs, {
    async play(asked) {
      plays.push(asked);
      return heard;
    },
  });
  return { code, out, err, plays, endedAt: now };
}
