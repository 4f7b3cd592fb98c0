import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
  WorkerSid,
  WorkspaceSid,
} from '../../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../../clock.ts';
import type { Appointments } from '../appointments.ts';
import type { TwilioEvent } from '../events/twilio-event.ts';
import type { NewCall } from '../simulator.ts';
import type { Random } from '../seeded-random.ts';
import type { SidSource } from '../sid-source.ts';
import type { Account, AddressConfiguration, FlexConfiguration, Sink, Subscription } from './account-records.ts';
import { newFlexConfiguration } from './flex-configuration.ts';
import type { Interaction } from './interaction-records.ts';
import { noMessagingFacts, type MessagingFacts } from './messaging-facts.ts';
import type { Conference, Conversation, Recording, Reservation, Task, Transfer, Worker } from './records.ts';
import type { Activity, TaskChannel, TaskQueue, Workflow, Workspace } from './routing-records.ts';

/** All that the simulated Twilio knows, and the only place where it is changed from. */
export interface World {
  readonly clock: Clock;
  readonly appointments: Appointments;
  readonly accountSid: AccountSid;
  /** The stage's own, as long as it is there. */
  readonly workspaceSid: WorkspaceSid;
  readonly sids: SidSource;
  readonly random: Random;
  /** How long an ended task stays. */
  readonly keptAfterEndMs: number;
  readonly tasks: Map<TaskSid, Task>;
  readonly reservations: Map<ReservationSid, Reservation>;
  readonly workers: Map<WorkerSid, Worker>;
  readonly transfers: Map<string, Transfer>;
  readonly workspaces: Map<WorkspaceSid, Workspace>;
  readonly activities: Map<string, Activity>;
  readonly taskChannels: Map<string, TaskChannel>;
  readonly taskQueues: Map<string, TaskQueue>;
  readonly workflows: Map<string, Workflow>;
  readonly calls: Map<CallSid, NewCall>;
  readonly conferences: Map<ConferenceSid, Conference>;
  readonly recordings: Map<RecordingSid, Recording>;
  readonly conversations: Map<ConversationSid, Conversation>;
  /** By SID (KD…). */
  readonly interactions: Map<string, Interaction>;
  readonly messaging: MessagingFacts;
  readonly account: Account;
  readonly flexConfiguration: FlexConfiguration;
  /** By SID (DG…). */
  readonly sinks: Map<string, Sink>;
  /** By SID (DF…). */
  readonly subscriptions: Map<string, Subscription>;
  /** By SID (IG…). */
  readonly addressConfigurations: Map<string, AddressConfiguration>;
  /** Hands an event to the delivery; it is complete and never changes afterwards. */
  readonly emit: (event: TwilioEvent) => void;
}

export type WorldParts = Pick<
  World,
  'clock' | 'appointments' | 'account' | 'accountSid' | 'workspaceSid' | 'sids' | 'random' | 'keptAfterEndMs' | 'emit'
>;

export function emptyWorld(parts: WorldParts): World {
  return {
    ...parts,
    tasks: new Map(),
    reservations: new Map(),
    workers: new Map(),
    transfers: new Map(),
    workspaces: new Map(),
    activities: new Map(),
    taskChannels: new Map(),
    taskQueues: new Map(),
    workflows: new Map(),
    calls: new Map(),
    conferences: new Map(),
    recordings: new Map(),
    conversations: new Map(),
    interactions: new Map(),
    messaging: noMessagingFacts(),
    flexConfiguration: newFlexConfiguration(parts.clock.now()),
    sinks: new Map(),
    subscriptions: new Map(),
    addressConfigurations: new Map(),
  };
}
