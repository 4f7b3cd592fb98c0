import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TranscriptRecords } from '../../ports/transcript-records.ts';
import { transcriptIndexLine } from './index-lines.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { getItem, putItemAtVersion } from './table-access.ts';
import type { Table } from './table-access.ts';
import { ownKey, partitionKey, recordAttribute, recordSortKey, sortKey } from './table.ts';
import { decodeTranscript, encodeTranscript } from './transcript-format.ts';

/** The transcripts, in the ledger's table, `CH#<sid>`; the ledger's `due` and `ofDay` give them as well. */
export function dynamodbTranscriptRecords(
  tableName: string,
  client: DynamoDBClient = ledgerClient(),
): TranscriptRecords {
  const table: Table = { client, tableName };
  return {
    async readTranscript(sid) {
      const item = await getItem(table, ownKey(sid), recordSortKey);
      return item === undefined ? undefined : readable(sid, () => decodeTranscript(item[recordAttribute]));
    },
    async saveTranscript(record) {
      const stored = encodeTranscript({ ...record, version: record.version + 1 });
      return putItemAtVersion(table, record.version, {
        [partitionKey]: ownKey(record.conversationSid),
        [sortKey]: recordSortKey,
        version: stored.version,
        [recordAttribute]: stored,
        ...transcriptIndexLine(record),
      });
    },
  };
}
