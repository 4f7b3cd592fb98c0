import type {
  CallSid,
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
  WorkerSid,
  WorkspaceSid,
} from '../../lambdas/shared/domain/sids.ts';
import type { Crm } from '../crm/crm.ts';
import type { JsonObject } from '../twilio/json.ts';
import type { CalabrioSimulator } from '../calabrio/simulator.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';
import type { Customers } from './customers.ts';
import type { DeliveryOrders } from './delivery-orders.ts';
import type { Expectation } from './source-fate.ts';
import type { Staff } from './staff.ts';

/** One thing that happens in a contact centre, from the first ring to the last event. */
export interface Scenario {
  /** As it stands in the table of the day. */
  readonly title: string;
  play(day: Day): Promise<void>;
}

/** What people do to the archive itself during the day. */
export interface ArchiveDesk {
  /** Places a hold, as the operator's command does. The recording must be known to the ledger. */
  hold(recordingSid: RecordingSid, matter: string): Promise<void>;
  /** Passes our own contact statuses of the recording on to our own inbound route; resolves to how many there were. */
  loopReportsBack(recordingSid: RecordingSid): Promise<number>;
}

/** What a scenario plays with. Every verb of `twilio` acts at once, by the clock; `seconds` lets time go by. */
export interface Day {
  readonly twilio: TwilioSimulator;
  readonly calabrio: CalabrioSimulator;
  readonly crm: Crm;
  /** Whether the pipeline asks the customer database at all: only where the stage and the policy say so. */
  readonly isCrmAsked: boolean;
  readonly archive: ArchiveDesk;
  readonly staff: Staff;
  readonly customers: Customers;
  readonly orders: DeliveryOrders;
  /** Another workspace of the same account: its events reach us and are none of ours. */
  readonly foreignWorkspaceSid: WorkspaceSid;
  /** Resolves when so many seconds have gone by on the day's clock. */
  seconds(count: number): Promise<void>;
  now(): Date;
  newTask(input: DayTask): TaskSid;
  /** Notes that an agent must be given the task's recording to listen to. */
  needsReview(taskSid: TaskSid): void;
  /** Notes the truth that the pipeline is measured against: this recording is this task's. */
  recorded(taskSid: TaskSid, recordingSid: RecordingSid): void;
  /** Notes what must become of the recording's source; of one that nothing is said of, that it goes. */
  source(recordingSid: RecordingSid, fate: Expectation): void;
  /** Notes what was written in the conversation, in the end: the truth that its transcript is measured against. */
  wrote(conversationSid: ConversationSid, lines: readonly WrittenLine[]): void;
  /** Notes what the task's attributes must hold, by path (`conversations.language`), when Insights reads them last: at the task's end.
   * What is said later of the same path is what counts. */
  promised(taskSid: TaskSid, attributes: PromisedAttributes): void;
  /** The same when the part of one agent is completed, which is when Insights reads what it says of that agent. */
  promisedOfLeg(taskSid: TaskSid, reservationSid: ReservationSid, attributes: PromisedAttributes): void;
  /** The same of an agent's own attributes, at the end of the day, where the stage has them written at all. */
  promisedOfWorker(workerSid: WorkerSid, attributes: PromisedAttributes): void;
}

/** One message as it was in the end. */
export interface WrittenLine {
  readonly author: string;
  readonly words?: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly sizeBytes: number }[];
}

/** By path; null says that there must be nothing. */
export type PromisedAttributes = Readonly<Record<string, string | number | boolean | null>>;

/** One attribute that the enrichment owes, or owes to leave away. */
export interface AttributePromise {
  readonly path: string;
  readonly value: string | number | boolean | null;
  /** Whose end it must be there at: one agent's part, or the task. */
  readonly reservationSid?: ReservationSid;
}

export interface DayTask {
  readonly attributes: JsonObject;
  readonly channel: 'voice' | 'chat' | 'sms' | 'email' | 'default';
  readonly queue: Queue;
  readonly workspaceSid?: WorkspaceSid;
}

export const queues = ['Leasing', 'Residents', 'Spanish', 'Follow-up', 'Legal'] as const;
export type Queue = (typeof queues)[number];

/** A task of the day as its script knows it, before anybody looks at what the pipeline made of it. */
export interface PlayedTask {
  readonly taskSid: TaskSid;
  readonly title: string;
  readonly channel: string;
  readonly isForeign: boolean;
  readonly recordings: readonly RecordingSid[];
  readonly promised: readonly AttributePromise[];
  /** Nobody has dealt with its call, so an agent must listen to it. */
  readonly needsReview: boolean;
}

/** A customer's call before there is a task for it. */
export interface RingingCall {
  readonly taskSid: TaskSid;
  readonly customerCallSid: CallSid;
}
