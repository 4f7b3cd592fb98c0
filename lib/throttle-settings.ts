import * as z from 'zod/mini';
import { wholeNumber } from './setting-shapes.ts';

const throttleSchema = z.strictObject({
  ratePerSecond: wholeNumber(1, 10_000, 'requests a second'),
  burst: wholeNumber(1, 5_000, 'requests'),
});

/** By kind of method. */
export const throttlesSchema = z.strictObject({
  events: throttleSchema,
  calabrio: throttleSchema,
  playback: throttleSchema,
  messages: throttleSchema,
  health: throttleSchema,
});

export type ThrottleName = keyof z.infer<typeof throttlesSchema>;
