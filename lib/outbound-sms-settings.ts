import * as z from 'zod/mini';
import { text, wholeNumber, yesOrNo } from './setting-shapes.ts';

const callerSchema = z.strictObject({
  /** Names the caller in logs and metrics, its token in the secret and its usage plan. */
  name: text('a name of at most 32 lower-case letters, digits and hyphens', /^[a-z][a-z0-9-]{0,31}$/),
  ratePerSecond: wholeNumber(1, 10_000, 'requests a second'),
  burst: wholeNumber(1, 5_000, 'requests'),
});

/** Messages to customers that other systems of the team ask for (docs/messages.md). */
export const outboundSmsSchema = z.strictObject({
  /** Matches `targetWorkerPhone` of the task with `phone` of the worker. */
  workflowSid: text('WW and 32 lower-case hex digits', /^WW[0-9a-f]{32}$/),
  queueSid: text('WQ and 32 lower-case hex digits', /^WQ[0-9a-f]{32}$/),
  taskChannel: z.literal('sms', 'wanted sms'),
  /** True: one conversation with a pair of numbers goes on over many tasks. */
  longLived: yesOrNo,
  /** Who may ask, and how often before the answer is 429. */
  callers: z.array(callerSchema, 'wanted a list of callers').check(z.minLength(1, 'wanted at least one caller')),
});

export type OutboundSmsSettings = z.infer<typeof outboundSmsSchema>;

const limits = ['ratePerSecond', 'burst'] as const;

interface WhatCallersNeed {
  readonly name: string;
  readonly outboundSms?: OutboundSmsSettings | undefined;
  readonly throttles: { readonly messages: { readonly ratePerSecond: number; readonly burst: number } };
}

/**
 * The callers that must not be: two of one name, one whose limit the method's own would never let it reach, and so many
 * that one of them could use up what the method takes, and have the others refused.
 */
export function outboundSmsFaults({ name, outboundSms, throttles }: WhatCallersNeed): readonly string[] {
  const callers = outboundSms?.callers ?? [];
  const faults = callers.flatMap((caller, place) => {
    const where = `${name}.outboundSms.callers.${place}`;
    return [
      ...(callers.slice(0, place).some((other) => other.name === caller.name)
        ? [`${where}.name is "${caller.name}" like another's: the name chooses the token and the usage plan`]
        : []),
      ...limits.flatMap((limit) =>
        caller[limit] > throttles.messages[limit]
          ? [
              `${where}.${limit} is ${caller[limit]}, more than throttles.messages.${limit} ${throttles.messages[limit]}: no caller can have more than all of them together`,
            ]
          : [],
      ),
    ];
  });
  return faults.length > 0 ? faults : limits.flatMap((limit) => faultTogether(limit));

  function faultTogether(limit: (typeof limits)[number]): readonly string[] {
    const together = callers.reduce((sum, caller) => sum + caller[limit], 0);
    if (together <= throttles.messages[limit]) return [];
    return [
      `${name}.outboundSms.callers have ${limit} ${together} together, more than throttles.messages.${limit} ${throttles.messages[limit]}: one that asks so often as it may would have the others refused`,
    ];
  }
}

/** The settings as send-sms reads them: one JSON text. */
export function outboundSmsText({ workflowSid, queueSid, taskChannel, longLived }: OutboundSmsSettings): string {
  return JSON.stringify({ workflowSid, queueSid, taskChannel, longLived });
}
