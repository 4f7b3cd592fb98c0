import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { Ledger, TimelineEntry } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import type { KeptStatus } from './keep-status.ts';

/**
 * Writes the status onto the recording: timeline, then record; a repeat of the same message changes nothing.
 *
 * News of a FAILED after a COMPLETE of the same contact is measured: what was thought safe is not. Also by a repeat of the
 * message, because the function may have died between the record and the measure.
 */
export async function writeContact(
  has: { readonly ledger: Ledger; readonly meter: Meter },
  sid: RecordingSid,
  about: {
    readonly status: KeptStatus;
    readonly isContradictory: boolean;
    readonly isNews: boolean;
  },
): Promise<RecordingRecord> {
  const { status, isContradictory, isNews } = about;
  const recording = await changeRecording(has.ledger, sid, (before) => {
    if (before === undefined) throw new TypeError(`${sid} was in the ledger a moment ago and is not any more`);
    const record = applyEvent(before, { kind: 'contact', received: status, isContradictory });
    return { record, timeline: [contactLine(status, isContradictory)] };
  });
  if (isNews && isFailedAfterComplete(recording, status))
    has.meter.measure({ name: 'completeThenFailed', outcome: 'failed', unit: 'Count', value: 1 });
  return recording;
}

function isFailedAfterComplete({ contacts }: RecordingRecord, { contact, receivedAt }: KeptStatus): boolean {
  return (
    contact.status === 'FAILED' &&
    contacts.some(
      ({ status, ccrId, firstReceivedAt }) =>
        status === 'COMPLETE' && ccrId === contact.ccrId && firstReceivedAt < receivedAt,
    )
  );
}

/** What the timeline says of a status; of Calabrio's free text, nothing. */
export function contactLine(
  { contact, receivedAt, cause }: KeptStatus,
  isContradictory = false,
): Omit<TimelineEntry, 'of'> {
  const doubt = isContradictory ? ', its ids lead to different recordings' : '';
  return {
    occurredAt: receivedAt,
    cause,
    what: `contact ${wordOf(contact.status)}`,
    actor: 'calabrio',
    after: `ccrId ${contact.ccrId}${doubt}`,
  };
}

function wordOf(status: string): string {
  if (status === 'COMPLETE' || status === 'FAILED') return status;
  return `status ${/^[A-Z_]{1,32}$/.test(status) ? status : 'other'}`;
}
