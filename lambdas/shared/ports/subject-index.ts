import type { RecordingSid, TaskSid } from '../domain/sids.ts';

/** What one person's key leads to; recordings and transcripts follow from the tasks. */
export interface SubjectTargets {
  readonly tasks: readonly TaskSid[];
  /** Recordings that no task is known of. */
  readonly recordings: readonly RecordingSid[];
}

/** That whoever a hash stands for has asked to be forgotten, and when. */
export interface AskedErasure {
  readonly erasureId: string;
  readonly requestedAt: Date;
}

/**
 * Which tasks and recordings are about whom, under keyed hashes (`SubjectHash`). Read consistently.
 *
 * @throws {RetryableError} on throttling and broken connections.
 */
export interface SubjectIndex {
  /** Only ever adds; a repeat changes nothing. */
  add(subjectHash: string, target: TaskSid | RecordingSid): Promise<void>;
  find(subjectHash: string): Promise<SubjectTargets>;
  /** What is of an earlier time and comes to light later is that erasure's too. Only ever adds; a repeat changes nothing. */
  addErasure(subjectHash: string, erasure: AskedErasure): Promise<void>;
  erasuresOf(subjectHash: string): Promise<readonly AskedErasure[]>;
  /** For an erasure alone; what is not there is removed already. */
  remove(subjectHash: string, target: TaskSid | RecordingSid): Promise<void>;
}
