/**
 * What a local run can do with its Calabrio: one tenant that takes the recordings of one Flex workspace, answers its API
 * and tells its event webhook of every contact, as the ACD page sets it up.
 *
 * What a session id and a leg id are for Flex, and how many contacts a recording becomes, is nowhere documented
 * (UNCONFIRMED, 2026-11); so the simulator speaks every variant that is plausible, and the pipeline must bear each.
 */
import type { LegModel } from '../../lambdas/shared/domain/policy.ts';
import type { RecordingSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../clock.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';

/** A line of the ACD page's metadata mapping: `object.attribute` of the task becomes the contact's metadata `name`. */
export interface MetadataMapping {
  readonly object: string;
  readonly attribute: string;
  readonly name: string;
}

export interface CalabrioOptions {
  readonly clock: Clock;
  /** 0, the default, takes any free port of 127.0.0.1. */
  readonly port?: number;
  readonly tenantId: number;
  readonly legModel: LegModel;
  /** The one user of the API. */
  readonly user: { readonly userId: string; readonly password: string };
  readonly metadata: readonly MetadataMapping[];
  /** Whose tasks become contacts. What is recorded is fetched by REST with this user, as from the real one. */
  readonly twilio: Pick<TwilioSimulator, 'taskRouter' | 'voice' | 'url'>;
  readonly twilioUser: { readonly accountSid: string; readonly user: string; readonly password: string };
  readonly workspaceSid: string;
  /** How often it looks for tasks that have ended; 300 unless given. */
  readonly pullEverySeconds?: number;
  /** Decides what is opaque; 1 by default. */
  readonly seed?: number;
}

export type SessionIdKind = 'customer-call' | 'conference' | 'task' | 'guid';
export type LegIdKind = 'worker-call' | 'reservation' | 'recording' | 'conference' | 'guid';

/** One contact status on its way. */
export interface StatusStep {
  /** After the contact was taken. */
  readonly afterSeconds: number;
  /** `COMPLETE` or `FAILED`, or any other word. */
  readonly status: string;
  readonly failureReason?: string;
  /** Another tenant's number, or a token that is none: what must not be believed. */
  readonly tenantId?: number;
  readonly token?: string;
}

/** What becomes of the contacts of one task; whatever is left out is as for every other. */
export interface ContactPlan {
  readonly sessionId?: SessionIdKind;
  readonly legId?: LegIdKind;
  /** The statuses of each contact, by its place among the task's, first agent first. */
  readonly statuses?: (place: number) => readonly StatusStep[];
  /** How long after the contact was taken its audio is there by the API; `never` is never. */
  readonly audioUploadedAfterSeconds?: number | 'never';
  /** Over what the mapping gave. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ContactView {
  readonly ccrId: number;
  readonly taskSid: TaskSid;
  readonly sessionId: string;
  readonly legId: string;
  /** What Calabrio holds of it; none for a digital contact. */
  readonly recordings: readonly RecordingSid[];
  readonly takenAt: Date;
  /** The source was no longer at Twilio when Calabrio came for it. */
  readonly isSourceMissing: boolean;
}

/** A contact status as it was posted. */
export interface SentStatus {
  readonly at: Date;
  readonly body: ContactStatusBody;
  readonly credential: 'token' | 'wrong-token';
  readonly isOwnTenant: boolean;
  /** Undefined for one of a session that nobody knows. */
  readonly contact?: ContactView;
  /** What the webhook answered; 0 for nothing. */
  readonly answer: number;
}

/** The body of the event webhook, key by key. (Calabrio ONE help, "Configuring Twilio Flex as an ACD"; read 2026-11) */
export interface ContactStatusBody {
  readonly ccrId: number;
  readonly sessionId: string;
  readonly legId: string;
  readonly tenantId: number;
  readonly status: string;
  readonly failureReason?: string;
}

export interface CalabrioSimulator {
  /** `http://127.0.0.1:<port>`; the API is under `/api/rest`. */
  readonly url: string;
  readonly tenantId: number;
  readonly legModel: LegModel;
  /** The Event Webhook URL up to its last part, and that part. Without it no status is sent. */
  deliverTo(webhook: { readonly url: string; readonly token: string }): void;
  /** To be called before the task's end. A second call replaces the first. */
  plan(taskSid: TaskSid, plan: ContactPlan): void;
  /** Takes the task now instead of at the next look. */
  take(taskSid: TaskSid): Promise<void>;
  /** Posts a status of no contact at once. */
  post(body: ContactStatusBody): Promise<number>;
  contacts(): readonly ContactView[];
  statuses(): readonly SentStatus[];
  /** Every session that was given ends now. */
  endSessions(): void;
  /** The next `times` requests of the API are answered so. */
  answerNext(times: number, answer: { readonly status: number; readonly retryAfterSeconds?: number }): void;
  /** Every request of the API since the start, oldest first. */
  requests(): readonly { readonly method: string; readonly path: string; readonly status: number }[];
  /** Ended tasks that are not taken yet, and statuses that wait for their time. */
  waiting(): number;
  /** Resolves when nothing is on the wire. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}
