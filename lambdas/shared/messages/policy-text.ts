import * as z from 'zod/mini';
import type { Policy } from '../domain/policy.ts';
import { taskQueueSid } from '../domain/sids.ts';
import { jsonOf } from './json-text.ts';
import { sidText } from './sid-text.ts';

/**
 * The policy as the stack writes it into the functions' environment and into Parameter Store: one JSON text. Whatever
 * is unknown or missing in it is an error, because a deletion must not follow from a misspelt switch.
 */
const seconds = z.int().check(z.gte(0));
const count = z.int().check(z.gte(0));
const queueSid = sidText(taskQueueSid, 'WQ');

export const policySchema = z.strictObject({
  deletion: z.strictObject({
    enabled: z.boolean(),
    dryRun: z.boolean(),
    confirmedBy: z.enum(['calabrio', 'archive', 'both']),
    graceSeconds: seconds,
    hourlyCap: count,
    ingestProof: z.int().check(z.gte(0), z.lte(500)),
    breaker: z.strictObject({
      sampleSize: z.int().check(z.gte(1), z.lte(500)),
      openAtPercent: z.int().check(z.gte(1), z.lte(100)),
    }),
    allowedAccountSids: z.array(z.string()),
    allowedWorkspaceSids: z.array(z.string()),
    acceptLegs: z.array(z.enum(['timed-out', 'not-applicable'])),
    waiveInsights: z.boolean(),
    queues: z.record(
      queueSid,
      z.strictObject({ excluded: z.exactOptional(z.boolean()), graceSeconds: z.exactOptional(seconds) }),
    ),
  }),
  calabrio: z.exactOptional(
    z.strictObject({
      tenantId: z.int().check(z.gte(0)),
      legModel: z.enum(['per-reservation', 'per-recording', 'per-call']),
      verify: z.enum(['required', 'when-configured', 'off']),
      isApiConfigured: z.boolean(),
      legTimeoutSeconds: seconds,
    }),
  ),
  onExistingLink: z.enum(['replace', 'keep', 'fill']),
  reports: z.strictObject({ archive: z.boolean(), calabrio: z.boolean() }),
});

/** The text of `policy`, for an environment or a parameter. */
export function policyText(policy: Policy): string {
  return JSON.stringify(policy);
}

/** @throws {Error} when the text is no policy; zod's error names the fields at fault. */
export function readPolicyText(text: string): Policy {
  return policySchema.parse(JSON.parse(text));
}

/** An environment variable that holds a policy. */
export const policyVariable = z.pipe(
  z.string().check(z.refine(isPolicyText, 'not a policy')),
  z.transform((text: string) => readPolicyText(text)),
);

function isPolicyText(text: string): boolean {
  return policySchema.safeParse(jsonOf(text)).success;
}
