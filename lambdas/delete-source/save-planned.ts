import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Ledger, TimelineEntry } from '../shared/ports/ledger.ts';
import type { Because } from './needs.ts';

export type Line = Pick<TimelineEntry, 'what' | 'before' | 'after'>;

/**
 * Writes the lines and then the record, provided that the ledger still has the version that was planned on; undefined
 * when it has not. Nothing is applied again to what somebody else wrote: that must be planned on first. The lines cannot
 * be taken back then, so one more says that they did not come true.
 */
export async function savePlanned(
  has: { readonly ledger: Ledger; readonly now: () => Date },
  after: RecordingRecord,
  lines: readonly Line[],
  because: Because,
): Promise<RecordingRecord | undefined> {
  const of = after.recordingSid;
  const occurredAt = has.now();
  for (const line of lines) await has.ledger.addToTimeline({ of, occurredAt, ...because, ...line });
  if ((await has.ledger.saveRecording(after)) === 'saved') return { ...after, version: after.version + 1 };
  for (const { what } of lines) {
    const why = 'the record was changed meanwhile: planned again';
    await has.ledger.addToTimeline({ of, occurredAt: has.now(), ...because, what: `not done: ${what}`, after: why });
  }
  return undefined;
}
