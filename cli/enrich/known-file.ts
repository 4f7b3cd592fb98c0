import * as z from 'zod/mini';
import { jsonOf } from '../../lambdas/shared/messages/json-text.ts';
import { UsageError } from '../../local/terminal/options.ts';

/** Null says that there is none: nobody has to be asked for it then either. */
const text = z.exactOptional(z.nullable(z.string()));
const object = z.exactOptional(z.nullable(z.record(z.string(), z.unknown())));

const knownSchema = z.strictObject({
  /** How the call ended, in the configured words. */
  ending: z.exactOptional(
    z.nullable(
      z.strictObject({
        hangUpBy: z.exactOptional(z.string()),
        followedBy: z.exactOptional(z.string()),
        precededBy: z.exactOptional(z.string()),
        destination: z.exactOptional(z.string()),
      }),
    ),
  ),
  /** What the customer lookup answered. */
  customer: object,
  /** The attributes of the worker that the task is meant for. */
  worker: object,
  /** The root of the task's chain. */
  conversationId: text,
  /** Whom the identity map knows the customer as. */
  identity: text,
});

/** What a run in the pipeline would ask others for, as the person who typed knows it. */
export type TypedKnown = z.output<typeof knownSchema>;

/** @throws {UsageError} naming the keys at fault. */
export function readKnown(place: string, json: string): TypedKnown {
  const parsed = z.safeParse(knownSchema, jsonOf(json));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? `no key ${issue.keys.join(', ')}` : issue.path.join('.') || 'no JSON object',
  );
  throw new UsageError(
    `${place} cannot be used: ${faults.join('; ')}. Wanted a JSON object with any of ${Object.keys(knownSchema.shape).join(', ')}`,
  );
}
