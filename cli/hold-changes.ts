import type { Connection } from './connection.ts';
import { heldInS3 } from './held-in-s3.ts';
import type { HeldInS3 } from './held-in-s3.ts';
import { holdableRecording } from './holdable.ts';
import type { Holdable, HoldableRecord } from './holdable.ts';
import type { Hold } from '../lambdas/shared/domain/kept-facets.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import type { KeepingEvent } from '../lambdas/shared/domain/retention/keeping-life.ts';
import type { ConversationSid, RecordingSid } from '../lambdas/shared/domain/sids.ts';

/** What a person ordered of one matter. */
export interface HoldOrder {
  readonly matter: string;
  readonly who: string;
  readonly why: string;
  readonly isDryRun: boolean;
}

/** What an order came to for one recording or transcript; `record` is as it was found. */
export type HoldOutcome = { readonly sid: RecordingSid | ConversationSid; readonly inS3?: HeldInS3 } & (
  | { readonly kind: 'unknown' }
  | { readonly kind: 'erased' }
  | { readonly kind: 'placed'; readonly record: HoldableRecord }
  | { readonly kind: 'held-already'; readonly record: HoldableRecord; readonly hold: Hold }
  | { readonly kind: 'released'; readonly record: HoldableRecord }
  | { readonly kind: 'released-before' }
  | { readonly kind: 'not-held'; readonly matters: readonly string[] }
);

export type HoldAct = (connection: Connection, thing: Holdable, order: HoldOrder) => Promise<HoldOutcome>;

/**
 * Places the hold and has S3 told; the same matter a second time changes nothing, and has S3 told once more, so that a hold
 * that broke off is healed by typing it again.
 */
export async function placeHold(connection: Connection, thing: Holdable, order: HoldOrder): Promise<HoldOutcome> {
  const { matter, who, why } = order;
  const { sid } = thing;
  const at = connection.now();
  const hold: Hold = { matter, placedBy: who, why, placedAt: at };
  const found = await change(thing, order, at, { kind: 'hold-placed', hold });
  if (found === undefined) return { sid, kind: 'unknown' };
  if (found.erasure.state === 'erased') return { sid, kind: 'erased' };
  if (!order.isDryRun) await thing.takeUp(`hold/${matter}`);
  const before = found.holds.find((one) => one.matter === matter);
  return before === undefined
    ? { sid, kind: 'placed', record: found }
    : { sid, kind: 'held-already', record: found, hold: before };
}

/** Since when an erasure takes away what the hold is to keep; undefined when none does, or the hold was there before it. */
export function tooLateSince(outcome: HoldOutcome): Date | undefined {
  if (outcome.kind !== 'placed' && outcome.kind !== 'held-already') return undefined;
  const { erasure } = outcome.record;
  return erasure.state === 'requested' ? erasure.begunAt : undefined;
}

/**
 * Lets go of the matter, has S3 told and a recording planned again; also when an earlier release got no further than the
 * record, so that a release that broke off is healed by typing it again.
 */
export async function releaseHold(connection: Connection, thing: Holdable, order: HoldOrder): Promise<HoldOutcome> {
  const { matter, who, why } = order;
  const { sid } = thing;
  const at = connection.now();
  const release = { releasedBy: who, why, releasedAt: at };
  const found = await change(thing, order, at, { kind: 'hold-released', matter, release });
  if (found === undefined) return { sid, kind: 'unknown' };
  if (found.erasure.state === 'erased') return { sid, kind: 'erased' };
  const isHeld = found.holds.some((one) => one.matter === matter);
  if (!isHeld && found.releases?.some((one) => one.matter === matter) !== true)
    return { sid, kind: 'not-held', matters: found.holds.map((hold) => hold.matter) };
  if (!order.isDryRun) await thing.takeUp(`release/${matter}`);
  return isHeld ? { sid, kind: 'released', record: found } : { sid, kind: 'released-before' };
}

/** The outcome with what S3 says of it, where the order may have changed that. */
export async function withS3(
  connection: Connection,
  thing: Holdable,
  outcome: HoldOutcome,
  pause: (seconds: number) => Promise<void>,
): Promise<HoldOutcome> {
  if (['unknown', 'erased', 'not-held'].includes(outcome.kind)) return outcome;
  const inS3 = await heldInS3(connection, thing, pause);
  return inS3 === undefined ? outcome : { ...outcome, inS3 };
}

/** Has archive-recording take the recording up, which ends in a plan. */
export function planAgain(connection: Connection, recording: RecordingRecord, cause: string): Promise<void> {
  return holdableRecording(connection, recording.recordingSid).takeUp(cause);
}

/** Applies the event unless this is a dry run; resolves to the record as it was before, undefined when there is none. */
async function change(
  thing: Holdable,
  { matter, who, isDryRun }: HoldOrder,
  occurredAt: Date,
  event: Extract<KeepingEvent, { readonly kind: 'hold-placed' | 'hold-released' }>,
): Promise<HoldableRecord | undefined> {
  const known = await thing.read();
  if (known === undefined || isDryRun) return known;
  return thing.change(known, event, {
    occurredAt,
    actor: `operator:${who}`,
    ...(event.kind === 'hold-placed'
      ? { cause: `hold/${matter}`, what: 'hold placed' }
      : { cause: `release/${matter}`, what: 'hold released' }),
    after: matter,
  });
}
