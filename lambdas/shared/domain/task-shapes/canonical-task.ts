/** The shapes in which this contact centre's tasks are met; `snake-case` is the one that all of them shall become. */
export type TaskShape =
  | 'inbound-call'
  | 'outbound-call'
  | 'chat'
  | 'sms'
  | 'email'
  | 'follow-up'
  | 'primary'
  | 'email-create-body'
  | 'generic'
  | 'snake-case'
  | 'unknown';

export type Medium = 'voice' | 'chat' | 'sms' | 'email' | 'other';
export type Direction = 'inbound' | 'outbound';

/** Makes E.164 of whatever somebody typed; undefined for what is no number that can be dialled. */
export type ToE164 = (text: string) => string | undefined;

/** When the customer may be contacted: minutes of the UTC day; `from` after `to` wraps around midnight. */
export interface ContactWindow {
  /** 0 to 1439. */
  readonly fromMinuteUtc: number;
  readonly toMinuteUtc: number;
  /** Of the customer's own clock, as the task says: -420 for -7 and for `GMT-7`. */
  readonly utcOffsetMinutes?: number;
}

/** Where a call or e-mail arrived, and who dealt with it: a row of the team's process-flow table. */
export interface Processing {
  readonly origin?: 'community' | 'contact-center';
  readonly medium?: 'call' | 'email';
  /** The row. */
  readonly path?: ProcessingPath;
  /** A call that was recorded before the task was made is past, one that the agent has is present. */
  readonly timing?: 'past' | 'present';
  /** What an agent works from. */
  readonly basis?: 'recording' | 'live-call' | 'follow-up-result';
}

/** Every row of the process-flow table. */
export type ProcessingPath =
  | 'community-call-processed-by-community'
  | 'community-call-assigned-to-community'
  | 'community-call-needs-listening'
  | 'community-email-processed-by-community'
  | 'community-email-assigned-to-community'
  | 'community-email-needs-reading'
  | 'contact-center-call-processed-by-contact-center';

/**
 * The customer, as far as the task itself tells. `name` is a person's name only: never a number, an address, `outgoing`
 * or `UNKNOWN`.
 */
export interface TaskCustomer {
  readonly externalId?: string;
  /** E.164. */
  readonly phone?: string;
  /** In lower case. */
  readonly email?: string;
  readonly name?: string;
}

/**
 * One task, whichever shape its attributes have. What rules read as `task`: everything in it is JSON, and absent keys are
 * absent. An empty text in the attributes is absent here.
 */
export interface CanonicalTask {
  readonly shape: TaskShape;
  readonly medium: Medium;
  readonly direction?: Direction;
  /** What Flex shows, trimmed. */
  readonly name?: string;
  /** The class of queue by acceptable response time: `short-lived`, `long-lived`, or the team's own. */
  readonly type?: string;
  /**
   * The team's own facts in snake case: the keys of `rdKeys` made canonical, unknown keys of an `rd` that was there as they
   * were. Booleans and whole numbers have their own types, `"true"` and `"1"` included.
   */
  readonly rd: Readonly<Record<string, unknown>>;
  readonly customer: TaskCustomer;
  /** E.164 where it is a number; the customer's end is `from` of an inbound task and `to` of an outbound one. */
  readonly from?: string;
  readonly to?: string;
  readonly callSid?: string;
  readonly conferenceSid?: string;
  /** The chat's or SMS's CH. */
  readonly conversationSid?: string;
  readonly parentTaskSid?: string;
  /** `client:…`: the agent whom the task is meant for, known before any reservation. */
  readonly targetWorkerUri?: string;
  readonly autoAnswer?: boolean;
  readonly internal?: boolean;
  readonly contactWindow?: ContactWindow;
  readonly processing: Processing;
}

/** A fact that two keys of the attributes tell differently: the first counts. Paths only, never values. */
export interface Conflict {
  /** In the canonical task: `rd.client_id`. */
  readonly path: string;
  readonly keptFrom: string;
  readonly droppedFrom: string;
}

/** Something that was met, read as well as could be, and should not be there. `path` is in the attributes. */
export interface ShapeNote {
  readonly kind:
    | 'repaired-json'
    | 'unrendered-template'
    | 'not-e164'
    | 'wrong-sid-kind'
    | 'unreadable-hours'
    | 'unreadable-date'
    | 'odd-key'
    | 'text-for-boolean'
    | 'unreadable-form';
  readonly path: string;
}

/** A task as read, with where everything came from. */
export interface ReadTask {
  readonly task: CanonicalTask;
  /** Canonical path → the path in the attributes it came from: `rd.client_id` → `rdJson.rdClientId`. */
  readonly provenance: Readonly<Record<string, string>>;
  readonly conflicts: readonly Conflict[];
  readonly notes: readonly ShapeNote[];
  /** Paths of values that look like secrets; they are in nothing above. */
  readonly secrets: readonly string[];
}
