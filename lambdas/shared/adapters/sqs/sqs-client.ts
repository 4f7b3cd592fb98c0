import { SQSClient } from '@aws-sdk/client-sqs';

/**
 * The SQS client of a function; region, credentials and endpoint come from the environment, as in every AWS program.
 *
 * The SDK waits for an answer without end unless told otherwise; a call that hangs would take the whole function's time.
 * The longest proper wait here is a receive's second.
 */
export function sqsClient(): SQSClient {
  return new SQSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
  });
}
