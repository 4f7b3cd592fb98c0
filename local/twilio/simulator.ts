/**
 * What a local run can do with its Twilio: the programmatic side of the simulator, in Twilio's and Flex's own words.
 *
 * More than 200 lines because it is the whole contract with those who write days and tests on top of it, in one place.
 *
 * Every verb changes the state at once, by the clock that was handed in, and hands the events that Twilio would send to
 * the delivery; `settled()` says when nothing is on the wire any more. A verb that Twilio would refuse (accepting a
 * reservation that is over, completing a task that is gone) throws `RefusedByTwilioError`.
 */
import type { Readable } from 'node:stream';
import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskQueueSid,
  TaskSid,
  WorkerSid,
  WorkspaceSid,
} from '../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../clock.ts';
import type { AccountVerbs } from './account.ts';
import type { DeliveryCounts, DeliveryLogLine, DeliveryTarget } from './delivery/delivery-target.ts';
import type { JsonObject } from './json.ts';
import type { MessagingVerbs } from './messaging.ts';
import type { NewFlexToken } from './state/flex-token-life.ts';

export interface TwilioOptions {
  readonly clock: Clock;
  /** 0, the default, takes any free port of 127.0.0.1. */
  readonly port?: number;
  readonly accountSid: AccountSid;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  /** Signs every delivery; with the account SID it is also a valid REST credential. */
  readonly authToken: string;
  /** The token before the last rotation: still a valid REST credential, never signs. */
  readonly previousAuthToken?: string;
  /** Of the workspace that is there from the start, as Flex makes it. */
  readonly workspaceSid: WorkspaceSid;
  /** True for an account without any workspace; the verbs then work in the first one that is made. False unless given. */
  readonly emptyAccount?: boolean;
  /** The private halves of the account's public keys, by these keys' SIDs (CR…); recordings can be encrypted for them. None unless given. */
  readonly recordingKeys?: Readonly<Record<string, string>>;
  /** Decides every SID, every jitter and every random fault; the same seed and the same verbs give the same ones. 1 by default. */
  readonly seed?: number;
  /** How long an ended task can still be fetched and written to; Twilio's five minutes unless given. */
  readonly keptAfterEndMs?: number;
}

export interface TwilioSimulator {
  /** `http://127.0.0.1:<port>`; every Twilio host maps to it, paths unchanged. */
  readonly url: string;
  readonly taskRouter: TaskRouter;
  readonly voice: Voice;
  readonly chat: Chat;
  readonly media: Media;
  readonly flex: Flex;
  readonly account: AccountVerbs;
  readonly faults: Faults;
  /** Every REST and media request since the start, oldest first. */
  requests(): readonly RecordedRequest[];
  /** What can be asked for. */
  routes(): readonly { readonly method: string; readonly path: RegExp }[];
  /** Where events go from now on; without a target they go nowhere. A second call replaces the first. */
  deliverTo(target: DeliveryTarget): void;
  deliveryCounts(): DeliveryCounts;
  /** One line a delivery, in the order in which Twilio emitted them. */
  deliveries(): readonly DeliveryLogLine[];
  /**
   * Sends every genuine request that was delivered so far once more, a few at a time in the order of their sending and
   * word for word; resolves to how many were answered with 2xx. They stand in no log and no count.
   */
  playDeliveriesAgain(): Promise<number>;
  /** Resolves when no delivery is on the wire. Those that wait for the clock (late copies, retries) are not waited for. */
  settled(): Promise<void>;
  /** Deliveries that wait for the clock: late copies and retries. */
  waitingDeliveries(): number;
  /** From now on deliveries are signed with `next`; the token so far becomes the previous one. */
  rotateAuthToken(next: string): void;
  /** Ends the server, breaks what is on the wire and calls all appointments off. */
  stop(): Promise<void>;
}

export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled' | 'deleted';
export type ReservationStatus =
  'pending' | 'accepted' | 'rejected' | 'timeout' | 'canceled' | 'rescinded' | 'wrapping' | 'completed';

export interface NewTask {
  readonly attributes: JsonObject;
  /** TaskChannelUniqueName: `voice`, `chat`, `sms`, `email`, `default`, or a workspace's own. */
  readonly channel: string;
  /** Friendly names; what is not there yet is made. */
  readonly queue: string;
  readonly workflow: string;
  readonly priority?: number;
  /** 24 hours unless given. */
  readonly timeoutSeconds?: number;
  /** Another workspace of the account, for events that are none of ours. */
  readonly workspaceSid?: WorkspaceSid;
}

