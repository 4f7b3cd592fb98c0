import { certificateOf } from '../shared/domain/erasure/certificate.ts';
import type { ErasureRequest } from '../shared/domain/erasure/erasure-request.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { recordingSid } from '../shared/domain/sids.ts';
import { changeRequest } from './change-request.ts';
import { leaveRecordingTombstone } from './erase-recording.ts';
import { leaveTranscriptTombstone } from './erase-transcript.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';

/** A hold is released some day, and a governance lock's role may be given: a blocked erasure is tried again so often. */
const triedAgainSeconds = 24 * 3600;

/**
 * Writes the tombstones of everything that is gone, the certificate, and then that the erasure rests: `finished`, or
 * `blocked` by a hold or a lock, when it is taken up again by itself. Where something turned up since `request` was read it
 * rests not yet: everything is looked for once more.
 */
export async function endErasure(has: EraseSubjectNeeds, request: ErasureRequest, because: Because): Promise<void> {
  for (const { sid, state } of request.items) {
    if (state.kind !== 'erased') continue;
    if (recordingSid.is(sid)) {
      await has.personalItems.removeInbox(sid);
      await leaveRecordingTombstone(has, sid, because, state.objects);
      // Only what has no task is found by itself.
      for (const hash of request.subjectHashes) await has.index.remove(hash, sid);
    } else await leaveTranscriptTombstone(has, sid, because, state.objects);
  }
  const ended = restAt(request, has.now());
  await has.certificates.put(request.erasureId, JSON.stringify(certificateOf(ended), null, 2));
  let isNews = false;
  await changeRequest(has, request.erasureId, (before) => {
    if (before.version !== request.version) return { ...before, state: 'open', dueAt: has.now() };
    isNews = before.state !== ended.state;
    return ended;
  });
  if (isNews) has.meter.measure({ name: 'erasures', outcome: ended.state, unit: 'Count', value: 1 });
}

function restAt(request: ErasureRequest, now: Date): ErasureRequest {
  const { dueAt: _over, finishedAt: _before, ...rest } = request;
  const blocking = request.items.filter(({ state }) => state.kind === 'held' || state.kind === 'locked');
  if (blocking.length === 0) return { ...rest, state: 'finished', finishedAt: now };
  const ends = blocking.flatMap(({ state }) => ('until' in state && state.until !== undefined ? [state.until] : []));
  const areAllLocks = ends.length === blocking.length;
  const soonest = new Date(Math.min(...ends.map((until) => until.getTime())));
  const again = secondsAfter(now, triedAgainSeconds);
  const dueAt = areAllLocks && soonest > again ? secondsAfter(soonest, 1) : again;
  return { ...rest, state: 'blocked', dueAt };
}
