import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ErasureRequest } from '../../domain/erasure/erasure-request.ts';
import type { ErasureRequests } from '../../ports/erasure-requests.ts';
import { text } from './attribute-values.ts';
import { decodeErasure, encodeErasure } from './erasure-format.ts';
import { erasureIndexLine } from './index-lines.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { getItem, putItemAtVersion, queryIndex } from './table-access.ts';
import type { Table } from './table-access.ts';
import {
  byDayIndex,
  erasureIdOf,
  erasureKey,
  erasuresDayShard,
  partitionKey,
  recordAttribute,
  recordSortKey,
  sortKey,
} from './table.ts';

/** The erasures, in the ledger's table, `ERASURE#<id>`; the ledger's `due` gives them as well. */
export function dynamodbErasureRequests(tableName: string, client: DynamoDBClient = ledgerClient()): ErasureRequests {
  const table: Table = { client, tableName };
  return {
    read: (erasureId) => readErasure(table, erasureId),
    async save(request) {
      const stored = encodeErasure({ ...request, version: request.version + 1 });
      return putItemAtVersion(table, request.version, {
        [partitionKey]: erasureKey(request.erasureId),
        [sortKey]: recordSortKey,
        version: stored.version,
        [recordAttribute]: stored,
        ...erasureIndexLine(request),
      });
    },
    list: (limit) => listErasures(table, limit),
  };
}

async function readErasure(table: Table, erasureId: string): Promise<ErasureRequest | undefined> {
  const key = erasureKey(erasureId);
  const item = await getItem(table, key, recordSortKey);
  return item === undefined ? undefined : readable(key, () => decodeErasure(item[recordAttribute]));
}

/** They are few, so all lie in one partition of the index, by their beginning; the index has the keys, which are read. */
async function listErasures(table: Table, limit: number): Promise<readonly ErasureRequest[]> {
  const condition = {
    expression: '#shard = :shard',
    names: { '#shard': byDayIndex.partitionKey },
    values: { ':shard': erasuresDayShard },
  };
  const lines = await queryIndex(table, byDayIndex.name, condition, limit, { isLastFirst: true });
  const found = await Promise.all(lines.map((line) => readErasure(table, erasureIdOf(text(line, partitionKey)))));
  return found.filter((request) => request !== undefined);
}
