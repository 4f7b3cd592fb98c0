import { AwsError } from '../aws-error.ts';

/** Codes that the older query protocol spells otherwise; SDKs still look at that spelling in `x-amzn-query-error`. */
const olderSpelling: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** A refusal of SQS; all but a denial are 400 in the JSON protocol. */
export function sqsError(code: string, message: string): AwsError {
  return new AwsError(400, code, message, { queryCode: olderSpelling[code] ?? code });
}

export function invalidValue(name: string, value: string | number, why: string): AwsError {
  return sqsError('InvalidParameterValue', `Value ${value} for parameter ${name} is invalid. Reason: ${why}`);
}
