import { sqsError } from './sqs-errors.ts';

/** @throws {AwsError} when a batch is empty, has more than ten entries, or ids that are unfit or not distinct. */
export function checkBatch(entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) throw sqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10) {
    throw sqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const unfit = entries.find(({ Id }) => !/^[A-Za-z0-9_-]{1,80}$/.test(Id));
  if (unfit !== undefined)
    throw sqsError(
      'InvalidBatchEntryId',
      `A batch entry id can only contain alphanumeric characters, hyphens and underscores: ${unfit.Id}`,
    );
  const repeated = entries.find(({ Id }, at) => entries.findIndex((other) => other.Id === Id) !== at);
  if (repeated !== undefined) throw sqsError('BatchEntryIdsNotDistinct', `Id ${repeated.Id} repeated.`);
}
