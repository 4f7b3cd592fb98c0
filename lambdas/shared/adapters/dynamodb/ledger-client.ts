import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client for the ledger. Its calls are small: one that has taken 3 s is lost, and the SDK sends it again, twice at most. */
export function ledgerClient(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
}
