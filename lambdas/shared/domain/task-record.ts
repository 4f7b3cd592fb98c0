import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskQueueSid,
  TaskSid,
  TransferSid,
  WorkerSid,
  WorkspaceSid,
} from './sids.ts';

/** How a recording came to be known as this task's. */
export type FoundBy = 'callback' | 'segment-link' | 'media' | 'list' | 'reconcile';

/** One accepted reservation: an agent's part of the task. Times are Twilio's event times. */
export interface Leg {
  readonly reservationSid: ReservationSid;
  readonly workerSid?: WorkerSid;
  /** The agent's own call, as far as the times of acceptances and appearances tell. */
  readonly workerCallSid?: CallSid;
  /** The queue that the agent was reached through, as the earliest event of this leg said. */
  readonly taskQueueSid?: TaskQueueSid;
  readonly acceptedAt?: Date;
  readonly wrapupAt?: Date;
  readonly completedAt?: Date;
}

/** A call that the attributes named as the agent's, whichever agent's, and when they first did. */
export interface WorkerCall {
  readonly callSid: CallSid;
  readonly firstSeenAt: Date;
}

/** One transfer of the task. `outcome` is absent while it is open; `completed` is believed before the others. */
export interface Transfer {
  readonly transferSid: TransferSid;
  readonly initiatedAt?: Date;
  readonly endedAt?: Date;
  readonly outcome?: 'completed' | 'failed' | 'canceled';
  readonly fromReservationSid?: ReservationSid;
  /** Absent where the transfer went to a queue. */
  readonly toWorkerSid?: WorkerSid;
  readonly mode?: 'WARM' | 'COLD';
}

export interface TaskRecording {
  readonly recordingSid: RecordingSid;
  readonly foundBy: FoundBy;
  readonly kind: 'conference' | 'call' | 'unknown';
  /** The call that was recorded, where the recording is a call's. */
  readonly callSid?: CallSid;
  /** Set where the recording is one agent's part, as `reservation_attributes` said. */
  readonly reservationSid?: ReservationSid;
  readonly startedAt?: Date;
  /** Twilio said that this recording holds nothing (absent or failed); it is never linked. */
  readonly isAbsent: boolean;
}

/**
 * The link of a task, as we last knew it.
 *
 * `written`: our last write or read saw our link in the attributes. `late`: the same, but after the 120 s in which
 * Insights looks. `missed`: the window closed, or the task went, and the link was never seen there. `overwritten`:
 * somebody's is there instead, and ours was written as often as it may be.
 */
export interface TaskLink {
  readonly state: 'none' | 'written' | 'late' | 'kept' | 'missed' | 'removed' | 'overwritten';
  readonly recordingSid?: RecordingSid;
  /** How often we wrote it; never more than `maxLinkWrites`. */
  readonly writes: number;
  readonly writtenAt?: Date;
  /** When a read or our own write last saw our link on the task. */
  readonly seenAt?: Date;
  /** The link that was there before ours: Flex's own, or a plug-in's. */
  readonly replaced?: string;
}

/** One place in the task's media: the task's own list or a reservation's, and what of ours belongs there. */
export interface MediaPlace {
  /** Absent: the task's own list, which Insights shows with every segment that has none of its own. */
  readonly reservationSid?: ReservationSid;
  /** The recording that our entry plays; absent where only a transcript is put there. */
  readonly recordingSid?: RecordingSid;
  /** Our entry's `start_time`; absent while nobody has told us when the recording began. */
  readonly startedAt?: Date;
  /** The conversation whose transcript we listed there, because media takes the place of the one that Insights shows by itself. */
  readonly transcriptSid?: ConversationSid;
}

/**
 * Our entries in the task's media, as we last knew them.
 *
 * The states are those of `TaskLink`, of all places together: `kept` where another's recording comes before ours in one
 * of them. `refused`: there is no room, or something that is no list lies in the place; the link is written without it.
 */
