import type {
  AccountSid,
  ReservationSid,
  TaskQueueSid,
  TaskSid,
  TransferSid,
  WorkerSid,
  WorkspaceSid,
} from './sids.ts';

/** The TaskRouter events that change what we know; all others are ignored by name (`event-type-not-handled`). */
export const handledEventTypes = [
  'task.created',
  'task.updated',
  'task.wrapup',
  'task.completed',
  'task.canceled',
  'task.deleted',
  'task.system-deleted',
  'task.transfer-initiated',
  'task.transfer-completed',
  'task.transfer-failed',
  'task.transfer-canceled',
  'task.transfer-attempt-failed',
  'reservation.accepted',
  'reservation.wrapup',
  'reservation.completed',
] as const;

export type TaskEventType = (typeof handledEventTypes)[number];

/** Type guard over the closed list. */
export function isHandledEventType(text: string): text is TaskEventType {
  return handledEventTypes.some((eventType) => eventType === text);
}

/**
 * One TaskRouter event, whichever transport brought it.
 *
 * The same event by a workspace callback and by Event Streams gives the same value, so that meeting it twice changes
 * nothing: everything it says is a fact with Twilio's own time.
 */
export interface TaskEvent {
  /** Twilio's EV SID where the transport gives one, else the CloudEvent's id. The cause in the timeline. */
  readonly eventSid: string;
  readonly eventType: TaskEventType;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly occurredAt: Date;
  readonly taskSid: TaskSid;
  /** The JSON text exactly as it came; absent where the event carries none. */
  readonly attributesText?: string;
  readonly taskCreatedAt?: Date;
  readonly channel?: string;
  readonly taskQueueSid?: TaskQueueSid;
  readonly taskQueueName?: string;
  readonly reservationSid?: ReservationSid;
  readonly workerSid?: WorkerSid;
  readonly workerName?: string;
  /** Why the task was completed or canceled. Free text of whoever did it: for rules, never for the ledger or a log. */
  readonly reason?: string;
  /** The worker's attributes as they came; they may hold a secret, so they are read by `readWorker` and kept nowhere. */
  readonly workerAttributesText?: string;
  /** On `task.transfer-…` events. */
  readonly transfer?: {
    readonly transferSid: TransferSid;
    readonly fromReservationSid?: ReservationSid;
    readonly toWorkerSid?: WorkerSid;
    /** Warm: the first agent stays until the second has the customer. */
    readonly mode?: 'WARM' | 'COLD';
  };
}
