import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { eventFeatures } from './event-features.ts';
import type { EventFeature } from './event-features.ts';

const text = z.string().check(z.minLength(1));

/** What config/events.json has; config/events.schema.json is made of this, for editors. */
export const subscribedTypesSchema = z.strictObject({
  /** For editors. */
  $schema: z.optional(z.string()),
  description: z.optional(z.string()),
  /** The version of Twilio's schema TaskRouter.WDSEvent that the parsers were written for. */
  schemaVersion: z.int().check(z.gte(1)),
  types: z
    .array(
      z.strictObject({
        type: z.string().check(z.regex(/^com\.twilio\.taskrouter\.[a-z.-]+$/)),
        for: z
          .array(z.strictObject({ function: text, feature: z.enum(eventFeatures), why: text }))
          .check(z.minLength(1)),
      }),
    )
    .check(z.minLength(1)),
});

export type SubscribedTypes = z.infer<typeof subscribedTypesSchema>;

const file = join(import.meta.dirname, '..', '..', '..', 'config', 'events.json');

/** The repository's own list, which belongs to its code as the schema does. */
export function subscribedTypes(): SubscribedTypes {
  return z.parse(subscribedTypesSchema, JSON.parse(readFileSync(file, 'utf8')));
}

/** Those that any of the features needs, in the file's order. */
export function typesFor({ types }: SubscribedTypes, features: readonly EventFeature[]): readonly string[] {
  return types.filter((one) => one.for.some(({ feature }) => features.includes(feature))).map(({ type }) => type);
}

/** As a workspace's event callback calls it: `task.created`. */
export const classicName = (type: string): string => type.replace(/^com\.twilio\.taskrouter\./, '');