export interface TaskMedia {
  readonly state: TaskLink['state'] | 'refused';
  /** What was wanted when we last wrote or looked. */
  readonly places: readonly MediaPlace[];
  /** How often it was written since what is wanted last changed; never more than `maxLinkWrites`. */
  readonly writes: number;
  readonly writtenAt?: Date;
  /** When a read or our own write last saw our entries where they belong. */
  readonly seenAt?: Date;
  /** What played before ours, where something did: a URL or an id, the first that was met in each place. */
  readonly replaced?: readonly string[];
  /** The recordings that media still plays from Twilio, by what was last seen. */
  readonly fromTwilio: readonly RecordingSid[];
}

/** What the enrichment did or, in `observe`, would have done: the paths of the attributes, never their values. */
export interface TaskEnrichment {
  readonly mode: 'observe' | 'fill' | 'overwrite';
  readonly paths: readonly string[];
  /** Paths that the rules wanted when Insights no longer read them; each is counted once. */
  readonly latePaths?: readonly string[];
  /** How often we wrote them; never more than `maxAttributeWrites`. */
  readonly writes?: number;
  readonly at: Date;
}

/** What decides how long the task's recordings and transcripts stay; the first that was said. None of it is personal. */
export interface KeepingFacts {
  readonly clientId?: string;
  readonly direction?: 'inbound' | 'outbound';
  /** What the customer said to being recorded, where the attributes tell. */
  readonly consent?: 'given' | 'refused';
}

/** By which of Twilio's transports an event came: a sink, or the workspace's callback. */
export type EventTransport = 'event-streams' | 'task-events';

/** One task's life in the ledger; every field only ever gains knowledge, whatever the order of events. */
export interface TaskRecord {
  readonly taskSid: TaskSid;
  /** 0 until first saved; each save adds one and is conditional on the version that was read. */
  readonly version: number;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly firstSeenAt: Date;
  /** Every transport that brought an event of it, in the order of the alphabet; absent where none was told of by event. */
  readonly toldBy?: readonly EventTransport[];
  readonly createdAt?: Date;
  /** The time of the latest fact we have, or when the task was first seen if that is later. */
  readonly lastEventAt: Date;
  readonly channel?: string;
  /** The queue as of `taskQueueAt`, the latest event that named one, whenever and in whatever order events came. */
  readonly taskQueueSid?: TaskQueueSid;
  readonly taskQueueAt?: Date;
  readonly taskQueueName?: string;
  readonly parentTaskSid?: TaskSid;
  /** The root of the chain of tasks, once resolved. */
  readonly conversationId?: string;
  readonly callSids: readonly CallSid[];
  /** The customer's own call; of two that events name, the one with the smaller SID. */
  readonly customerCallSid?: CallSid;
  readonly conferenceSids: readonly ConferenceSid[];
  readonly conversationSids: readonly ConversationSid[];
  readonly legs: readonly Leg[];
  readonly workerCalls: readonly WorkerCall[];
  readonly transfers: readonly Transfer[];
  readonly recordings: readonly TaskRecording[];
  /** What `media` played from Twilio at any time: Insights prefers that to the link, and may still. */
  readonly mediaRecordingSids: readonly RecordingSid[];
  /** The recording that the link names; chosen once and not switched. */
  readonly primaryRecordingSid?: RecordingSid;
  readonly link: TaskLink;
  /** Absent while nothing of ours was ever wanted in the task's media. */
  readonly media?: TaskMedia;
  readonly enrichment?: TaskEnrichment;
  /** The task that an agent was given to listen to this one's recording; `taskSid` is absent while it is being made. */
  readonly keeping?: KeepingFacts;
  /** The keyed hashes of whoever the task is about: phone, e-mail, the team's id. */
  readonly subjectHashes?: readonly string[];
  /** A tombstone: what was personal is gone, and no event brings it back. */
  readonly erased?: { readonly at: Date; readonly erasureId: string };
  readonly review?: { readonly intendedAt: Date; readonly taskSid?: TaskSid };
  readonly endedAt?: Date;
  readonly endedBy?: 'completed' | 'canceled' | 'deleted' | 'gone';
  /** Set when the last look for recordings, after the task was gone, has been made. */
  readonly settledAt?: Date;
  /** When something can next be done for this task; absent when it is at rest. Reconcile reads what is due. */
  readonly dueAt?: Date;
}