/** A task as it is now, or as it was when TaskRouter deleted it. */
export interface TaskView {
  readonly taskSid: TaskSid;
  readonly workspaceSid: WorkspaceSid;
  readonly status: TaskStatus;
  /** The exact JSON text. */
  readonly attributes: string;
  /** `"3"` with its quotes, as the ETag header carries it. */
  readonly etag: string;
  readonly channel: string;
  readonly queue: string;
  readonly priority: number;
  readonly createdAt: Date;
  /** When it was completed or canceled. */
  readonly endedAt?: Date;
  /** When TaskRouter deleted it: five minutes after its end, or at once by `deleteTask`. REST answers 404 from then on. */
  readonly deletedAt?: Date;
  readonly reason?: string;
  readonly reservations: readonly ReservationView[];
  /** Every text the attributes ever had, oldest first, the creation included. */
  readonly history: readonly AttributesChange[];
}

interface ReservationView {
  readonly reservationSid: ReservationSid;
  readonly workerSid: WorkerSid;
  readonly status: ReservationStatus;
  /** When it was completed, or ended without a leg. */
  readonly endedAt?: Date;
}

export interface AttributesChange {
  readonly at: Date;
  readonly by: AttributesWriter;
  readonly attributes: string;
}

/** `rest`: a client of the REST API; `flex`: Flex itself; `plug-in`: the team's own code in Flex. */
export type AttributesWriter = 'creator' | 'rest' | 'flex' | 'plug-in';

/** A worker as it is now. */
export interface WorkerView {
  readonly workerSid: WorkerSid;
  readonly name: string;
  readonly activity: string;
  /** The exact JSON text. */
  readonly attributes: string;
}

export type WriteResult = 'updated' | 'changed-meanwhile' | 'gone';

export interface TaskRouter {
  /** Emits worker.created. `activity` is `Available` unless given. */
  createWorker(input: {
    readonly name: string;
    readonly attributes: JsonObject;
    readonly activity?: string;
  }): WorkerSid;
  /** Emits worker.activity.update. */
  setActivity(workerSid: WorkerSid, activity: string): void;
  /** Emits worker.attributes.update. */
  setWorkerAttributes(workerSid: WorkerSid, attributes: JsonObject): void;
  worker(workerSid: WorkerSid): WorkerView | undefined;

  /** Emits task.created, workflow.entered and task-queue.entered. */
  createTask(input: NewTask): TaskSid;
  task(taskSid: TaskSid): TaskView | undefined;
  tasks(): readonly TaskView[];
  /** The queue of that name, which is made where there is none. */
  queueSid(friendlyName: string): TaskQueueSid;
  /** As `queueSid`, with a SID or an expression of one's own; the one of that name has them from now on. */
  createQueue(input: {
    readonly name: string;
    readonly sid?: TaskQueueSid;
    readonly targetWorkers?: string;
  }): TaskQueueSid;
  /** A workflow that sends all its tasks to one queue. Returns its SID (WW…), which may be given. */
  createWorkflow(input: { readonly name: string; readonly queue: string; readonly sid?: string }): string;
  /** Moves a waiting task to another queue; emits task-queue.moved and task-queue.entered. */
  moveToQueue(taskSid: TaskSid, queue: string): void;

  /** Offers the task to a worker; emits reservation.created. */
  reserve(taskSid: TaskSid, workerSid: WorkerSid): ReservationSid;
  accept(reservationSid: ReservationSid): void;
  reject(reservationSid: ReservationSid, reason?: string): void;
  timeOut(reservationSid: ReservationSid): void;
  cancelReservation(reservationSid: ReservationSid): void;
  rescind(reservationSid: ReservationSid): void;
  /** The worker's talk is over: reservation.wrapup, and task.wrapup when no other worker is still talking. */
  wrapUp(reservationSid: ReservationSid): void;
  /** This worker is through while others go on; emits reservation.completed. */
  completeReservation(reservationSid: ReservationSid): void;

  /** Emits reservation.completed for every open leg, then task.completed; TaskRouter deletes the task five minutes later, silently. */
  completeTask(taskSid: TaskSid, reason: string): void;
  /** Emits reservation.canceled for every pending leg, then task.canceled; deletion as after `completeTask`. */
  cancelTask(taskSid: TaskSid, reason: string): void;
  /** As by the API; emits task.deleted. */
  deleteTask(taskSid: TaskSid): void;
  /** TTL or more than 24 hours assigned; emits task.system-deleted. */
  systemDeleteTask(taskSid: TaskSid, reason: string): void;

