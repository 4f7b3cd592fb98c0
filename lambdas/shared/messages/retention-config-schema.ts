import * as z from 'zod/mini';

/**
 * The shape of a file in config/retention, as far as JSON Schema can say it: config/retention/schema.json is made of this,
 * for editors. What goes beyond a shape is in `retention-config-faults.ts`.
 */
const text = z.string().check(z.minLength(1, 'a text that is not empty; say it or take it away'));
const some = <Schema extends z.ZodMiniType>(item: Schema) =>
  z.exactOptional(z.array(item).check(z.minLength(1, 'at least one; take the key away where it does not matter')));
/** A hundred years: S3 takes no lock that ends later. */
const mostDays = 36_500;
const wholeDays = 'whole days from 1 to 36500; correct it';
const days = z.int().check(z.gte(1, wholeDays), z.lte(mostDays, wholeDays));
const wholeHours = 'whole hours from 0 to 8760; correct it';

const condition = z.strictObject({
  queues: some(text),
  clientIds: some(text),
  channels: some(text),
  directions: some(z.enum(['inbound', 'outbound'])),
  consent: some(z.enum(['given', 'refused', 'unknown'])),
});

const retentionClass = z.strictObject({
  name: z
    .string()
    .check(
      z.regex(
        /^(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
        '1 to 32 lower-case letters, digits and single hyphens; rename it',
      ),
    ),
  description: z.optional(z.string()),
  when: z.exactOptional(condition),
  days: z.exactOptional(days),
  lock: z.exactOptional(
    z.strictObject({
      mode: z.enum(['governance', 'compliance']),
      delayHours: z._default(z.int().check(z.gte(0, wholeHours), z.lte(8_760, wholeHours)), 0),
    }),
  ),
  storage: z._default(
    z.array(z.strictObject({ afterDays: days, storageClass: z.enum(['STANDARD_IA', 'GLACIER_IR']) })),
    [],
  ),
});

export const retentionConfigSchema = z.strictObject({
  /** For editors. */
  $schema: z.optional(z.string()),
  description: z.optional(z.string()),
  classes: z.array(retentionClass).check(z.minLength(1, 'at least one class, the last without "when"; add it')),
});

export type RetentionFile = z.infer<typeof retentionConfigSchema>;
