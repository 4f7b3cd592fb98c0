import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SmsRequests } from '../../ports/sms-requests.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { decodeSmsRequest, encodeSmsRequest } from './sms-request-format.ts';
import { getItem, putItemAtVersion } from './table-access.ts';
import type { Table } from './table-access.ts';
import { expiryAttribute, partitionKey, recordAttribute, recordSortKey, smsRequestKey, sortKey } from './table.ts';

/** The requests to send a message, in the ledger's table: one item each, which DynamoDB removes when the key is forgotten. */
export function dynamodbSmsRequests(tableName: string, client: DynamoDBClient = ledgerClient()): SmsRequests {
  const table: Table = { client, tableName };
  return {
    async read(hash) {
      const key = smsRequestKey(hash);
      const item = await getItem(table, key, recordSortKey);
      return item === undefined ? undefined : readable(key, () => decodeSmsRequest(item[recordAttribute]));
    },
    save(request) {
      const version = request.version + 1;
      return putItemAtVersion(table, request.version, {
        [partitionKey]: smsRequestKey(request.hash),
        [sortKey]: recordSortKey,
        version,
        [expiryAttribute]: Math.ceil(request.expiresAt.getTime() / 1000),
        [recordAttribute]: encodeSmsRequest({ ...request, version }),
      });
    },
  };
}