  /** Emits task.transfer-initiated; returns the transfer's SID (TT…). */
  initiateTransfer(input: NewTransfer): string;
  completeTransfer(transferSid: string): void;
  failTransfer(transferSid: string, reason: string): void;
  cancelTransfer(transferSid: string): void;

  /** What a plug-in holds after it has read the task. */
  readAttributes(taskSid: TaskSid): { readonly attributes: JsonObject; readonly etag: string };
  /**
   * Replaces the whole attributes, as a plug-in or Flex does; emits task.updated. Without `ifMatch` the last writer
   * wins, which is how a stale copy undoes what others wrote.
   */
  writeAttributes(
    taskSid: TaskSid,
    attributes: JsonObject,
    how?: { readonly by?: AttributesWriter; readonly ifMatch?: string },
  ): WriteResult;
}

export interface NewTransfer {
  readonly taskSid: TaskSid;
  readonly from: ReservationSid;
  readonly mode: 'COLD' | 'WARM';
  readonly to: { readonly workerSid: WorkerSid } | { readonly queue: string };
}

/** Values of `reason_conference_ended` (twilio.com/docs/voice/api/conference-resource, read 2026-11); nobody is kicked here. */
export type ReasonConferenceEnded =
  'conference-ended-via-api' | 'participant-with-end-conference-on-exit-left' | 'last-participant-left';

export type ParticipantRole = 'customer' | 'worker' | 'external';

/** Who called whom; an end that is not given is one that Twilio does not know. */
export interface NewCall {
  readonly from?: string;
  readonly to?: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial' | 'trunking-originating';
}

export interface NewConference {
  readonly taskSid: TaskSid;
  /** The customer's call when it exists already (inbound); otherwise one is made (outbound). */
  readonly customerCallSid?: CallSid;
  /** False leaves the task's attributes alone for now; `announceConference` writes them later. True by default. */
  readonly announce?: boolean;
}

export interface ConferenceView {
  readonly conferenceSid: ConferenceSid;
  readonly taskSid: TaskSid;
  readonly status: 'in-progress' | 'completed';
  readonly reasonEnded?: ReasonConferenceEnded;
  readonly callSidEnding?: CallSid;
  readonly participants: readonly {
    readonly callSid: CallSid;
    readonly role: ParticipantRole;
    readonly present: boolean;
  }[];
}

export type RecordingStatus =
  'in-progress' | 'paused' | 'stopped' | 'processing' | 'completed' | 'absent' | 'failed' | 'deleted';

export type RecordingSourceName =
  | 'DialVerb'
  | 'Conference'
  | 'OutboundAPI'
  | 'Trunking'
  | 'RecordVerb'
  | 'StartCallRecordingAPI'
  | 'StartConferenceRecordingAPI';

export interface NewRecording {
  /** One of the two, or both; a conference's own recording has no call of its own unless one is named. */
  readonly conferenceSid?: ConferenceSid;
  readonly callSid?: CallSid;
  readonly channels: 1 | 2;
  /** `Conference` for a conference, `StartCallRecordingAPI` for a call, unless given; voicemail is `RecordVerb`. */
  readonly source?: RecordingSourceName;
  /** Flex's Call Recording setting: writes `conversations.segment_link` with Twilio's URL onto this task at once. */
  readonly segmentLinkOn?: TaskSid;
  /** False: no recording callback is ever sent for it. True by default. */
  readonly callbacks?: boolean;
  /** Its media is encrypted, as on an account with Voice Recording Encryption. */
  readonly encryption?: EncryptionOrder;
}

/** For whom a recording is encrypted, and how Twilio then speaks of it. */
export interface EncryptionOrder {
  /** CR… */
  readonly publicKeySid: string;
  /** SPKI in PEM. */
  readonly publicKey: string;
  /** Of the envelope, in the resource and in the callback: as in Twilio's guide, unless given, or in its OpenAPI files. */
  readonly spelling?: 'guide' | 'openapi';
  /** What a wish for channels comes to, of which Twilio says nothing: 400, unless given, or the media as it is. */
  readonly wishForChannels?: 'refused' | 'ignored';
}

/** How a recording ends. `absent` is 16101 (too short) unless another code is given. */
export type RecordingEnd =
  | { readonly kind: 'completed'; readonly processingMs?: number }
  | { readonly kind: 'absent'; readonly errorCode?: string; readonly processingMs?: number }
  | { readonly kind: 'failed'; readonly errorCode?: string; readonly processingMs?: number };

