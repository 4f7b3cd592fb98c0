import { archiveKey } from '../shared/domain/archive-key.ts';
import type { ErasureItemState } from '../shared/domain/erasure/erasure-request.ts';
import { isTombstoned, recordingTombstone } from '../shared/domain/erasure/erasure-life.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { isHeldByStranger, lockInTheWay, strangersHold } from '../shared/steps/erasure-obstacles.ts';
import { eraseSource } from './erase-source.ts';
import { actor } from './needs.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';
import { takeVersions, versionsUnder } from './take-versions.ts';

/**
 * Takes away all there is of one recording: its objects in every version, then its source at Twilio. Held or locked, it
 * is left whole; a hold that is placed while this is at work wins until the beginning is written down.
 *
 * A second call takes away what has come since, and is `open` as long as Twilio is not done with the recording.
 */
export async function eraseRecording(
  has: EraseSubjectNeeds,
  sid: RecordingSid,
  because: Because,
): Promise<ErasureItemState> {
  const record = await withStart(has, await recordOf(has, sid));
  if (record.holds.length > 0) return held(record);
  const versions = await versionsUnder(has, prefixesOf(record));
  const lock = await lockInTheWay(has, versions);
  if (lock !== undefined) return { kind: 'locked', ...lock };
  if (await isHeldByStranger(has, record, versions)) return { kind: 'held', matters: [strangersHold] };
  const begun = await changeRecording(has.ledger, sid, (before = record) => ({
    record: applyEvent(before, { kind: 'erasure-begun', at: has.now() }),
    timeline: [{ occurredAt: has.now(), cause: because.erasureId, what: 'erasure begun', actor }],
  }));
  if (begun.holds.length > 0) return held(begun);
  const taken = await takeVersions(has, begun, versions);
  if (taken.kind === 'held') return { kind: 'held', matters: [strangersHold] };
  if (taken.kind === 'locked') return { kind: 'locked', mode: 'governance', ...taken.lock };
  const source = await eraseSource(has, begun, because);
  if (source === 'not-yet') return { kind: 'open' };
  if (source === 'held') return held(await recordOf(has, sid));
  return { kind: 'erased', at: has.now(), objects: taken.objects, source };
}

/** Writes the tombstone, the last thing that is ever written of it; a hold that came to what is gone changes nothing. */
export async function leaveRecordingTombstone(
  has: EraseSubjectNeeds,
  sid: RecordingSid,
  { erasureId }: Because,
  objects: number,
): Promise<void> {
  const at = has.now();
  await changeRecording(has.ledger, sid, (before) => {
    if (before === undefined || !isTombstoned(before)) throw notMarked(sid);
    const line = { occurredAt: at, cause: erasureId, what: 'erased', actor, after: `${objects} objects` };
    return { record: recordingTombstone(before, { at, erasureId }), timeline: [line] };
  });
}

async function recordOf(has: EraseSubjectNeeds, sid: RecordingSid): Promise<RecordingRecord> {
  const record = await has.ledger.readRecording(sid);
  if (record === undefined) throw notMarked(sid);
  return record;
}

/** Without its day nobody knows where its objects would lie: Twilio is asked, which no copy was made without either. */
async function withStart(has: EraseSubjectNeeds, record: RecordingRecord): Promise<RecordingRecord> {
  if (record.source.startedAt !== undefined || record.accountSid !== has.accountSid) return record;
  const fetched = await has.recordings.fetchAlsoDeleted(record.accountSid, record.recordingSid);
  if (fetched.kind === 'gone') return record;
  const { recordingSid: _sid, accountSid: _account, ...source } = fetched.recording;
  return changeRecording(has.ledger, record.recordingSid, (before = record) => ({
    record: applyEvent(before, { kind: 'source', source }),
    timeline: [],
  }));
}

/** Where its objects lie: by the record's copy and by its day, which are the same unless somebody meddled. */
function prefixesOf({ accountSid, recordingSid, source, archive }: RecordingRecord): readonly string[] {
  const keys = [
    ...('audio' in archive && archive.audio !== undefined ? [archive.audio.key] : []),
    ...(source.startedAt === undefined ? [] : [archiveKey({ accountSid, recordingSid, startedAt: source.startedAt })]),
  ];
  return [...new Set(keys.map((key) => `${key.slice(0, key.lastIndexOf('/') + 1)}${recordingSid}.`))];
}

function held({ holds, erasure }: RecordingRecord): ErasureItemState {
  const begunAt = erasure.state === 'requested' ? erasure.begunAt : undefined;
  return { kind: 'held', matters: holds.map(({ matter }) => matter), ...(begunAt !== undefined && { begunAt }) };
}

function notMarked(sid: RecordingSid): TypeError {
  return new TypeError(`${sid} was marked for its erasure a moment ago and is not any more`);
}
