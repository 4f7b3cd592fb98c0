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
import type { Conference, Conversation, Recording, Reservation, Task, Transfer, Worker, Workflow } from './records.ts';

/** All that the simulated Twilio knows, and the only place where it is changed from. */
export interface World {
  readonly clock: Clock;
  readonly appointments: Appointments;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly sids: SidSource;
  readonly random: Random;
  /** How long an ended task stays. */
  readonly keptAfterEndMs: number;
  readonly tasks: Map<TaskSid, Task>;
  readonly reservations: Map<ReservationSid, Reservation>;
  readonly workers: Map<WorkerSid, Worker>;
  readonly transfers: Map<string, Transfer>;
  /** By SID; those that REST can name. */
  readonly workflows: Map<string, Workflow>;
  readonly calls: Map<CallSid, NewCall>;
  readonly conferences: Map<ConferenceSid, Conference>;
  readonly recordings: Map<RecordingSid, Recording>;
  readonly conversations: Map<ConversationSid, Conversation>;
  /** Hands an event to the delivery; it is complete and never changes afterwards. */
  readonly emit: (event: TwilioEvent) => void;
}

export type WorldParts = Pick<
  World,
  'clock' | 'appointments' | 'accountSid' | 'workspaceSid' | 'sids' | 'random' | 'keptAfterEndMs' | 'emit'
>;

export function emptyWorld(parts: WorldParts): World {
  return {
    ...parts,
    tasks: new Map(),
    reservations: new Map(),
    workers: new Map(),
    transfers: new Map(),
    workflows: new Map(),
    calls: new Map(),
    conferences: new Map(),
    recordings: new Map(),
    conversations: new Map(),
  };
}