export interface RecordingView {
  readonly recordingSid: RecordingSid;
  readonly status: RecordingStatus;
  readonly channels: 1 | 2;
  readonly source: RecordingSourceName;
  readonly conferenceSid?: ConferenceSid;
  readonly callSid?: CallSid;
  readonly startedAt: Date;
  /** Whole seconds, the pauses left out; undefined until it is final. The media is exactly as long. */
  readonly durationSeconds?: number;
  readonly errorCode?: string;
}

export interface Voice {
  /** A call leg of its own, for example the customer's inbound call before there is a task; inbound, of nobody, unless given. */
  startCall(call?: NewCall): CallSid;
  /** The conference of a task, with the customer in it; Flex writes `conference` onto the task. */
  startConference(input: NewConference): ConferenceSid;
  /** Writes `conference.sid` and `conference.participants` onto the task, as Flex does. */
  announceConference(conferenceSid: ConferenceSid): void;
  /** Adds a participant and, for an announced conference, Flex's entry in the task's attributes. */
  join(conferenceSid: ConferenceSid, role: ParticipantRole): CallSid;
  /** Hangs up, and the others talk on, as after a transfer; who is the last ends the conference. */
  leave(conferenceSid: ConferenceSid, callSid: CallSid): void;
  /**
   * Hangs up, and ends the conference where Flex has set `EndConferenceOnExit`: the customer always, an agent while
   * nobody but the customer is there.
   */
  hangUp(conferenceSid: ConferenceSid, callSid: CallSid): void;
  /** By the API: everybody leaves; recordings of the conference that still run are stopped as `stopRecording` does. */
  endConference(conferenceSid: ConferenceSid): void;
  conference(conferenceSid: ConferenceSid): ConferenceView | undefined;

  /** The account's public keys; the first is the one that is chosen for recordings. */
  publicKeys(): readonly EncryptionOrder[];
  startRecording(input: NewRecording): RecordingSid;
  pauseRecording(recordingSid: RecordingSid): void;
  resumeRecording(recordingSid: RecordingSid): void;
  /** Processing, then the end, `processingMs` later by the clock (4 seconds unless given, at once with 0). */
  stopRecording(recordingSid: RecordingSid, end?: RecordingEnd): void;
  /** A finished recording, there from the start: a voicemail from before its task, a backlog, a benchmark's four hours. */
  placeRecording(input: NewRecording & { readonly durationSeconds: number; readonly startedAt?: Date }): RecordingSid;
  /** Flex's own read, merge and write of `conversations.segment_link`. */
  writeSegmentLink(recordingSid: RecordingSid, taskSid: TaskSid): WriteResult;
  /** `https://api.twilio.com/2010-04-01/Accounts/AC…/Recordings/RE…` */
  recordingUrl(recordingSid: RecordingSid): string;
  /** As a person does in the console: the media is gone for good, and no request of a client's says so. */
  deleteRecording(recordingSid: RecordingSid): void;
  recording(recordingSid: RecordingSid): RecordingView | undefined;
  recordings(): readonly RecordingView[];
}

/** Who writes: in the chat itself under an identity, or from a phone. */
export type NewParticipant =
  { readonly identity: string } | { readonly address: string; readonly proxyAddress: string };

export interface NewMessage {
  /** The participant's SID (MB…); the system where there is none. */
  readonly by?: string;
  readonly body?: string;
  readonly media?: readonly {
    readonly contentType: string;
    readonly filename?: string;
    readonly sizeBytes: number;
  }[];
  /** JSON. */
  readonly attributes?: string;
}

export interface ConversationView {
  readonly conversationSid: ConversationSid;
  readonly state: 'active' | 'inactive' | 'closed';
  readonly startedAt: Date;
  readonly participants: readonly {
    readonly sid: string;
    readonly identity?: string;
    readonly address?: string;
    readonly proxyAddress?: string;
    readonly joinedAt: Date;
  }[];
  readonly messages: readonly {
    readonly sid: string;
    readonly index: number;
    readonly author: string;
    readonly participantSid?: string;
    readonly body?: string;
    readonly media: readonly {
      readonly sid: string;
      readonly contentType: string;
      readonly filename?: string;
      readonly sizeBytes: number;
    }[];
    readonly sentAt: Date;
    readonly editedAt?: Date;
  }[];
}

/** The conversations of the default service: chats, texts, and whatever else is written. */
export interface Chat extends MessagingVerbs {
  start(): ConversationSid;
  /** Returns the participant's SID (MB…). */
  join(conversationSid: ConversationSid, who: NewParticipant): string;
  /** From then on nobody is told that they were there. */
  leave(conversationSid: ConversationSid, participantSid: string): void;
  /** Returns the message's SID (IM…). */
  say(conversationSid: ConversationSid, said: NewMessage): string;
  edit(conversationSid: ConversationSid, messageSid: string, body: string): void;
  remove(conversationSid: ConversationSid, messageSid: string): void;
  setState(conversationSid: ConversationSid, state: ConversationView['state']): void;
  /** As a person does in the console. */
  deleteConversation(conversationSid: ConversationSid): void;
  conversation(conversationSid: ConversationSid): ConversationView | undefined;
}

