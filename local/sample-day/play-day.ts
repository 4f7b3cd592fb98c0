import type {
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
  WorkerSid,
  WorkspaceSid,
} from '../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../clock.ts';
import type { CalabrioSimulator } from '../calabrio/simulator.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';
import type { Crm } from '../crm/crm.ts';
import { fictionalCustomers } from './customers.ts';
import type { ArchiveDesk, AttributePromise, Day, PlayedTask, PromisedAttributes, WrittenLine } from './day.ts';
import type { DeliveryOrders } from './delivery-orders.ts';
import { programme } from './programme.ts';
import type { ProgrammeItem } from './programme.ts';
import type { Expectation } from './source-fate.ts';
import { hireStaff } from './staff.ts';

/** How far the day has come. */
export interface DayProgress {
  readonly scenarios: number;
  readonly begun: number;
  readonly ended: number;
}

export interface PlayedDay {
  /** Every task that the script made, those of the foreign workspace included, in the order of their making. */
  readonly tasks: readonly PlayedTask[];
  /** What must become of the sources of which the script says something of its own. */
  readonly fates: ReadonlyMap<RecordingSid, Expectation>;
  /** What the script says of agents' own attributes. */
  readonly workers: ReadonlyMap<WorkerSid, PromisedAttributes>;
  /** What was written in each conversation. */
  readonly written: ReadonlyMap<ConversationSid, readonly WrittenLine[]>;
}

interface DayStage {
  readonly clock: Clock;
  readonly twilio: TwilioSimulator;
  readonly calabrio: CalabrioSimulator;
  readonly crm: Crm;
  readonly isCrmAsked: boolean;
  readonly archive: ArchiveDesk;
  readonly orders: DeliveryOrders;
  readonly foreignWorkspaceSid: WorkspaceSid;
  readonly onProgress?: (progress: DayProgress, title: string) => void;
  /** The whole programme unless given. */
  readonly items?: readonly ProgrammeItem[];
}

interface TaskNote {
  readonly task: Omit<PlayedTask, 'recordings' | 'promised' | 'needsReview'>;
  readonly recordings: Set<RecordingSid>;
  promised: readonly AttributePromise[];
  needsReview: boolean;
}

/**
 * Plays the day by the clock and resolves when its last scenario has ended; what is still on the wire then, or under
 * way in the pipeline, is not waited for.
 *
 * @throws what a scenario threw: a script that Twilio would have refused is a fault of the script.
 */
export async function playDay(stage: DayStage): Promise<PlayedDay> {
  const { clock, twilio, calabrio, crm, isCrmAsked, archive } = stage;
  const items = stage.items ?? programme();
  const notes = new Map<TaskSid, TaskNote>();
  const fates = new Map<RecordingSid, Expectation>();
  const workers = new Map<WorkerSid, PromisedAttributes>();
  const written = new Map<ConversationSid, readonly WrittenLine[]>();
  const common = {
    ...{ twilio, calabrio, crm, isCrmAsked, archive },
    orders: stage.orders,
    foreignWorkspaceSid: stage.foreignWorkspaceSid,
    staff: hireStaff(twilio),
    customers: fictionalCustomers(),
  };
  let begun = 0;
  let ended = 0;

  const promise = (taskSid: TaskSid, more: readonly AttributePromise[]): void => {
    const note = notes.get(taskSid);
    if (note !== undefined) note.promised = [...note.promised.filter((one) => !isRepeated(one, more)), ...more];
  };

  const dayFor = (title: string): Day => ({
    ...common,
    seconds: (count) => untilEpochMs(clock, clock.now() + count * 1000),
    now: () => new Date(clock.now()),
    newTask(input) {
      const taskSid = twilio.taskRouter.createTask({ ...input, workflow: 'Assign to anyone' });
      const task = { taskSid, title, channel: input.channel, isForeign: input.workspaceSid !== undefined };
      notes.set(taskSid, { task, recordings: new Set(), promised: [], needsReview: false });
      return taskSid;
    },
    recorded: (taskSid, recordingSid) => void notes.get(taskSid)?.recordings.add(recordingSid),
    wrote: (conversationSid, lines) => void written.set(conversationSid, lines),
    source: (recordingSid, fate) => void fates.set(recordingSid, fate),
    needsReview(taskSid) {
      const note = notes.get(taskSid);
      if (note !== undefined) note.needsReview = true;
    },
    promised: (taskSid, attributes) => promise(taskSid, promisesOf(attributes)),
    promisedOfLeg: (taskSid, reservationSid, attributes) => promise(taskSid, promisesOf(attributes, reservationSid)),
    promisedOfWorker: (workerSid, attributes) => void workers.set(workerSid, attributes),
  });

  const startedAt = clock.now();
  await Promise.all(
    items.map(async ({ startsAtSeconds, scenario }) => {
      await untilEpochMs(clock, startedAt + startsAtSeconds * 1000);
      begun += 1;
      stage.onProgress?.({ scenarios: items.length, begun, ended }, scenario.title);
      await scenario.play(dayFor(scenario.title));
      ended += 1;
      stage.onProgress?.({ scenarios: items.length, begun, ended }, scenario.title);
    }),
  );
  return {
    tasks: [...notes.values()].map(({ task, recordings, promised, needsReview }) => ({
      ...{ ...task, promised, needsReview },
      recordings: [...recordings],
    })),
    ...{ fates, workers, written },
  };
}

function promisesOf(attributes: PromisedAttributes, reservationSid?: ReservationSid): readonly AttributePromise[] {
  return Object.entries(attributes).map(([path, value]) => ({
    path,
    value,
    ...(reservationSid !== undefined && { reservationSid }),
  }));
}

/** What a scene says later of the same place takes the place of what was said of every task of its shape. */
function isRepeated({ path, reservationSid }: AttributePromise, more: readonly AttributePromise[]): boolean {
  return more.some((other) => other.path === path && other.reservationSid === reservationSid);
}

function untilEpochMs(clock: Clock, epochMs: number): Promise<void> {
  return new Promise((resolve) => void clock.at(epochMs, resolve));
}
