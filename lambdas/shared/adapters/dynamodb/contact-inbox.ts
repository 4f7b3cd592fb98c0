import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { secondsAfter } from '../../domain/seconds-after.ts';
import type { ContactInbox, InboxItem } from '../../ports/contact-inbox.ts';
import { text } from './attribute-values.ts';
import type { StoredMap } from './attribute-values.ts';
import { decodeInboxItem, encodeInboxItem } from './inbox-format.ts';
import { inboxIndexLine } from './index-lines.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { getItem, putItem, queryIndex, queryTable } from './table-access.ts';
import type { Table } from './table-access.ts';
import {
  byDayIndex,
  expiryAttribute,
  inboxDayShard,
  inboxKey,
  partitionKey,
  recordAttribute,
  sortKey,
} from './table.ts';

/** So long a status can still find its recording, and `cli calabrio correlate` can look back. */
const keptSeconds = 30 * 24 * 3600;

/** The contact statuses, in the ledger's table. */
export function dynamodbContactInbox(tableName: string, client: DynamoDBClient = ledgerClient()): ContactInbox {
  const table: Table = { client, tableName };
  return {
    async putInInbox(item) {
      await putItem(table, {
        [partitionKey]: inboxKey(item.alias),
        [sortKey]: `${item.receivedAt.toISOString()}#${item.hash}`,
        [expiryAttribute]: Math.ceil(secondsAfter(item.receivedAt, keptSeconds).getTime() / 1000),
        [recordAttribute]: encodeInboxItem(item),
        ...inboxIndexLine(item),
      });
    },
    async inboxOf(alias) {
      const names = { '#pk': partitionKey };
      const items = await queryTable(table, { expression: '#pk = :pk', names, values: { ':pk': inboxKey(alias) } });
      return items.map(itemOf);
    },
    inboxOfDay: (day) => inboxOfDay(table, day),
  };
}

/** The index has the keys only, so every item is read by them. */
async function inboxOfDay(table: Table, day: string): Promise<readonly InboxItem[]> {
  const shards = await Promise.all(
    Array.from({ length: byDayIndex.shardCount }, (_, shard) =>
      queryIndex(table, byDayIndex.name, {
        expression: '#shard = :shard',
        names: { '#shard': byDayIndex.partitionKey },
        values: { ':shard': inboxDayShard(day, shard) },
      }),
    ),
  );
  const items = await Promise.all(
    shards.flat().map((line) => getItem(table, text(line, partitionKey), text(line, sortKey))),
  );
  const found = items.filter((item) => item !== undefined).map(itemOf);
  return found.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

function itemOf(item: StoredMap): InboxItem {
  return readable(text(item, partitionKey), () => decodeInboxItem(item[recordAttribute]));
}
