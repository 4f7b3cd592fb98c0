import * as z from 'zod/mini';
import type { SweepSettings } from '../domain/reconcile/sweep-settings.ts';
import { taskQueueSid } from '../domain/sids.ts';
import { jsonOf } from './json-text.ts';
import { sidText } from './sid-text.ts';

const queueSid = sidText(taskQueueSid, 'WQ');

const sweepSchema = z.strictObject({
  lookBackHours: z.int().check(z.gte(1)),
  settleMinutes: z.int().check(z.gte(0)),
  recordedQueues: z.record(queueSid, z.int().check(z.gte(1), z.lte(100))),
});

/** An environment variable that holds how Twilio's recordings are compared with ours, as one JSON text. */
export const sweepVariable = z.pipe(
  z.string().check(z.refine((text) => sweepSchema.safeParse(jsonOf(text)).success, 'not the settings of a sweep')),
  z.transform((text: string): SweepSettings => sweepSchema.parse(JSON.parse(text))),
);
