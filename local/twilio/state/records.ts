import type {
  CallSid,
  ConferenceSid,
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
  WorkerSid,
  WorkspaceSid,
} from '../../../lambdas/shared/domain/sids.ts';
import type {
  AttributesChange,
  ConversationView,
  ParticipantRole,
  ReasonConferenceEnded,
  RecordingSourceName,
  RecordingStatus,
  ReservationStatus,
  TaskStatus,
} from '../simulator.ts';
import type { RecordingSeal } from './recording-seal.ts';
import type { Activity, TaskChannel, TaskQueue, Workflow } from './routing-records.ts';

/** What the simulated Twilio keeps; changed only by the verbs beside this file. */

export interface Task {
  readonly sid: TaskSid;
  readonly workspaceSid: WorkspaceSid;
  readonly workflow: Workflow;
  /** WK…, WQ… or WW…, where its maker named one. */
  readonly routingTarget?: string;
  readonly ignoreCapacity: boolean;
  /** How long TaskRouter lets it wait. */
  readonly timeoutSeconds: number;
  readonly createdAtMs: number;
  readonly reservations: Reservation[];
  readonly history: AttributesChange[];
  channel: TaskChannel;
  priority: number;
  virtualStartMs: number;
  queue: TaskQueue;
  queueEnteredAtMs: number;
  status: TaskStatus;
  attributes: string;
  /** Counts every change; the ETag and `task_version`. */
  revision: number;
  updatedAtMs: number;
  endedAtMs?: number;
  deletedByRequestAtMs?: number;
  reason?: string;
}

export interface Reservation {
  readonly sid: ReservationSid;
  readonly taskSid: TaskSid;
  readonly workerSid: WorkerSid;
  status: ReservationStatus;
  endedAtMs?: number;
}

export interface Worker {
  readonly sid: WorkerSid;
  readonly workspaceSid: WorkspaceSid;
  readonly createdAtMs: number;
  name: string;
  attributes: string;
  updatedAtMs: number;
  activity: Activity;
  activitySinceMs: number;
  version: number;
}

export interface Transfer {
  readonly sid: string;
  readonly taskSid: TaskSid;
  readonly mode: 'COLD' | 'WARM';
  readonly type: 'WORKER' | 'QUEUE';
  /** The worker's or the queue's SID. */
  readonly to: string;
  readonly fromReservationSid: ReservationSid;
  readonly fromWorkerSid: WorkerSid;
  readonly startedAtMs: number;
  status: 'INITIATED' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  failedReason?: string;
}

export interface Participant {
  readonly callSid: CallSid;
  readonly role: ParticipantRole;
  readonly joinedAtMs: number;
  present: boolean;
}

export interface Conference {
  readonly sid: ConferenceSid;
  readonly taskSid: TaskSid;
  readonly createdAtMs: number;
  readonly participants: Participant[];
  /** Whether Flex has written it onto the task. */
  announced: boolean;
  updatedAtMs: number;
  status: 'in-progress' | 'completed';
  reasonEnded?: ReasonConferenceEnded;
  /** Whose call ended it; nobody's when the API did. */
  callSidEnding?: CallSid;
  /** Of its status callbacks. */
  lastSequenceNumber: number;
}

export interface ConversationParticipant {
  readonly sid: string;
  readonly joinedAtMs: number;
  /** Of whoever uses the chat itself. */
  readonly identity?: string;
  /** Of whoever writes from a phone, and ours that they write to. */
  readonly address?: string;
  readonly proxyAddress?: string;
}

export interface ConversationMessage {
  readonly sid: string;
  readonly index: number;
  readonly author: string;
  /** Absent where the system wrote it. */
  readonly participantSid?: string;
  readonly body?: string;
  readonly media: ConversationView['messages'][number]['media'];
  readonly createdAtMs: number;
  /** Absent where nobody edited it. */
  readonly updatedAtMs?: number;
  /** JSON. */
  readonly attributes?: string;
  /** Of each telephone that it was sent to. */
  readonly receipts: readonly { readonly sid: string; readonly participantSid: string; readonly errorCode?: number }[];
}

export interface Conversation {
  readonly sid: ConversationSid;
  readonly createdAtMs: number;
  updatedAtMs: number;
  state: 'active' | 'inactive' | 'closed';
  /** Those who are there; who leaves is no longer listed. */
  participants: readonly ConversationParticipant[];
  messages: readonly ConversationMessage[];
  readonly uniqueName?: string;
  readonly friendlyName?: string;
  /** JSON. */
  readonly attributes?: string;
  /** When its timer closes it. */
  closesAtMs?: number;
}

export interface Recording {
  readonly sid: RecordingSid;
  readonly channels: 1 | 2;
  readonly source: RecordingSourceName;
  readonly conferenceSid?: ConferenceSid;
  readonly callSid?: CallSid;
  readonly startedAtMs: number;
  readonly callbacks: boolean;
  status: RecordingStatus;
  updatedAtMs: number;
  /** When the part that runs now began; undefined while paused and afterwards. */
  runningSinceMs?: number;
  /** The parts that are over, in milliseconds. */
  recordedMs: number;
  /** From its end on. */
  durationSeconds?: number;
  completedAtMs?: number;
  errorCode?: string;
  readonly seal?: RecordingSeal;
}
