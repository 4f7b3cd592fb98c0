import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { hasRetentionEnded } from '../shared/domain/retention/keeping-life.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import { accountSid } from '../shared/domain/sids.ts';
import type { RawWebhook } from '../shared/messages/gateway-envelope.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import { parseRecordingCallback } from '../shared/messages/recording-callback.ts';
import type { ArchiveRecording } from '../shared/messages/work-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { ProveSender } from '../shared/ports/sender-proof.ts';
import { askConference } from './ask-conference.ts';
import type { ConferenceNeeds } from './ask-conference.ts';
import { copyRecording } from './copy-recording.ts';
import type { CopyNeeds } from './copy-recording.ts';
import { isErased } from './erased-with-task.ts';
import type { ErasedNeeds } from './erased-with-task.ts';
import { fetchSource, leaveToLedger } from './fetch-source.ts';
import { keepCopy, letGoOfErased, tellHolds } from './keep-copy.ts';
import type { KeepCopyNeeds } from './keep-copy.ts';
import { proveAgain } from './prove-again.ts';
import { queueLinks } from './queue-links.ts';
import type { LinkNeeds } from './queue-links.ts';
import { followPlan } from '../shared/steps/follow-plan.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { recordNews } from './record-news.ts';
import { wakeStatuses } from './wake-statuses.ts';
import type { WakeNeeds } from './wake-statuses.ts';
import type { RecordingNews } from './record-news.ts';

export type ArchiveRecordingMessage = RawWebhook | ArchiveRecording;

export interface ArchiveRecordingNeeds
  extends ConferenceNeeds, CopyNeeds, KeepCopyNeeds, ErasedNeeds, LinkNeeds, PlanNeeds, WakeNeeds {
  readonly proveSender: ProveSender;
  readonly accountSid: string;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readArchiveRecordingMessage(body: string): ArchiveRecordingMessage {
  const message = readQueueMessage(body);
  if (message.route === 'twilio/recording-events' || message.route === 'internal/archive-recording') return message;
  throw misrouted(message, 'archive-recording');
}

/**
 * Records that a recording is known, queues its link at once, and copies it to S3 when it is final.
 *
 * Then it is decided how long the copy stays, and S3 is told. What follows from all that (a report, the deletion of the
 * source) is planned last, on the record as it is then stored.
 *
 * Each step is made repeatable by itself: a second delivery finds what is done and goes on with what is not.
 */
export function archiveRecording(
  has: ArchiveRecordingNeeds,
): (message: ArchiveRecordingMessage, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    const news =
      message.route === 'internal/archive-recording'
        ? newsOfWork(has, message)
        : await newsOfCallback(has, message, context);
    context.note({ recordingSid: news.recordingSid, taskSid: news.taskSid });
    if (news.accountSid !== has.accountSid) return ignored('foreign-account');
    const announced = await recordNews(has, news);
    if (await isErased(has, announced, news.cause)) {
      await letGoOfErased(has, announced, news.cause);
      return ignored('tombstoned');
    }
    await tellHolds(has, announced, { cause: news.cause, isAgain: context.receiveCount > 1 });
    await wakeStatuses(has, announced, news.cause);
    const ended = await workOn(has, announced, news, context.receiveCount);
    await keepCopy(has, ended.recording, news.cause);
    await followPlan(has, ended.recording, { cause: news.cause, actor: 'archive-recording' });
    return ended.outcome;
  };
}

/** How the work on the recording ended, and the recording as it was last read. */
interface Ended {
  readonly outcome: Outcome;
  readonly recording: RecordingRecord;
}

async function workOn(
  has: ArchiveRecordingNeeds,
  announced: RecordingRecord,
  news: RecordingNews,
  receiveCount: number,
): Promise<Ended> {
  const ended = (outcome: Outcome, recording = announced): Ended => ({ outcome, recording });
  // Nothing is written beside what S3 has let go, or is about to.
  if (hasRetentionEnded(announced, has.now())) return ended(ignored('retention-ended'));
  if (isEmpty(announced.source.status)) return ended(await endEmpty(has, announced, news));
  await queueLinks(has, announced, news, 'announced');
  if (news.source?.status === 'in-progress' || news.source?.status === 'paused')
    return ended(await waitForEnd(has, announced));
  if (announced.archive.state === 'mismatched')
    return ended((await proveAgain(has, announced, news.cause)) ? done : ignored('archive-mismatched'));
  // A person was told when it was found gone, and nothing is left that could be copied.
  if (announced.archive.state === 'failed' && announced.deletion.state === 'gone-external')
    return ended(ignored('already-deleted'));

  const fetched = await fetchSource(has, announced, news.cause);
  if (fetched.kind === 'waiting') return ended(ignored('recording-not-final'));
  const recording = await askConference(has, fetched.recording, { cause: news.cause, receiveCount });
  // The resource may have named a call or conference of an erased task, and the erasure may have come meanwhile.
  if (await isErased(has, recording, news.cause)) return ended(ignored('tombstoned'), recording);
  if (isEmpty(recording.source.status)) return ended(await endEmpty(has, recording, news), recording);
  // Of what is stored already, nothing is needed from a source that has gone meanwhile.
  if (recording.source.status !== 'completed' && recording.source.status !== 'deleted')
    return ended(await waitForEnd(has, recording), recording);
  // The resource may have named a call or conference that no callback did, or the conference a task: it is announced to now.
  if (recording.version !== announced.version) await queueLinks(has, recording, news, 'announced');
  return ended(await copyRecording(has, recording, news.cause), recording);
}

function newsOfWork(has: { readonly accountSid: string }, message: ArchiveRecording): RecordingNews {
  const { recordingSid, taskSid, foundBy, cause } = message;
  return {
    recordingSid,
    accountSid: accountSid(has.accountSid),
    foundBy,
    cause,
    ...(taskSid !== undefined && { taskSid }),
  };
}

async function newsOfCallback(
  has: { readonly proveSender: ProveSender },
  message: RawWebhook,
  context: MessageContext,
): Promise<RecordingNews> {
  const webhook = await has.proveSender(message);
  const { recordingSid, accountSid: account, source, occurredAt } = parseRecordingCallback(webhook);
  // The day in the archive key is the resource's to say, so a callback's start time is not kept.
  const { startedAt: _hint, ...facts } = source;
  return {
    recordingSid,
    accountSid: account,
    source: facts,
    // The gateway's time of receipt is the same for every delivery of the message.
    occurredAt: occurredAt ?? webhook.receivedAt,
    foundBy: 'callback',
    cause: context.messageId,
  };
}

async function waitForEnd(has: ArchiveRecordingNeeds, recording: RecordingRecord): Promise<Outcome> {
  await leaveToLedger(has, recording);
  return ignored('recording-not-final');
}

/** Absent or failed: there is nothing to copy, and a link to nothing comes off again while Insights still looks. */
async function endEmpty(has: ArchiveRecordingNeeds, recording: RecordingRecord, news: RecordingNews): Promise<Outcome> {
  await queueLinks(has, recording, news, 'absent');
  return ignored('recording-absent');
}
