import type { ConversationSid, RecordingSid, TaskQueueSid, TaskSid } from '../sids.ts';

/**
 * What a comparison of Twilio, the ledger and the bucket may find. `missing-archive`: there is sound and no proved copy.
 * `missing-link`: a task with a recording ended without our link. `missing-calabrio`: a confirmation is open.
 * `deletable`: nothing but a switch keeps the source. `gone-external`: somebody else deleted it. `orphan-object`: an
 * object of which the ledger knows nothing, or nothing any more.
 */
export const findingKinds = [
  'missing-archive',
  'missing-link',
  'missing-calabrio',
  'deletable',
  'gone-external',
  'orphan-object',
] as const;

export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly sid: RecordingSid | TaskSid | ConversationSid;
  /** In a word of ours. */
  readonly why: string;
}

/** Of the tasks of a queue that an agent accepted by voice, how many have a recording. */
export interface QueueCount {
  readonly tasks: number;
  readonly recorded: number;
}

export type QueueCounts = Readonly<Record<TaskQueueSid, QueueCount>>;

export interface QueueShare extends QueueCount {
  readonly queueSid: TaskQueueSid;
  /** Absent where nothing is said of the queue. */
  readonly wantedPercent?: number;
  /** Fewer are recorded than are wanted. */
  readonly isGap: boolean;
}
