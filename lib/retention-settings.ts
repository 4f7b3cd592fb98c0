import * as z from 'zod/mini';
import { text, yesOrNo } from './setting-shapes.ts';

/** By which classes recordings and transcripts are kept. */
export const retentionSchema = z.strictObject({
  /** Which file of config/retention, without `.json`. */
  config: text('the name of a file of config/retention, without .json', /^[a-z0-9-]{1,64}$/),
  /**
   * Every class that objects of the stage may carry as a tag. Names are added here and hardly ever taken away: a class that
   * leaves the configuration takes its lifecycle rule along, and what carries its tag is kept for ever.
   */
  classesInUse: z
    .array(text('the name of a class', /^[a-z0-9-]{1,32}$/), 'wanted a list of classes')
    .check(z.minLength(1, 'wanted at least one class')),
});

export type RetentionSettings = z.infer<typeof retentionSchema>;

/** What an erasure may do. */
export const erasureSchema = z.strictObject({
  /** True: an erasure may take away what a GOVERNANCE lock holds; its function then has S3's permission to pass such locks. */
  opensGovernanceLocks: yesOrNo,
});
