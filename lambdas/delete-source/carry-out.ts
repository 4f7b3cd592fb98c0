import { gateReviewAt } from '../shared/domain/deletion-control.ts';
import { PermanentError, RetryableError } from '../shared/domain/outcome.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { DeletedRecording } from '../shared/ports/recordings.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { queueReports } from '../shared/steps/follow-plan.ts';
import { noteAttempt, takePlace } from './gate.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import { planSource, withPlan } from './plan-source.ts';
import type { Planned } from './plan-source.ts';
import { refuse } from './refuse.ts';
import { savePlanned } from './save-planned.ts';
import { settleDeleted } from './settle-gone.ts';
import { sourceAtTwilio } from './source-at-twilio.ts';
import { again } from './step.ts';
import type { Step } from './step.ts';

/**
 * Deletes the source of a recording of which everything was proved a moment ago: takes one of the hour's deletions,
 * writes the intent on the very version that was planned on, asks Twilio, and looks whether it is gone.
 *
 * The only place here that asks Twilio for a deletion. No delivery gets here without having written an intent itself, also
 * when an earlier one had: a hold that was placed in between has changed the version, and wins.
 *
 * @throws {RetryableError} `deletion-unconfirmed` when Twilio took the deletion and shows the recording still.
 * @throws {PermanentError} `twilio-refused-deletion` when Twilio says no for good.
 */
export async function carryOut(
  has: DeleteSourceNeeds,
  planned: Planned,
  because: Because,
  placeAt: Date | undefined,
): Promise<Step> {
  const place = await takePlace(has, placeAt);
  if (place.kind === 'refused')
    return refuse(has, planned, because, { reasons: place.reasons, reviewAt: gateReviewAt(place.reasons, planned.at) });
  const intendedAt = has.now();
  const intended = await writeIntent(has, planned, intendedAt, because);
  if (intended === undefined) return again({ placeAt: place.at });
  // What becomes of a task changes no version of the recording's: a task or a leg that was written down before the intent
  // was is seen here at the latest. The intent then lies until it can be taken back.
  const still = await planSource(has, intended);
  if (still.plan.refusals.length > 0) return refuse(has, still, because, { reasons: still.plan.refusals });
  const answer = await has.recordings.deleteRecording(intended.accountSid, intended.recordingSid);
  const source = await sourceAtTwilio(has, intended);
  if (source.kind === 'gone') return settleDeleted(has, intended, intendedAt, source.confirmedBy, because);
  if (answer.kind === 'refused') return giveUp(has, intended, planned, answer, because);
  throw new RetryableError(
    `Twilio took the deletion of ${intended.recordingSid} and shows it as ${source.resource.status} still`,
    {
      reason: 'deletion-unconfirmed',
    },
  );
}

/** Timeline first, then the record; undefined when the record is another by now. An intent that was there is renewed. */
async function writeIntent(
  has: DeleteSourceNeeds,
  { recording, tasks }: Planned,
  intendedAt: Date,
  because: Because,
): Promise<RecordingRecord | undefined> {
  const afresh = applyEvent(recording, { kind: 'deletion-withdrawn' });
  const intended = applyEvent(afresh, { kind: 'deletion-intended', at: intendedAt });
  const { record } = withPlan(has, intended, { tasks, at: intendedAt });
  const line = { what: 'deletion intended', before: recording.deletion.state, after: groundsOf(has, recording) };
  return savePlanned(has, record, [line], because);
}

/** On what the deletion rests, for whoever reads the timeline years later. */
function groundsOf({ policy }: DeleteSourceNeeds, { archive }: RecordingRecord): string {
  const { confirmedBy } = policy.deletion;
  if (archive.state !== 'verified') return `confirmed by ${confirmedBy}`;
  const { key, versionId, sizeBytes, sha256 } = archive.audio;
  return `confirmed by ${confirmedBy}; copy ${key} version ${versionId} of ${sizeBytes} bytes, SHA-256 ${sha256}, proved again`;
}

/** Twilio said no and has the recording still: the intent is taken back, and a person must see why. */
async function giveUp(
  has: DeleteSourceNeeds,
  intended: RecordingRecord,
  { tasks, at }: Planned,
  { status, code }: Extract<DeletedRecording, { kind: 'refused' }>,
  because: Because,
): Promise<never> {
  const said = `${status}${code === undefined ? '' : ` (${code})`}`;
  await noteAttempt(has, intended.recordingSid, 'refused');
  const stored = await changeRecording(has.ledger, intended.recordingSid, (before = intended) => {
    if (before.deletion.state !== 'intended') return { record: before, timeline: [] };
    const withdrawn = applyEvent(before, { kind: 'deletion-withdrawn' });
    const line = { what: 'deletion withdrawn', before: 'intended', after: `Twilio refused it with ${said}` };
    return {
      record: withPlan(has, withdrawn, { tasks, at }).record,
      timeline: [{ ...because, occurredAt: has.now(), ...line }],
    };
  });
  has.meter.measure({ outcome: 'refused', name: 'deletions', unit: 'Count', value: 1 });
  has.meter.measure({ outcome: 'withdrawn', name: 'deletions', unit: 'Count', value: 1 });
  await queueReports(has, stored, withPlan(has, stored, { tasks, at }).plan, because);
  throw new PermanentError(
    `Twilio refused to delete ${intended.recordingSid} with ${said}: look at the recording in Twilio's console`,
    { reason: 'twilio-refused-deletion' },
  );
}
