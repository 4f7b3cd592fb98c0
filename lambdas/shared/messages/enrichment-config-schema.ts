import * as z from 'zod/mini';
import { identityKinds } from '../domain/enrichment/enrichment-config.ts';
import { handledEventTypes } from '../domain/task-event.ts';
import { agentStates } from '../domain/worker/canonical-worker.ts';

/**
 * The shape of a file in config/enrichment, as far as JSON Schema can say it: config/enrichment/schema.json is made of
 * this, for editors. What goes beyond a shape is in `enrichment-config-faults.ts`.
 */
const text = z.string().check(z.minLength(1, 'a text that is not empty; say it or take the key away'));
const expression = z.string().check(z.minLength(1, 'a JSONata expression; write one or take the key away'));
const name = z
  .string()
  .check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens; rename it'));
const time = z
  .string()
  .check(
    z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, '"HH:MM" from "00:00" to "24:00"; write both digits of the hour'),
  );
const spans = z._default(z.array(z.tuple([time, time], 'a pair of times, such as ["09:00", "17:30"]; write both')), []);
const word = z.union([text, z.null()]);

const rule = z.strictObject({
  name,
  description: z.optional(z.string()),
  write: z
    .string()
    .check(
      z.regex(
        /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)?$/,
        '"<root>.<key>" or "<root>"; name one attribute, at most one level deep',
      ),
    ),
  value: expression,
  when: z.exactOptional(expression),
  on: z.exactOptional(
    z.array(z.enum(handledEventTypes)).check(z.minLength(1, 'at least one event; take the key away for every event')),
  ),
  overwrite: z.exactOptional(z.boolean()),
  isId: z.exactOptional(z.boolean()),
});

const businessHours = z.strictObject({
  timeZone: text,
  weekly: z.strictObject({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans }),
  holidays: z._default(
    z.array(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as "2026-12-25"; write it so'))),
    [],
  ),
});

/** The words that Flex's own plug-ins write; whether the system hung up is a claim that a team makes on purpose. */
const endings = z.strictObject({
  customer: z._default(word, 'Customer'),
  agent: z._default(word, 'Agent'),
  system: z._default(word, null),
  consult: z._default(word, 'Consult'),
  coldTransfer: z._default(word, 'Cold Transfer'),
  warmTransfer: z._default(word, 'Warm Transfer'),
  externalColdTransfer: z._default(word, 'External Cold Transfer'),
  externalWarmTransfer: z._default(word, 'External Warm Transfer'),
  externalTransfer: z._default(word, 'External Transfer'),
});

export const enrichmentConfigSchema = z.strictObject({
  /** For editors. */
  $schema: z.optional(z.string()),
  description: z.optional(z.string()),
  name,
  defaultCountry: z.string().check(z.regex(/^[A-Z]{2}$/, 'two capitals of ISO 3166-1, such as "US"; use those')),
  rules: z.array(rule),
  lookups: z._default(z.record(text, z.record(text, text)), {}),
  writesRd: z._default(z.boolean(), false),
  businessHours: z.exactOptional(businessHours),
  identity: z.exactOptional(
    z.strictObject({
      order: z._default(
        z
          .array(z.enum(identityKinds))
          .check(z.minLength(1, 'at least one kind; take the key away for the documented order')),
        [...identityKinds],
      ),
      sticky: z._default(z.boolean(), true),
      externalId: z.exactOptional(expression),
    }),
  ),
  processing: z.exactOptional(
    z.strictObject({
      origin: z.exactOptional(expression),
      processedBy: z.exactOptional(expression),
      assignedTo: z.exactOptional(expression),
    }),
  ),
  endings: z.prefault(endings, {}),
  agentStates: z._default(
    z.record(text, z.strictObject({ state: z.enum(agentStates), isReasonSent: z.exactOptional(z.boolean()) })),
    {},
  ),
  workerRules: z._default(z.array(rule), []),
});

export type EnrichmentFile = z.infer<typeof enrichmentConfigSchema>;
