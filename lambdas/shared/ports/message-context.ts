import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  ConversationSid,
  EventSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
  WorkerSid,
  WorkspaceSid,
} from '../domain/sids.ts';

/** The ids that may stand in a log line. Their types keep everything else out: a phone number does not compile. */
export interface EventIds {
  readonly accountSid?: AccountSid | undefined;
  readonly workspaceSid?: WorkspaceSid | undefined;
  readonly taskSid?: TaskSid | undefined;
  readonly reservationSid?: ReservationSid | undefined;
  readonly recordingSid?: RecordingSid | undefined;
  readonly callSid?: CallSid | undefined;
  readonly conferenceSid?: ConferenceSid | undefined;
  readonly conversationSid?: ConversationSid | undefined;
  readonly eventSid?: EventSid | undefined;
  readonly workerSid?: WorkerSid | undefined;
}

/**
 * Something that went wrong beside the work and did not stop it. `of` is a name of ours or of the configuration, `why`
 * in words of ours: neither ever quotes what came from outside.
 */
export interface Remark {
  readonly what: 'rule-failed' | 'customer-lookup-unavailable';
  readonly of?: string;
  readonly why: string;
}

/** What the runtime tells the work about the message that carries it. */
export interface MessageContext {
  /** SQS's id of this message; the same on every receive of it. */
  readonly messageId: string;
  /** 1 on the first receive. */
  readonly receiveCount: number;
  /** When the message was put on its queue, by SQS's clock. */
  readonly sentAt: Date;
  /** Adds ids to the one line that is logged when the message is settled; a later value replaces an earlier one. */
  note(ids: EventIds): void;
  /** Adds a line's remark; the first ten are kept. */
  remark(remark: Remark): void;
}
