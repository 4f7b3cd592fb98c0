import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PersonalItems } from '../../ports/personal-items.ts';
import { text } from './attribute-values.ts';
import { ledgerClient } from './ledger-client.ts';
import { deleteItem, queryTable } from './table-access.ts';
import type { Table } from './table-access.ts';
import { conferenceKey, identityKey, inboxKey, partitionKey, recordSortKey, sortKey } from './table.ts';

/** Takes away what the ledger's table holds of people beside its records; it needs dynamodb:DeleteItem. */
export function dynamodbPersonalItems(tableName: string, client: DynamoDBClient = ledgerClient()): PersonalItems {
  const table: Table = { client, tableName };
  return {
    removeIdentity: (subjectHash) => deleteItem(table, identityKey(subjectHash), recordSortKey),
    removeConference: (sid) => deleteItem(table, conferenceKey(sid), recordSortKey),
    async removeInbox(alias) {
      const names = { '#pk': partitionKey };
      const items = await queryTable(table, { expression: '#pk = :pk', names, values: { ':pk': inboxKey(alias) } });
      for (const item of items) await deleteItem(table, inboxKey(alias), text(item, sortKey));
    },
  };
}
