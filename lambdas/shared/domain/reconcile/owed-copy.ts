import { isTombstoned } from '../erasure/erasure-life.ts';
import type { RecordingRecord, SourceStatus } from '../recording-record.ts';
import { isEmpty } from '../source-status.ts';

/**
 * True when a recording that Twilio lists as `status` is to be taken up: the ledger does not know it, or knows it and has
 * let the time pass at which something was to be done. A tombstone, a verified copy and one that waits for a person are
 * left alone, and what is deleted has nothing left to copy.
 */
export function isCopyOwed(status: SourceStatus, record: RecordingRecord | undefined, now: Date): boolean {
  if (status === 'deleted') return false;
  if (record === undefined) return true;
  if (isTombstoned(record)) return false;
  if (record.archive.state !== 'none' && record.archive.state !== 'stored') return false;
  // What was said to hold nothing, and is complete after all.
  if (isEmpty(record.source.status)) return status === 'completed';
  return record.dueAt === undefined || record.dueAt <= now;
}
