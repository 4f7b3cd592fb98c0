import { isDeepStrictEqual } from 'node:util';
import { RetryableError } from '../shared/domain/outcome.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { applyConversation, applyTranscriptArchive } from '../shared/domain/transcript-life.ts';
import type { ArchivedTranscript, TranscriptArchive, TranscriptRecord } from '../shared/domain/transcript-record.ts';
import type { Ledger, TimelineEntry } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { TranscriptRecords } from '../shared/ports/transcript-records.ts';
import { changeTranscript } from '../shared/steps/change-record.ts';
import type { FetchedConversation } from './fetch-conversation.ts';

export interface NoteNeeds {
  readonly ledger: Ledger;
  readonly transcripts: TranscriptRecords;
  readonly meter: Meter;
  readonly now: () => Date;
}

interface Stored {
  readonly fetched: Pick<FetchedConversation, 'status' | 'startedAt'>;
  readonly stored: ArchivedTranscript;
  readonly cause: string;
}

/**
 * Writes into the ledger that both texts lie in the archive as they should; of what the ledger says already, nothing, nor
 * of a transcript whose erasure was asked for meanwhile. Resolves to the record as it is stored.
 *
 * @throws {RetryableError} `transcript-contended` when another delivery has archived the conversation meanwhile: what it
 *   fetched may be newer than ours, so ours is fetched again.
 */
export async function noteVerified(
  has: NoteNeeds,
  announced: TranscriptRecord,
  { fetched, stored, cause }: Stored,
): Promise<TranscriptRecord> {
  const at = has.now();
  const isKnown = isSame(announced.archive, stored);
  const noted = await changeTranscript(has, announced.conversationSid, (before = announced) => {
    if (!isDeepStrictEqual(before.archive, announced.archive) && !isSame(before.archive, stored))
      throw new RetryableError(`another delivery has archived ${before.conversationSid} meanwhile`, {
        reason: 'transcript-contended',
      });
    const archive: TranscriptArchive = isSame(before.archive, stored)
      ? before.archive
      : { state: 'verified', transcript: stored, verifiedAt: at };
    const { status, startedAt } = fetched;
    return {
      record: applyTranscriptArchive(applyConversation(before, { status, startedAt }), archive),
      timeline: archive === before.archive ? [] : [line(before, { at, cause, what: 'transcript verified' }, archive)],
    };
  });
  if (!isKnown && isSame(noted.archive, stored))
    has.meter.measure({ outcome: 'verified', name: 'transcripts', unit: 'Count', value: 1 });
  return noted;
}

/** For so long a conversation that was never archived is looked for again: all would be missing from a wrong service. */
const giveUpSeconds = 7 * 86_400;

/**
 * Twilio does not have it: what was archived before stays, and what was not is looked for again for a week, when attempts
 * say, before there will be nothing.
 */
export async function noteGone(has: NoteNeeds, announced: TranscriptRecord, cause: string): Promise<void> {
  const at = has.now();
  await changeTranscript(has, announced.conversationSid, (before = announced) => {
    const gone = applyConversation(before, { status: 'gone' });
    const isOver = before.archive.state === 'verified' || at >= secondsAfter(before.firstSeenAt, giveUpSeconds);
    const reason = 'Twilio did not have the conversation when it was to be archived';
    return {
      record: isOver ? applyTranscriptArchive(gone, { state: 'failed', reason }) : gone,
      timeline: before.source.status === 'gone' ? [] : [line(before, { at, cause, what: 'conversation gone' })],
    };
  });
  if (announced.source.status !== 'gone')
    has.meter.measure({ outcome: 'gone', name: 'transcripts', unit: 'Count', value: 1 });
}

/** Another account's: it is none of ours, whatever the task says. */
export async function noteForeign(has: NoteNeeds, announced: TranscriptRecord, cause: string): Promise<void> {
  const failed = { state: 'failed', reason: 'the conversation is of another account' } as const;
  const at = has.now();
  await changeTranscript(has, announced.conversationSid, (before = announced) => ({
    record: applyTranscriptArchive(before, failed),
    timeline: isDeepStrictEqual(before.archive, failed)
      ? []
      : [line(before, { at, cause, what: 'conversation foreign' }, failed)],
  }));
}

/** In numbers and words of ours: what was said is in the archive alone. */
function line(
  before: TranscriptRecord,
  { at, cause, what }: { readonly at: Date; readonly cause: string; readonly what: string },
  archive: TranscriptArchive = before.archive,
): Omit<TimelineEntry, 'of'> {
  const [was, is] = [said(before.archive), said(archive)];
  return { occurredAt: at, cause, what, actor: 'archive-transcript', before: was, after: is };
}

function said(archive: TranscriptArchive): string {
  if (archive.state !== 'verified') return archive.state;
  const { messages } = archive.transcript;
  return `verified, ${messages} ${messages === 1 ? 'message' : 'messages'}`;
}

/** The very versions that the ledger knows. */
function isSame(archive: TranscriptArchive, { json, text }: ArchivedTranscript): boolean {
  if (archive.state !== 'verified') return false;
  const { transcript } = archive;
  return isDeepStrictEqual([transcript.json, transcript.text], [json, text]);
}
