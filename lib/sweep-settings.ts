import * as z from 'zod/mini';
import { text, wholeNumber } from './setting-shapes.ts';

/** How Twilio's list of recordings is compared with ours, once a day. */
export const sweepSchema = z.strictObject({
  /** How far back a run looks. Two days: a run that failed is made good by the next. */
  lookBackHours: wholeNumber(24, 720, 'hours'),
  /** What is younger is left to the events, which may still be on their way. */
  settleMinutes: wholeNumber(5, 1_440, 'minutes'),
  /** The queues whose calls are recorded, by their SIDs: fewer recordings than that percentage of the calls is a gap. */
  recordedQueues: z.record(text('WQ and 32 lower-case hex digits', /^WQ[0-9a-f]{32}$/), wholeNumber(1, 100, 'percent')),
});

export type SweepSettings = z.infer<typeof sweepSchema>;

/** The comparison as reconcile reads it: one JSON text. */
export function sweepText(sweep: SweepSettings): string {
  return JSON.stringify(sweep);
}
