import { requestErasure } from '../shared/domain/erasure/erasure-life.ts';
import type { ErasureItem } from '../shared/domain/erasure/erasure-request.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import { newRecording } from '../shared/domain/recording-life.ts';
import { recordingSid } from '../shared/domain/sids.ts';
import { newTranscript } from '../shared/domain/transcript-life.ts';
import { changeRecording, changeTranscript } from '../shared/steps/change-record.ts';
import { actor } from './needs.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';

/**
 * Says in the item's record that it is to be erased, so that nobody begins anything with it any more. One that the ledger
 * never knew gets a record for no other purpose.
 */
export async function markRequested(
  has: EraseSubjectNeeds,
  { sid }: ErasureItem,
  { erasureId, requestedAt }: Because,
): Promise<void> {
  const at = requestedAt;
  const line = { occurredAt: at, cause: erasureId, what: 'erasure requested', actor };
  const { accountSid } = has;
  if (recordingSid.is(sid)) {
    await changeRecording(has.ledger, sid, (before) => ({
      record: applyEvent(before ?? newRecording({ recordingSid: sid, accountSid, foundBy: 'list' }, has.now()), {
        kind: 'erasure-requested',
        at,
        erasureId,
      }),
      timeline: [line],
    }));
    return;
  }
  await changeTranscript(has, sid, (before) => ({
    record: requestErasure(before ?? newTranscript({ conversationSid: sid, accountSid }, has.now()), { at, erasureId }),
    timeline: [line],
  }));
}
