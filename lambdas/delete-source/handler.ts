import { RetryableError, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { gateReviewAt } from '../shared/domain/deletion-control.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { CountIngest, DeleteSource } from '../shared/messages/work-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import { queueReports } from '../shared/steps/follow-plan.ts';
import { askCalabrio, isApiToBeAsked } from './ask-calabrio.ts';
import { carryOut } from './carry-out.ts';
import { compareSource } from './compare-source.ts';
import { countIngest } from './count-ingest.ts';
import { askGate } from './gate.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import { planSource } from './plan-source.ts';
import { doubtCopy, proveCopy } from './prove-copy.ts';
import { refuse } from './refuse.ts';
import { settleDeleted, settleGoneExternal } from './settle-gone.ts';
import { sourceAtTwilio } from './source-at-twilio.ts';
import { again } from './step.ts';
import type { Course, Step } from './step.ts';

export type DeleteSourceMessage = DeleteSource | CountIngest;

/** How often the record may be changed under our hands before the message is left for later. */
const maxRounds = 8;

/** How soon it is looked whether the key to a copy is back. */
const keyReviewSeconds = 24 * 3600;

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readDeleteSourceMessage(body: string): DeleteSourceMessage {
  const message = readQueueMessage(body);
  if (message.route === 'internal/delete-source' || message.route === 'internal/count-ingest') return message;
  throw misrouted(message, 'delete-source');
}

/**
 * Deletes one recording's source at Twilio, if every rule still holds: the plan is made again on the stored record, the
 * gate is asked, the copy is proved once more, Twilio's resource is compared, and only then is an intent written and the
 * deletion asked for. What is found out at any of these is kept as a refusal with its name.
 *
 * Every delivery begins at the record. One that was killed is taken up where Twilio and the ledger say it stopped.
 *
 * @throws {RetryableError} `ledger-contended` when the record was changed by others eight times under our hands.
 */
export function deleteSource(
  has: DeleteSourceNeeds,
): (message: DeleteSourceMessage, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    const { recordingSid, cause } = message;
    context.note({ recordingSid });
    if (message.route === 'internal/count-ingest') return countIngest(has, message);
    let course: Course = { isApiAsked: false };
    for (let round = 0; round < maxRounds; round += 1) {
      const step = await takeUp(has, recordingSid, course, { cause, actor: 'delete-source' });
      if (step.kind !== 'again') return step;
      course = { ...course, ...step.learnt };
    }
    throw new RetryableError(
      `${recordingSid} was changed by others ${maxRounds} times while its deletion was planned`,
      {
        reason: 'ledger-contended',
      },
    );
  };
}

async function takeUp(has: DeleteSourceNeeds, sid: RecordingSid, course: Course, because: Because): Promise<Step> {
  const recording = await has.ledger.readRecording(sid);
  // A SID that the ledger has never seen is never deleted, whoever sent it.
  if (recording === undefined) return ignored('no-recording-known');
  if (isTombstoned(recording)) return ignored('tombstoned');
  const { deletion } = recording;
  if (deletion.state === 'deleted') {
    // Whoever deleted it may have been killed before the reports that were owed then went out.
    await queueReports(has, recording, (await planSource(has, recording)).plan, because);
    return ignored('already-deleted');
  }
  if (deletion.state !== 'intended') return decide(has, recording, course, because);
  // Whether the deletion that an earlier delivery began was carried out comes before everything that is new since.
  const source = await sourceAtTwilio(has, recording);
  if (source.kind === 'gone') return settleDeleted(has, recording, deletion.intendedAt, source.confirmedBy, because);
  return decide(has, recording, { placeAt: deletion.intendedAt, ...course }, because);
}

async function decide(
  has: DeleteSourceNeeds,
  recording: RecordingRecord,
  course: Course,
  because: Because,
): Promise<Step> {
  const planned = await planSource(has, recording);
  if (!course.isApiAsked && has.contacts !== undefined && isApiToBeAsked(has, planned, has.contacts)) {
    await askCalabrio(has, has.contacts, planned, because);
    return again({ isApiAsked: true });
  }
  if (planned.plan.refusals.length > 0) return refuse(has, planned, because, { reasons: planned.plan.refusals });
  const closed = await askGate(has, course.placeAt);
  if (closed.length > 0)
    return refuse(has, planned, because, { reasons: closed, reviewAt: gateReviewAt(closed, planned.at) });
  return proveAndCarryOut(has, recording, course, because);
}

/** The copy is what it was, and the ring has lost the key to it: as long as that is so, the source stays. */
async function refuseSealed(has: DeleteSourceNeeds, recording: RecordingRecord, because: Because): Promise<Step> {
  const planned = await planSource(has, recording);
  const reviewAt = secondsAfter(planned.at, keyReviewSeconds);
  return refuse(has, planned, because, { reasons: ['archive-sealed'], reviewAt });
}

/** The rules hold on paper; now the copy and the source themselves are looked at. */
async function proveAndCarryOut(
  has: DeleteSourceNeeds,
  recording: RecordingRecord,
  course: Course,
  because: Because,
): Promise<Step> {
  const proof = await proveCopy(has, recording);
  if (proof.kind === 'differs') {
    await doubtCopy(has, recording, proof, because);
    // The next round's plan gives the doubt its name, as any other refusal.
    return again();
  }
  if (proof.kind === 'sealed') return refuseSealed(has, recording, because);
  const source = await sourceAtTwilio(has, recording);
  if (source.kind === 'gone')
    return recording.deletion.state === 'intended'
      ? settleDeleted(has, recording, recording.deletion.intendedAt, source.confirmedBy, because)
      : settleGoneExternal(has, recording, because);
  // To read the copy may have taken minutes: what became of the tasks meanwhile counts.
  const planned = await planSource(has, recording);
  if (planned.plan.refusals.length > 0) return refuse(has, planned, because, { reasons: planned.plan.refusals });
  const differing = await compareSource(has, planned, source.resource, because);
  return differing ?? carryOut(has, planned, because, course.placeAt);
}