/** Who is logged in to Flex. */
export interface Flex {
  /** Logs a user in; returns the token that Flex, and so its player, has of it. */
  mintToken(input: NewFlexToken): string;
  /** Logs the user out again: the token is worth nothing any more. */
  endToken(token: string): void;
}

export interface ServedMedia {
  readonly sizeBytes: number;
  /** Lower-case hex, of the bytes that left the server. */
  readonly sha256: string;
  readonly channels: 1 | 2;
  /** False when the answer was cut short, by a fault or by the client. */
  readonly whole: boolean;
  /** Of an encrypted recording: the sound that was encrypted, as far as it was asked for. */
  readonly sound?: { readonly sizeBytes: number; readonly sha256: string };
}

export type MediaFault =
  /** Ends after `afterBytes`; `declares` is what Content-Length said: the whole, only what came, or nothing (chunked). */
  | { readonly kind: 'truncated'; readonly afterBytes: number; readonly declares: 'whole' | 'what-came' | 'nothing' }
  /** `chunkBytes` at a time with real pauses between. */
  | { readonly kind: 'slow-drip'; readonly chunkBytes: number; readonly pauseMs: number }
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** 200, text/html: what a proxy says when it does not know better. */
  | { readonly kind: 'error-page' }
  | { readonly kind: 'wrong-channels' }
  | { readonly kind: 'corrupted'; readonly atByte: number };

export interface Media {
  /** The true WAV, generated as it is read, in constant memory. */
  bytes(recordingSid: RecordingSid, channels: 1 | 2): Readable;
  sizeBytes(recordingSid: RecordingSid, channels: 1 | 2): number;
  /** Lower-case hex of `bytes`; worked out once and remembered. */
  sha256(recordingSid: RecordingSid, channels: 1 | 2): Promise<string>;
  /** What was last served of it; undefined when nothing was. */
  served(recordingSid: RecordingSid): ServedMedia | undefined;
  /** For the next `times` requests of this recording's media (1 unless given; Infinity for ever). */
  fault(recordingSid: RecordingSid, fault: MediaFault, times?: number): void;
  /** From completion on the media is 404 for so long, by the clock. 0 at the start. */
  notFoundAfterCompletion(ms: number): void;
  /** False sends media chunked, without Content-Length. True at the start. */
  declareLength(declare: boolean): void;
  /** From now on media is answered by a redirect (307) to a second server on another port, which asks for no credentials. */
  redirect(): Promise<MediaRedirect>;
}

export interface MediaRedirect {
  /** `host:port` of the second server. */
  readonly host: string;
  /** How many requests the second server got, and how many of them carried an Authorization header. */
  counts(): { readonly requests: number; readonly withAuthorization: number };
}

export type TwilioFault =
  /** Twilio's JSON error instead of the work. `code` is 20429 for 429 and the status otherwise. */
  | { readonly kind: 'answer'; readonly status: number; readonly code?: number; readonly retryAfterSeconds?: number }
  /** The work is done and the answer never comes. */
  | { readonly kind: 'lost-answer' }
  /** `before` or `after` the work, run this (kill a process, move the clock), then break the connection. */
  | { readonly kind: 'interrupt'; readonly when: 'before' | 'after'; readonly run: () => void }
  /** Run this just before the work, which then goes on: another writer between a read and its write. */
  | { readonly kind: 'meanwhile'; readonly run: () => void };

export interface RequestMatch {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Of the path without the query. */
  readonly path?: RegExp;
}

/** Faults put in on purpose. The oldest that matches a request is used; each verb returns how to take its fault back. */
export interface Faults {
  next(times: number, match: RequestMatch, fault: TwilioFault): () => void;
  /** From now on, for so long by the clock. */
  during(ms: number, match: RequestMatch, fault: TwilioFault): () => void;
  /** With this probability (0 to 1), by the seeded generator. */
  atRandom(probability: number, match: RequestMatch, fault: TwilioFault): () => void;
  clear(): void;
}

/** A request as the simulator saw it; values of forms are not kept, only their names. */
export interface RecordedRequest {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly formKeys: readonly string[];
  readonly ifMatch?: string;
  /** 0 when the connection was broken instead of answered. */
  readonly status: number;
}
