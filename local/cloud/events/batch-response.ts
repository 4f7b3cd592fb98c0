import * as z from 'zod/mini';

const responseSchema = z.nullish(
  z.object({
    batchItemFailures: z.nullish(z.array(z.strictObject({ itemIdentifier: z.string().check(z.minLength(1)) }))),
  }),
);

/**
 * Which messages of a batch failed, by the function's response; all of them when the response is malformed or names
 * a message that was not in the batch. Nothing at all means that all went well.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (read 2026-11)
 */
export function failedMessages(response: unknown, messageIds: readonly string[]): ReadonlySet<string> {
  const read = responseSchema.safeParse(response);
  if (!read.success) return new Set(messageIds);
  const failed = (read.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return new Set(failed.every((id) => messageIds.includes(id)) ? failed : messageIds);
}
