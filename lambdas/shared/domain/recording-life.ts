import type { ArchiveFacet, RecordingRecord, RecordingSource } from './recording-record.ts';
import { isHoldOwed, keepingDueAt } from './retention/keeping-life.ts';
import { earlier, secondsAfter } from './seconds-after.ts';
import type { AccountSid, RecordingSid, TaskSid } from './sids.ts';
import { isEmpty, progressOf } from './source-status.ts';
import type { FoundBy } from './task-record.ts';

/** If nothing at all happens to an open recording, reconcile looks again after this. */
const reviewSeconds = 3600;

/** From a day's age on the looks grow rarer with it: what a person must mend shall not become a dead letter an hour. */
const reviewShareOfAge = 1 / 24;

/** How soon S3 is told again what it could not be told, however old the recording is. */
const keepingAgainSeconds = 24 * 3600;

/** How long missing media is asked for by the message itself, before the wait becomes the ledger's. */
export const mediaPatienceSeconds = 900;

/** How long after the first refusal missing media is given up. */
export const mediaGiveUpSeconds = 6 * 3600;

/** How soon a recording that is still running, or whose media does not come, is looked at again. */
export const mediaReviewSeconds = 600;

/** A recording of which nothing is known but its SID, whose it is and how it was found. */
export function newRecording(
  of: { readonly recordingSid: RecordingSid; readonly accountSid: AccountSid; readonly foundBy: FoundBy },
  at: Date,
): RecordingRecord {
  return {
    recordingSid: of.recordingSid,
    version: 0,
    accountSid: of.accountSid,
    foundBy: of.foundBy,
    firstSeenAt: at,
    source: { status: 'unknown' },
    archive: { state: 'none' },
    taskSids: [],
    linkRevoked: false,
    contacts: [],
    verifications: [],
    holds: [],
    deletion: { state: 'none' },
    erasure: { state: 'none' },
    reports: [],
    dueAt: secondsAfter(at, reviewSeconds),
  };
}

/**
 * What is known of the source after Twilio said more; late and repeated news never takes knowledge back.
 *
 * A status only moves forward, but for in-progress and paused, which alternate. News of an earlier status only fills
 * what is not known yet, and what was said of an empty recording is forgotten when it turns out to be complete. Nothing
 * changes an erased recording.
 */
export function applySource(recording: RecordingRecord, news: RecordingSource): RecordingRecord {
  if (recording.erasure.state === 'erased') return recording;
  const { source } = recording;
  const isOld = progressOf(news.status) < progressOf(source.status);
  if (isOld) return atRestWhenDone({ ...recording, source: { ...news, ...source } });
  const { errorCode: _corrected, ...withoutError } = source;
  const before = isEmpty(source.status) && !isEmpty(news.status) ? withoutError : source;
  return atRestWhenDone({ ...recording, source: { ...before, ...news } });
}

export function addTask(recording: RecordingRecord, sid: TaskSid): RecordingRecord {
  return recording.taskSids.includes(sid) ? recording : { ...recording, taskSids: [...recording.taskSids, sid].sort() };
}

/** A verified copy stays verified until it is doubted, and an erased recording as it is; anything else gives way to what is new. */
export function applyArchive(recording: RecordingRecord, archive: ArchiveFacet): RecordingRecord {
  if (recording.archive.state === 'verified' || recording.erasure.state === 'erased') return recording;
  return atRestWhenDone({ ...recording, archive });
}

/**
 * Somebody is at work on it: if nothing comes of that, reconcile looks again an hour after `at`. A review that was due is
 * put off as long: until the work gets as far as a new plan, reconcile shall not send one more of it with every run.
 */
export function applyAttempt(recording: RecordingRecord, at: Date): RecordingRecord {
  const ageSeconds = (at.getTime() - recording.firstSeenAt.getTime()) / 1000;
  const againAt = secondsAfter(at, Math.max(reviewSeconds, ageSeconds * reviewShareOfAge));
  const isReviewDue = recording.reviewAt !== undefined && recording.reviewAt <= at;
  const attempted = isReviewDue ? { ...recording, reviewAt: againAt } : recording;
  return putOff(attempted, at, againAt);
}

/** A wait that we chose: reconcile sends the work again after `seconds`; a recording at rest waits only for what S3 is owed. */
export function applyWait(recording: RecordingRecord, at: Date, seconds: number): RecordingRecord {
  return putOff(recording, at, secondsAfter(at, seconds));
}

/** The media was asked for and not there; the first time is kept, because all patience counts from it. */
export function applyMediaMissing(recording: RecordingRecord, at: Date): RecordingRecord {
  return { ...recording, mediaMissingSince: recording.mediaMissingSince ?? at };
}

/** Twilio has it and it still runs: what was missing before the recording's end says nothing of the wait after it. */
export function applyFound(recording: RecordingRecord): RecordingRecord {
  const { mediaMissingSince: _found, ...rest } = recording;
  return progressOf(recording.source.status) <= progressOf('in-progress') ? rest : recording;
}

function isAtRest(recording: RecordingRecord): boolean {
  return (
    recording.archive.state === 'verified' ||
    recording.archive.state === 'failed' ||
    recording.archive.state === 'mismatched' ||
    isEmpty(recording.source.status)
  );
}

/**
 * Whose copy is made or given up has only what S3 is owed to wait for; any other has an appointment of its own, for which a
 * hold that S3 does not know of does not wait.
 */
export function atRestWhenDone(recording: RecordingRecord): RecordingRecord {
  if (!isAtRest(recording)) {
    const holdAt = isHoldOwed(recording) ? keepingDueAt(recording) : undefined;
    return holdAt === undefined ? recording : { ...recording, dueAt: earlier(recording.dueAt, holdAt) };
  }
  const { dueAt: _done, ...rest } = recording;
  const owedAt = keepingDueAt(rest);
  return owedAt === undefined ? rest : { ...rest, dueAt: owedAt };
}

/** Work that is under way, or was left for later, comes again at `againAt`; what S3 is owed of it no later than in a day. */
function putOff(recording: RecordingRecord, at: Date, againAt: Date): RecordingRecord {
  const owedAt = keepingDueAt(recording);
  if (owedAt === undefined) return isAtRest(recording) ? atRestWhenDone(recording) : { ...recording, dueAt: againAt };
  const keepingAt = owedAt > at ? owedAt : earlier(againAt, secondsAfter(at, keepingAgainSeconds));
  return { ...recording, dueAt: isAtRest(recording) ? keepingAt : earlier(againAt, keepingAt) };
}
