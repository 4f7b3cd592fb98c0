import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';

/** What the ledger would hold: the records as the domain makes them of the facts, in the order in which they came. */
export interface Known {
  readonly recording: RecordingRecord;
  /** The recording's own tasks: those that are named, or share its call or conference. */
  readonly tasks: readonly TaskRecord[];
}
