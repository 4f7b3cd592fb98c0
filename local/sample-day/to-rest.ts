import type { PlayedTask } from './day.ts';
import { hadSound } from './day-truth.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import { nextDueAt } from '../../lambdas/shared/domain/next-due.ts';
import type { CalabrioSimulator } from '../calabrio/simulator.ts';
import type { Clock } from '../clock.ts';
import type { LocalCloud } from '../cloud/local-cloud.ts';
import type { Operator } from '../operator.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';

/** What is still under way; all zero and empty when the day has come to rest. */
export interface Unrest {
  /** Deliveries of Twilio's and Calabrio's that wait for their time. */
  readonly deliveries: number;
  /** Tasks and recordings for which the ledger still has something to do. */
  readonly open: readonly string[];
}

interface RestStage {
  readonly clock: Clock;
  readonly twilio: TwilioSimulator;
  readonly calabrio: CalabrioSimulator;
  readonly cloud: LocalCloud;
  readonly operator: Operator;
  readonly onLook?: (unrest: Unrest) => void;
}

/** How often is looked, and how long at most, by the day's clock. */
const lookEverySeconds = 300;
const patienceSeconds = 2 * 3_600;

/**
 * So long after its last scene the day's plans are followed. What is to be looked at later than that (a leg that times out
 * after three days, an API that has nothing new every hour) is at rest for the day.
 */
const closingSeconds = 75 * 60;

/**
 * Waits until nothing is on the wire, nothing lies in a worker's queue, and the ledger owes nothing to any task or
 * recording of the day that it could still pay on that day. Gives what is still under way when two hours of the day were not enough.
 */
export async function followToRest(stage: RestStage, tasks: readonly PlayedTask[]): Promise<Unrest> {
  const until = stage.clock.now() + patienceSeconds * 1000;
  const closingAt = new Date(stage.clock.now() + closingSeconds * 1000);
  for (;;) {
    await stage.twilio.settled();
    await stage.calabrio.settled();
    await stage.cloud.idle();
    const unrest = await look(stage, tasks, closingAt);
    stage.onLook?.(unrest);
    const isAtRest = unrest.deliveries === 0 && unrest.open.length === 0;
    if (isAtRest || stage.clock.now() >= until) return unrest;
    await new Promise<void>((resolve) => void stage.clock.at(stage.clock.now() + lookEverySeconds * 1000, resolve));
  }
}

/** Time stands still while the ledger is read, so that what is seen is one moment. */
async function look(
  { clock, twilio, calabrio, operator }: RestStage,
  tasks: readonly PlayedTask[],
  closingAt: Date,
): Promise<Unrest> {
  const release = clock.busy();
  operator.setClock();
  const { ledger } = operator;
  try {
    const own = tasks.filter(({ isForeign }) => !isForeign);
    const records = await Promise.all(own.map(({ taskSid }) => ledger.readTask(taskSid)));
    const sids = recordingsOf(own);
    const recordings = await Promise.all(sids.map((sid) => ledger.readRecording(sid)));
    const open = [
      ...own
        .filter((_task, place) => records[place] === undefined || records[place].dueAt !== undefined)
        .map(({ taskSid }) => taskSid),
      // What nobody told us of is reconcile's to find.
      ...sids.filter((sid, place) => recordings[place] === undefined && hadSound(twilio.voice.recording(sid))),
      ...recordings
        .filter((recording) => recording !== undefined)
        .filter((recording) => recording.dueAt !== undefined || (nextDueAt(recording) ?? closingAt) < closingAt)
        .map((recording) => recording.recordingSid),
    ];
    return { deliveries: twilio.waitingDeliveries() + calabrio.waiting(), open };
  } finally {
    release();
  }
}

function recordingsOf(tasks: readonly PlayedTask[]): readonly RecordingSid[] {
  return [...new Set(tasks.flatMap((task) => task.recordings))];
}
