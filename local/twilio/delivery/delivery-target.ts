import type { RetryPolicy } from './connection-overrides.ts';

/** Where Twilio's events go, by which transports, and what becomes of them on the way. */
export interface DeliveryTarget {
  /** The base that signatures are made over: what was typed into Twilio's console. No slash at its end. */
  readonly publicUrl: string;
  /** The base that requests are really sent to. No slash at its end. */
  readonly apiUrl: string;
  readonly transports: readonly Transport[];
  /** What becomes of each delivery; `asEmitted` unless given. */
  readonly policy?: DeliveryPolicy;
}

export type Transport =
  /** TaskRouter's workspace callback: form, best effort. */
  | {
      readonly kind: 'task-events';
      /** The workspace's EventsFilter, for example `task.created`; everything unless given. */
      readonly events?: readonly string[];
      /** `/twilio/task-events` unless given. */
      readonly path?: string;
      /** Connection override `rc`, 0 to 5; 5 unless given. */
      readonly retryCount?: number;
      /** Connection override `rp`; every kind of failure (`all`) unless given. */
      readonly retryOn?: readonly RetryPolicy[];
    }
  /** Event Streams' webhook sink: a JSON array of CloudEvents. */
  | {
      readonly kind: 'event-streams';
      readonly events?: readonly string[];
      readonly path?: string;
      /** `text` makes `data` a JSON string, as one of Twilio's own examples has it. `object` unless given. */
      readonly dataAs?: 'object' | 'text';
      /** Of TaskRouter's events, 1 to 4; 4 unless given. */
      readonly schemaVersion?: number;
    }
  /** The recordings' status callback: form. */
  | {
      readonly kind: 'recording-events';
      /** RecordingStatusCallbackEvent; `in-progress`, `completed`, `absent` and `failed` unless given. */
      readonly statuses?: readonly string[];
      readonly path?: string;
      readonly retryCount?: number;
      readonly retryOn?: readonly RetryPolicy[];
    }
  /** The conferences' status callback, where a plug-in sets one: form; start, end, join and leave. */
  | { readonly kind: 'conference-events'; readonly path?: string; readonly retryCount?: number };

export type TransportKind = Transport['kind'];

/** One delivery that is about to be made. */
export interface PlannedDelivery {
  readonly transport: TransportKind;
  /** `task.created`, `reservation.accepted`, `recording.completed`, `participant-leave`, … */
  readonly eventType: string;
  /** EV… of a TaskRouter event, RE… of a recording's, CF… of a conference's, DG… of a sink's test. */
  readonly subjectSid: string;
  /** The task, when the event is about one. */
  readonly taskSid?: string;
  /** Counts all deliveries of the run from 1, so that a policy can pick the third. */
  readonly ordinal: number;
}

/** One request that a delivery becomes, retries not counted. */
export interface DeliveryCopy {
  /** By the clock, after the event. */
  readonly afterMs: number;
  /**
   * Not from Twilio: `signature` signs with another token, `body` changes a byte after signing, `unsigned` has no
   * signature at all. It is sent once and counted apart.
   */
  readonly forged?: 'signature' | 'body' | 'unsigned';
}

/** No copy: the event is lost on the way. Two: a duplicate. One with `afterMs`: late, so perhaps out of order. */
export type DeliveryPolicy = (delivery: PlannedDelivery) => readonly DeliveryCopy[];

export const asEmitted: DeliveryPolicy = () => [{ afterMs: 0 }];

export interface DeliveryCounts {
  /** Events that a transport of the target, a sink or Flex's webhook was to carry. */
  readonly emitted: number;
  /** Those the policy lost. */
  readonly lost: number;
  /** Requests sent, retries and forged ones included. */
  readonly attempts: number;
  /** Genuine copies answered with 2xx. */
  readonly delivered: number;
  /** Genuine copies that Twilio threw away because of the answer (4xx), or after its last retry. */
  readonly dropped: number;
  readonly forgedSent: number;
}

export interface DeliveryLogLine extends PlannedDelivery {
  readonly emittedAt: Date;
  readonly forged: boolean;
  readonly attempts: number;
  readonly state: 'waiting' | 'on-the-wire' | 'delivered' | 'dropped' | 'lost';
  /** The last answer's status; absent before the first answer, 0 for none (refused, broken, timed out). */
  readonly lastStatus?: number;
}
