import { PermanentError, RetryableError } from '../shared/domain/outcome.ts';
import {
  applyFound,
  applyMediaMissing,
  applySource,
  applyWait,
  mediaGiveUpSeconds,
  mediaPatienceSeconds,
  mediaReviewSeconds,
} from '../shared/domain/recording-life.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import { withPauses } from '../shared/domain/recording-pauses.ts';
import type { RecordingRecord, RecordingSource } from '../shared/domain/recording-record.ts';
import { isFinal } from '../shared/domain/source-status.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { RecordingResource, Recordings } from '../shared/ports/recordings.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { followPlan } from '../shared/steps/follow-plan.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { changeArchive } from './change-archive.ts';
import { aliasesOf } from '../shared/steps/known-tasks.ts';
import { sourceMoved } from './record-news.ts';

interface Needs extends PlanNeeds {
  readonly recordings: Recordings;
  readonly meter: Meter;
}

/** `waiting`: Twilio is not done with it, and the ledger says when to look again. */
export type FetchedSource =
  { readonly kind: 'known'; readonly recording: RecordingRecord } | { readonly kind: 'waiting' };

/**
 * Asks Twilio for the Recording resource and writes into the ledger what it says: status, day, channels, duration.
 * Once the bytes are stored, sealed ones too, nothing of the resource is needed any more, and Twilio is not asked.
 *
 * @throws as `missing` does when Twilio does not know the recording (yet, or any more), or is not done with it.
 */
export async function fetchSource(has: Needs, recording: RecordingRecord, cause: string): Promise<FetchedSource> {
  if (['verified', 'stored', 'sealed'].includes(recording.archive.state)) return { kind: 'known', recording };
  const fetched = await has.recordings.fetch(recording.accountSid, recording.recordingSid);
  if (fetched.kind === 'gone') {
    await giveUpIfDeleted(has, recording, cause);
    await missing(has, recording, cause, 'the Recording resource');
    return { kind: 'waiting' };
  }
  const known = await recordSource(has, recording, sourceOf(fetched.recording), cause);
  if (known.source.status === 'deleted') return giveUpDeleted(has, known, cause);
  const { status } = fetched.recording;
  // Processing takes seconds, and so does a resource behind its own callback: the message waits for those. A running
  // call may take hours, so the ledger does.
  const isEnding = status === 'processing' || status === 'stopped';
  if (!isEnding && (isFinal(status) || !isFinal(known.source.status))) return { kind: 'known', recording: known };
  await missing(has, known, cause, 'its end of processing');
  return { kind: 'waiting' };
}

/** What is not there may not be there yet; what Twilio shows as deleted never will be. */
async function giveUpIfDeleted(has: Needs, recording: RecordingRecord, cause: string): Promise<void> {
  const fetched = await has.recordings.fetchAlsoDeleted(recording.accountSid, recording.recordingSid);
  if (fetched.kind === 'gone' || fetched.recording.status !== 'deleted') return;
  await giveUpDeleted(has, await recordSource(has, recording, sourceOf(fetched.recording), cause), cause);
}

/** Nobody of ours deletes what is not archived, so somebody else did: that is written down and rings an alarm. */
async function giveUpDeleted(has: Needs, recording: RecordingRecord, cause: string): Promise<never> {
  const occurredAt = has.now();
  const who = { occurredAt, cause, actor: 'archive-recording' };
  has.meter.measure({ outcome: 'gone-external', name: 'sourcesGone', unit: 'Count', value: 1 });
  const gone = await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: applyEvent(before, { kind: 'found-gone', at: occurredAt }),
    timeline: [
      { ...who, what: 'source gone without our intent', before: before.deletion.state, after: 'gone-external' },
    ],
  }));
  return giveUp(has, gone, cause, 'source-deleted', 'somebody deleted it at Twilio before it was archived');
}

async function recordSource(
  has: Needs,
  recording: RecordingRecord,
  source: RecordingSource,
  cause: string,
): Promise<RecordingRecord> {
  const at = has.now();
  const known = await changeRecording(has.ledger, recording.recordingSid, (before = recording) => {
    const record = applyFound(applySource(withPauses(before, source.status, at), source));
    return { record, timeline: sourceMoved(before, record, cause, at) };
  });
  await has.ledger.addAliases(aliasesOf(known), known.recordingSid);
  return known;
}

/**
 * What is missing may come: for 15 minutes the message itself asks again, then the ledger does every ten minutes, and
 * after six hours a person is told.
 *
 * @throws {RetryableError} `media-not-there-yet` within the first 15 minutes.
 * @throws {PermanentError} `media-never-came` after six hours.
 */
export async function missing(has: Needs, recording: RecordingRecord, cause: string, what: string): Promise<void> {
  const at = has.now();
  const waiting = await changeRecording(has.ledger, recording.recordingSid, (before = recording) => {
    const missed = applyMediaMissing(before, at);
    return {
      record: missed,
      timeline:
        before.mediaMissingSince === undefined
          ? [{ occurredAt: at, cause, what: 'media missing', actor: 'archive-recording', after: what }]
          : [],
    };
  });
  const waitedSeconds = Math.round((at.getTime() - (waiting.mediaMissingSince ?? at).getTime()) / 1000);
  if (waitedSeconds < mediaPatienceSeconds) {
    throw new RetryableError(`${recording.recordingSid}: Twilio has not got ${what} after ${waitedSeconds} s`, {
      reason: 'media-not-there-yet',
    });
  }
  if (waitedSeconds < mediaGiveUpSeconds) {
    return leaveToLedger(has, waiting);
  }
  await giveUp(
    has,
    waiting,
    cause,
    'media-never-came',
    `Twilio had not got ${what} for ${waitedSeconds} s, ${mediaGiveUpSeconds} s are allowed`,
  );
}

/** The recording runs, or Twilio is still at it: the ledger says when to look again, and the message is done. */
export async function leaveToLedger(has: Pick<Needs, 'ledger' | 'now'>, recording: RecordingRecord): Promise<void> {
  const at = has.now();
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: applyWait(before, at, mediaReviewSeconds),
    timeline: [],
  }));
}

/**
 * Ends the archive of a recording for good, in the ledger and by parking the message.
 *
 * @throws {PermanentError} always, with `reason`.
 */
async function giveUp(
  has: Needs,
  recording: RecordingRecord,
  cause: string,
  reason: string,
  because: string,
): Promise<never> {
  await changeArchive(has, recording, cause, { state: 'failed', reason }, reason);
  await followPlan(has, recording, { cause, actor: 'archive-recording' });
  throw new PermanentError(`${recording.recordingSid}: ${because}; look for it in Twilio's console`, { reason });
}

function sourceOf(resource: RecordingResource): RecordingSource {
  const { recordingSid: _sid, accountSid: _account, ...source } = resource;
  return source;
}
