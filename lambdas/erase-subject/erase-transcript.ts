import { beginErasure, isTombstoned, transcriptTombstone } from '../shared/domain/erasure/erasure-life.ts';
import type { ErasedSource, ErasureItemState } from '../shared/domain/erasure/erasure-request.ts';
import type { ConversationSid } from '../shared/domain/sids.ts';
import type { TranscriptRecord } from '../shared/domain/transcript-record.ts';
import { transcriptKeys } from '../shared/domain/transcripts/transcript-keys.ts';
import { changeTranscript } from '../shared/steps/change-record.ts';
import { isHeldByStranger, lockInTheWay, strangersHold } from '../shared/steps/erasure-obstacles.ts';
import { actor } from './needs.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';
import { takeVersions, versionsUnder } from './take-versions.ts';

/** Takes away all there is of one transcript, then the conversation at Twilio; as `eraseRecording` does, and as often. */
export async function eraseTranscript(
  has: EraseSubjectNeeds,
  sid: ConversationSid,
  because: Because,
): Promise<ErasureItemState> {
  const record = await has.transcripts.readTranscript(sid);
  if (record === undefined) throw notMarked(sid);
  if (record.holds.length > 0) return held(record);
  const startedAt = record.source.startedAt ?? (await startAtTwilio(has, record));
  const versions = await versionsUnder(has, prefixesOf(record, startedAt));
  const lock = await lockInTheWay(has, versions);
  if (lock !== undefined) return { kind: 'locked', ...lock };
  if (await isHeldByStranger(has, record, versions)) return { kind: 'held', matters: [strangersHold] };
  const begun = await change(has, record, because, 'erasure begun', (before) =>
    beginErasure(withStart(before, startedAt), has.now()),
  );
  if (begun.holds.length > 0) return held(begun);
  const taken = await takeVersions(has, begun, versions);
  if (taken.kind === 'held') return { kind: 'held', matters: [strangersHold] };
  if (taken.kind === 'locked') return { kind: 'locked', mode: 'governance', ...taken.lock };
  const source = await eraseConversation(has, begun, because);
  return { kind: 'erased', at: has.now(), objects: taken.objects, source };
}

/** Writes the tombstone, the last thing that is ever written of it. */
export async function leaveTranscriptTombstone(
  has: EraseSubjectNeeds,
  sid: ConversationSid,
  because: Because,
  objects: number,
): Promise<void> {
  const record = await has.transcripts.readTranscript(sid);
  if (record === undefined || !isTombstoned(record)) throw notMarked(sid);
  const { erasureId } = because;
  await change(
    has,
    record,
    because,
    'erased',
    (before) => transcriptTombstone(before, { at: has.now(), erasureId }),
    `${objects} objects`,
  );
}

/** Twilio deletes a conversation with all its messages and media; what is gone already is asked for no second time. */
async function eraseConversation(
  has: EraseSubjectNeeds,
  record: TranscriptRecord,
  because: Because,
): Promise<ErasedSource> {
  const { conversationSid, source, accountSid } = record;
  if (accountSid !== has.accountSid) return 'kept-by-another-account';
  if (source.deletedAt !== undefined) return 'deleted';
  await has.ledger.addToTimeline({
    ...{ of: conversationSid, occurredAt: has.now(), cause: because.erasureId, actor },
    what: 'conversation deletion intended',
  });
  const deleted = await has.conversations.deleteConversation(conversationSid);
  const what = deleted === 'deleted' ? 'conversation deleted' : 'conversation was gone';
  const deletedAt = deleted === 'deleted' ? { deletedAt: has.now() } : {};
  await change(has, record, because, what, (before) => ({
    ...before,
    source: { ...before.source, status: 'gone', ...deletedAt },
  }));
  return deleted;
}

/** Kept before Twilio forgets it: a later look must know where the objects would lie. */
function withStart(record: TranscriptRecord, startedAt: Date | undefined): TranscriptRecord {
  if (startedAt === undefined || record.source.startedAt !== undefined) return record;
  return { ...record, source: { ...record.source, startedAt } };
}

async function startAtTwilio(has: EraseSubjectNeeds, record: TranscriptRecord): Promise<Date | undefined> {
  if (record.accountSid !== has.accountSid) return undefined;
  return (await has.conversations.fetch(record.conversationSid))?.startedAt;
}

function prefixesOf(
  { accountSid, conversationSid, archive }: TranscriptRecord,
  startedAt: Date | undefined,
): readonly string[] {
  const keys = [
    ...(archive.state === 'verified' ? [archive.transcript.json.key] : []),
    ...(startedAt === undefined ? [] : [transcriptKeys({ accountSid, conversationSid, startedAt }).json]),
  ];
  return [...new Set(keys.map((key) => `${key.slice(0, key.lastIndexOf('/') + 1)}${conversationSid}.`))];
}

function change(
  has: EraseSubjectNeeds,
  record: TranscriptRecord,
  { erasureId }: Because,
  what: string,
  to: (before: TranscriptRecord) => TranscriptRecord,
  after?: string,
): Promise<TranscriptRecord> {
  const line = { occurredAt: has.now(), cause: erasureId, what, actor, ...(after !== undefined && { after }) };
  return changeTranscript(has, record.conversationSid, (before = record) => ({
    record: to(before),
    timeline: [line],
  }));
}

function held({ holds, erasure }: TranscriptRecord): ErasureItemState {
  const begunAt = erasure.state === 'requested' ? erasure.begunAt : undefined;
  return { kind: 'held', matters: holds.map(({ matter }) => matter), ...(begunAt !== undefined && { begunAt }) };
}

function notMarked(sid: ConversationSid): TypeError {
  return new TypeError(`${sid} was marked for its erasure a moment ago and is not any more`);
}
