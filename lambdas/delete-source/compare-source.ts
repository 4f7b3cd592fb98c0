import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingSource } from '../shared/domain/recording-record.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import type { RecordingResource } from '../shared/ports/recordings.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import type { Planned } from './plan-source.ts';
import { refuse } from './refuse.ts';
import { again } from './step.ts';
import type { Step } from './step.ts';

/** When a source that is not final, though it was, is looked at again. */
const lookAgainSeconds = 3600;

/**
 * Compares what Twilio says of the source now with what the copy was proved against; undefined when it is the same.
 *
 * Other channels or another duration are news: they are written down and planned on, so that the copy is measured against
 * them. A status that says less than we knew before is a refusal.
 */
export async function compareSource(
  has: DeleteSourceNeeds,
  planned: Planned,
  resource: RecordingResource,
  because: Because,
): Promise<Step | undefined> {
  const { recordingSid, source } = planned.recording;
  const { status, channels, durationSeconds } = resource;
  if (status !== 'completed' || channels === undefined || durationSeconds === undefined) {
    const reason = isEmpty(status) ? 'source-empty' : 'source-not-final';
    return refuse(has, planned, because, {
      reasons: [reason],
      reviewAt: secondsAfter(planned.at, lookAgainSeconds),
    });
  }
  if (channels === source.channels && durationSeconds === source.durationSeconds) return undefined;
  const { recordingSid: _sid, accountSid: _account, ...facts } = resource;
  const occurredAt = has.now();
  await changeRecording(has.ledger, recordingSid, (stored = planned.recording) => ({
    record: applyEvent(stored, { kind: 'source', source: facts }),
    timeline: [
      { ...because, occurredAt, what: 'source is not what it was', before: inWords(source), after: inWords(facts) },
    ],
  }));
  return again();
}

function inWords({ status, channels, durationSeconds }: RecordingSource): string {
  return `${status}, ${channels ?? 'unknown'} channel(s), ${durationSeconds ?? 'unknown'} s`;
}
