import { isTombstoned } from '../../lambdas/shared/domain/erasure/erasure-life.ts';
import { isCopyOwed } from '../../lambdas/shared/domain/reconcile/owed-copy.ts';
import type { BackfillCounts } from '../../lambdas/shared/domain/reconcile/backfill-control.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import { isEmpty } from '../../lambdas/shared/domain/source-status.ts';
import type { RecordingResource } from '../../lambdas/shared/ports/recordings.ts';

export type Verdict = 'send' | 'known' | 'tombstoned' | 'empty';

/** What is to become of one recording of Twilio's; one that holds nothing, or was deleted there, needs no archive. */
export function judgeRecording({ status }: RecordingResource, record: RecordingRecord | undefined, now: Date): Verdict {
  if (record !== undefined && isTombstoned(record)) return 'tombstoned';
  if (status === 'deleted' || isEmpty(status)) return 'empty';
  return isCopyOwed(status, record, now) ? 'send' : 'known';
}

/** Twilio's WAV: 8,000 samples of two bytes a second and channel. */
const bytesPerSecond = 16_000;

/** The counts with one more recording in them. */
export function withJudged(counts: BackfillCounts, recording: RecordingResource, verdict: Verdict): BackfillCounts {
  const { durationSeconds = 0, channels = 1 } = recording;
  const found = { ...counts, found: counts.found + 1 };
  switch (verdict) {
    case 'known':
      return { ...found, known: counts.known + 1 };
    case 'tombstoned':
      return { ...found, tombstoned: counts.tombstoned + 1 };
    case 'empty':
      return { ...found, empty: counts.empty + 1 };
    case 'send':
      return {
        ...{ ...found, sent: counts.sent + 1 },
        minutes: counts.minutes + Math.ceil(durationSeconds / 60),
        bytes: counts.bytes + durationSeconds * channels * bytesPerSecond,
      };
  }
}
