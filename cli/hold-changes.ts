import type { Connection } from './connection.ts';
import { applyEvent } from '../lambdas/shared/domain/recording-events.ts';
import type { RecordingEvent } from '../lambdas/shared/domain/recording-events.ts';
import type { Hold } from '../lambdas/shared/domain/kept-facets.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import type { RecordingSid } from '../lambdas/shared/domain/sids.ts';
import type { WorkMessage } from '../lambdas/shared/messages/work-message.ts';
import { changeRecording } from '../lambdas/shared/steps/change-record.ts';

/** What a person ordered of one matter. */
export interface HoldOrder {
  readonly matter: string;
  readonly who: string;
  readonly why: string;
  readonly isDryRun: boolean;
}

/** What an order came to for one recording; `recording` is as it was found. */
export type HoldOutcome = { readonly recordingSid: RecordingSid } & (
  | { readonly kind: 'unknown' }
  | { readonly kind: 'erased' }
  | { readonly kind: 'placed'; readonly recording: RecordingRecord }
  | { readonly kind: 'held-already'; readonly hold: Hold }
  | { readonly kind: 'released'; readonly recording: RecordingRecord }
  | { readonly kind: 'released-before' }
  | { readonly kind: 'not-held'; readonly matters: readonly string[] }
);

/** Places the hold on one recording; the same matter a second time changes nothing. */
export async function placeHold(
  connection: Connection,
  recordingSid: RecordingSid,
  order: HoldOrder,
): Promise<HoldOutcome> {
  const { matter, who, why } = order;
  const at = connection.now();
  const hold: Hold = { matter, placedBy: who, why, placedAt: at };
  const found = await change(connection, recordingSid, order, at, { kind: 'hold-placed', hold });
  if (found === undefined) return { recordingSid, kind: 'unknown' };
  if (found.erasure.state === 'erased') return { recordingSid, kind: 'erased' };
  const before = found.holds.find((one) => one.matter === matter);
  return before === undefined
    ? { recordingSid, kind: 'placed', recording: found }
    : { recordingSid, kind: 'held-already', hold: before };
}

/**
 * Lets go of the matter on one recording and has it planned again; also when an earlier release got no further than the
 * record, so that a release that broke off is healed by typing it again.
 */
export async function releaseHold(
  connection: Connection,
  recordingSid: RecordingSid,
  order: HoldOrder,
): Promise<HoldOutcome> {
  const { matter, who, why } = order;
  const at = connection.now();
  const release = { releasedBy: who, why, releasedAt: at };
  const found = await change(connection, recordingSid, order, at, { kind: 'hold-released', matter, release });
  if (found === undefined) return { recordingSid, kind: 'unknown' };
  if (found.erasure.state === 'erased') return { recordingSid, kind: 'erased' };
  const isHeld = found.holds.some((one) => one.matter === matter);
  if (!isHeld && found.releases?.some((one) => one.matter === matter) !== true)
    return { recordingSid, kind: 'not-held', matters: found.holds.map((hold) => hold.matter) };
  if (!order.isDryRun) await planAgain(connection, found, `release/${matter}`);
  return isHeld ? { recordingSid, kind: 'released', recording: found } : { recordingSid, kind: 'released-before' };
}

/** Has archive-recording take the recording up, which ends in a plan. */
export async function planAgain(connection: Connection, recording: RecordingRecord, cause: string): Promise<void> {
  const { recordingSid, foundBy } = recording;
  const message: WorkMessage = { v: 1, route: 'internal/archive-recording', recordingSid, foundBy, cause };
  await connection.sendBack('archive-recording', JSON.stringify(message));
}

/** Applies the event unless this is a dry run; resolves to the recording as it was before, undefined when there is none. */
async function change(
  { ledger }: Connection,
  sid: RecordingSid,
  { matter, who, isDryRun }: HoldOrder,
  occurredAt: Date,
  event: Extract<RecordingEvent, { readonly kind: 'hold-placed' | 'hold-released' }>,
): Promise<RecordingRecord | undefined> {
  const known = await ledger.readRecording(sid);
  if (known === undefined || isDryRun) return known;
  const line = {
    occurredAt,
    actor: `operator:${who}`,
    ...(event.kind === 'hold-placed'
      ? { cause: `hold/${matter}`, what: 'hold placed' }
      : { cause: `release/${matter}`, what: 'hold released' }),
    after: matter,
  };
  let before = known;
  await changeRecording(ledger, sid, (found = known) => {
    before = found;
    return { record: applyEvent(found, event), timeline: [line] };
  });
  return before;
}
