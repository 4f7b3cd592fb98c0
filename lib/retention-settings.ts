import * as z from 'zod/mini';
import { text, yesOrNo } from './setting-shapes.ts';

/** By which classes recordings and transcripts are kept. */
export const retentionSchema = z.strictObject({
  /** Which file of config/retention, without `.json`. */
  config: text('the name of a file of config/retention, without .json', /^[a-z0-9-]{1,64}$/),
});

/** What an erasure may do. */
export const erasureSchema = z.strictObject({
  /** True: an erasure may take away what a GOVERNANCE lock holds; its function then has S3's permission to pass such locks. */
  opensGovernanceLocks: yesOrNo,
});
