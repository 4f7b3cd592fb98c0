import { compareText } from './compare-text.ts';
import { isTombstoned } from './erasure/erasure-life.ts';
import { applyKeeping, keepingDueAt } from './retention/keeping-life.ts';
import type { KeepingEvent } from './retention/keeping-life.ts';
import { secondsAfter } from './seconds-after.ts';
import type { AccountSid, ConversationSid, TaskSid } from './sids.ts';
import type { TranscriptArchive, TranscriptRecord, TranscriptSource } from './transcript-record.ts';

/** If nothing at all comes of the work on a transcript, reconcile looks again after this. */
const reviewSeconds = 3600;

/** From a day's age on the looks grow rarer with it, as those for a recording do. */
const reviewShareOfAge = 1 / 24;

/** A transcript of which nothing is known but its conversation's SID and whose it is. */
export function newTranscript(
  of: { readonly conversationSid: ConversationSid; readonly accountSid: AccountSid },
  at: Date,
): TranscriptRecord {
  return {
    conversationSid: of.conversationSid,
    version: 0,
    accountSid: of.accountSid,
    firstSeenAt: at,
    taskSids: [],
    source: { status: 'unknown' },
    archive: { state: 'none' },
    holds: [],
    erasure: { state: 'none' },
    dueAt: secondsAfter(at, reviewSeconds),
  };
}

export function addTranscriptTask(transcript: TranscriptRecord, sid: TaskSid): TranscriptRecord {
  if (isTombstoned(transcript) || transcript.taskSids.includes(sid)) return transcript;
  return { ...transcript, taskSids: [...transcript.taskSids, sid].sort(compareText) };
}

/** What Twilio says now; the conversation's beginning is the first that was said, because the archive key is made of it. */
export function applyConversation(
  transcript: TranscriptRecord,
  news: Pick<TranscriptSource, 'status' | 'startedAt'>,
): TranscriptRecord {
  const { source } = transcript;
  if (isTombstoned(transcript)) return transcript;
  const startedAt = source.startedAt ?? news.startedAt;
  return { ...transcript, source: { ...source, status: news.status, ...(startedAt !== undefined && { startedAt }) } };
}

/** A verified copy gives way to a later verified one alone; the transcript is then at rest, as it is when it failed. */
export function applyTranscriptArchive(transcript: TranscriptRecord, archive: TranscriptArchive): TranscriptRecord {
  if (isTombstoned(transcript)) return transcript;
  const isKept = transcript.archive.state === 'verified' && archive.state !== 'verified';
  return atRest(isKept ? transcript : { ...transcript, archive });
}

/** The transcript after one more event of its keeping; nothing changes an erased one. */
export function applyTranscriptKeeping(transcript: TranscriptRecord, event: KeepingEvent): TranscriptRecord {
  if (transcript.erasure.state === 'erased') return transcript;
  const after = applyKeeping(transcript, event);
  // One that is not archived yet has its own appointment, and S3 has nothing of it.
  return after.archive.state === 'none' ? after : atRest(after);
}

/** Of a transcript whose work is done, only what S3 is owed is due. */
function atRest(transcript: TranscriptRecord): TranscriptRecord {
  const { dueAt: _done, ...rest } = transcript;
  const owedAt = keepingDueAt(rest);
  return owedAt === undefined ? rest : { ...rest, dueAt: owedAt };
}

/**
 * Somebody is at work on it: what is not archived yet, or was due, is looked at again an hour after `at`, or a
 * twenty-fourth of its age. Whoever gets to the end of the work takes the appointment away, or makes the next one.
 */
export function applyTranscriptAttempt(transcript: TranscriptRecord, at: Date): TranscriptRecord {
  const isOwed = transcript.archive.state === 'none' || (transcript.dueAt !== undefined && transcript.dueAt <= at);
  if (isTombstoned(transcript) || !isOwed) return transcript;
  const ageSeconds = (at.getTime() - transcript.firstSeenAt.getTime()) / 1000;
  return { ...transcript, dueAt: secondsAfter(at, Math.max(reviewSeconds, ageSeconds * reviewShareOfAge)) };
}

/** When reconcile next takes it up; never once its erasure was asked for, which has an appointment of its own. */
export function nextTranscriptDueAt(transcript: TranscriptRecord): Date | undefined {
  return isTombstoned(transcript) ? undefined : transcript.dueAt;
}

/** The day in the operator's lists: the conversation's, not that of our work on it. */
export function transcriptDayAt({ source, firstSeenAt }: TranscriptRecord): Date {
  return source.startedAt ?? firstSeenAt;
}

/** Where a transcript is in its life, in one word for people; nothing is decided by it. */
export type TranscriptLabel = 'announced' | 'archived' | 'held' | 'erased' | 'stuck';

export function transcriptLabel({ archive, erasure, holds }: TranscriptRecord): TranscriptLabel {
  if (erasure.state === 'erased') return 'erased';
  if (archive.state === 'failed') return 'stuck';
  if (holds.length > 0) return 'held';
  return archive.state === 'verified' ? 'archived' : 'announced';
}
