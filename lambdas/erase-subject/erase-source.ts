import type { ErasedSource } from '../shared/domain/erasure/erasure-request.ts';
import { RetryableError } from '../shared/domain/outcome.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { actor } from './needs.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';

/**
 * Deletes the recording at Twilio: the intent on timeline and record before, what Twilio shows afterwards after.
 * `not-yet`: Twilio refuses, as it does while the call is on. `held`: a hold has come, and what is left at Twilio stays.
 *
 * @throws {RetryableError} `deletion-unconfirmed` when Twilio took the deletion and shows the recording still.
 */
export async function eraseSource(
  has: EraseSubjectNeeds,
  record: RecordingRecord,
  because: Because,
): Promise<ErasedSource | 'not-yet' | 'held'> {
  if (record.accountSid !== has.accountSid) return 'kept-by-another-account';
  const { deletion } = record;
  if (deletion.state === 'deleted') return deletion.intendedAt < because.requestedAt ? 'was-gone' : 'deleted';
  if (deletion.state === 'gone-external') return 'was-gone';
  const before = await confirmedGone(has, record);
  if (before !== undefined && deletion.state === 'intended') return settle(has, record, before, because);
  if (before !== undefined) {
    const isHeardOf = record.source.status !== 'unknown';
    await note(has, record, because, { kind: 'found-gone', at: has.now() }, 'source gone without our intent');
    return isHeardOf ? 'was-gone' : 'never-was';
  }
  const intended = await note(has, record, because, { kind: 'deletion-intended', at: has.now() }, 'deletion intended');
  if (intended.holds.length > 0) return 'held';
  const answer = await has.recordings.deleteRecording(record.accountSid, record.recordingSid);
  const after = await confirmedGone(has, record);
  if (after !== undefined) return settle(has, record, after, because);
  if (answer.kind === 'refused') {
    await note(has, record, because, { kind: 'deletion-withdrawn' }, `deletion refused with ${answer.status}`);
    return 'not-yet';
  }
  throw new RetryableError(`Twilio took the deletion of ${record.recordingSid} and shows it still`, {
    reason: 'deletion-unconfirmed',
  });
}

async function confirmedGone(
  has: EraseSubjectNeeds,
  { accountSid, recordingSid }: RecordingRecord,
): Promise<'not-found' | 'soft-deleted' | undefined> {
  const fetched = await has.recordings.fetchAlsoDeleted(accountSid, recordingSid);
  if (fetched.kind === 'gone') return 'not-found';
  return fetched.recording.status === 'deleted' ? 'soft-deleted' : undefined;
}

async function settle(
  has: EraseSubjectNeeds,
  record: RecordingRecord,
  confirmedBy: 'not-found' | 'soft-deleted',
  because: Because,
): Promise<'deleted'> {
  await note(has, record, because, { kind: 'deleted', at: has.now(), confirmedBy }, 'source deleted', confirmedBy);
  return 'deleted';
}

async function note(
  has: EraseSubjectNeeds,
  { recordingSid }: RecordingRecord,
  { erasureId }: Because,
  event: RecordingEvent,
  what: string,
  after?: string,
): Promise<RecordingRecord> {
  const line = { occurredAt: has.now(), cause: erasureId, what, actor, ...(after !== undefined && { after }) };
  return changeRecording(has.ledger, recordingSid, (before) => {
    if (before === undefined) throw new TypeError(`${recordingSid} was in the ledger a moment ago and is not any more`);
    if (event.kind === 'deletion-intended' && before.holds.length > 0) return { record: before, timeline: [] };
    return { record: applyEvent(before, event), timeline: [line] };
  });
}
