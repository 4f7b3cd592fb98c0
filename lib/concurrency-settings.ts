import * as z from 'zod/mini';
import { wholeNumber } from './setting-shapes.ts';

const several = wholeNumber(2, 1_000, 'concurrent executions');
/** Few, so that a mistake is noticed before it is large. */
const few = wholeNumber(2, 10, 'concurrent executions');

/** How many of each worker run at once; what a queue may take from the account and from Twilio. */
export const maxConcurrencySchema = z.strictObject({
  'enrich-task': several,
  'archive-recording': several,
  'link-recording': several,
  'calabrio-status': several,
  /** Also divides `calabrio.api.requestsPerSecond`. */
  'delete-source': few,
  'report-status': several,
  'create-review-task': several,
  'archive-transcript': several,
  'erase-subject': few,
});

interface HasConcurrency {
  readonly name: string;
  readonly maxConcurrency: z.infer<typeof maxConcurrencySchema>;
  readonly aws: { readonly accountConcurrencyLimit: number };
}

/** What the settings of single fields cannot say. */
export function concurrencyFaults({ name, maxConcurrency, aws }: HasConcurrency): readonly string[] {
  const wanted = Object.values(maxConcurrency).reduce((sum, one) => sum + one, 0);
  return wanted > aws.accountConcurrencyLimit
    ? [
        `${name}.maxConcurrency adds up to ${wanted}, more than aws.accountConcurrencyLimit ${aws.accountConcurrencyLimit}: lower one or have the quota raised`,
      ]
    : [];
}
