import * as z from 'zod/mini';
import { jsonOf } from './json-text.ts';

/** How outbound messages become tasks, as the stack writes it into send-sms' environment: one JSON text. */
export const outboundSmsTextSchema = z.strictObject({
  /** The workflow that matches `targetWorkerPhone` with the worker's `phone`. */
  workflowSid: z.string().check(z.regex(/^WW[0-9a-f]{32}$/)),
  /** Wanted by Twilio of an interaction that an agent begins; the worker is named beside it. */
  queueSid: z.string().check(z.regex(/^WQ[0-9a-f]{32}$/)),
  /** The task channel's unique name. */
  taskChannel: z.string().check(z.minLength(1)),
  /** Whether one conversation with a pair of numbers goes on over many tasks. */
  longLived: z.boolean(),
});

export type OutboundSms = z.output<typeof outboundSmsTextSchema>;

/** An environment variable that holds the settings. */
export const outboundSmsVariable = z.pipe(
  z
    .string()
    .check(
      z.refine((text: string) => outboundSmsTextSchema.safeParse(jsonOf(text)).success, 'no outbound SMS settings'),
    ),
  z.transform((text: string) => outboundSmsTextSchema.parse(jsonOf(text))),
);
