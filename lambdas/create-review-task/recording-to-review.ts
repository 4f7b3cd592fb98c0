import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { PermanentError, RetryableError } from '../shared/domain/outcome.ts';
import type { IgnoreReason } from '../shared/domain/outcome.ts';
import { withPrimary } from '../shared/domain/primary-recording.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';

export type RecordingToReview =
  | { readonly kind: 'recording'; readonly recording: RecordingRecord }
  | { readonly kind: 'none'; readonly why: IgnoreReason };

/**
 * The recording that somebody shall listen to: the task's primary one, once its copy is verified, because it is the copy
 * that our link plays.
 *
 * @throws {RetryableError} `recording-not-known-yet` until the last look for the task's recordings has been made, and
 *   `archive-not-verified` as long as the copy is on its way.
 * @throws {PermanentError} `recording-not-archived` when there is no good copy: somebody must mend it and send the message again.
 */
export async function recordingToReview(
  ledger: Pick<Ledger, 'readRecording'>,
  task: TaskRecord,
): Promise<RecordingToReview> {
  const { primaryRecordingSid } = withPrimary(task);
  if (primaryRecordingSid === undefined) return withoutRecording(task);
  const recording = await ledger.readRecording(primaryRecordingSid);
  if (recording === undefined) throw notYet(primaryRecordingSid, 'the ledger has no record of it');
  const why = whyNever(recording);
  if (why !== undefined) return { kind: 'none', why };
  const { archive } = recording;
  switch (archive.state) {
    case 'verified':
      return { kind: 'recording', recording };
    case 'none':
    case 'stored':
    case 'sealed':
      throw notYet(primaryRecordingSid, `its archive is ${archive.state}`);
    case 'mismatched':
    case 'failed':
      throw new PermanentError(
        `${primaryRecordingSid} of ${task.taskSid} cannot be listened to, its archive is ${archive.state} (${archive.reason}): mend the copy, then redrive this message`,
        { reason: 'recording-not-archived' },
      );
  }
}

function withoutRecording(task: TaskRecord): RecordingToReview {
  if (task.settledAt === undefined)
    throw new RetryableError(`no recording with sound of ${task.taskSid} is known yet: it is still looked for`, {
      reason: 'recording-not-known-yet',
    });
  return { kind: 'none', why: task.recordings.length > 0 ? 'recording-absent' : 'no-recording-known' };
}

/** Why nobody will ever listen to it by our link. */
function whyNever(recording: RecordingRecord): IgnoreReason | undefined {
  if (isTombstoned(recording)) return 'tombstoned';
  const { source, archive, linkRevoked } = recording;
  if (linkRevoked) return 'review-not-wanted';
  const isGoneWithoutCopy = source.status === 'deleted' && archive.state === 'none';
  return isEmpty(source.status) || isGoneWithoutCopy ? 'recording-absent' : undefined;
}

function notYet(sid: RecordingSid, what: string): RetryableError {
  return new RetryableError(`${sid} cannot be listened to yet: ${what}`, { reason: 'archive-not-verified' });
}
