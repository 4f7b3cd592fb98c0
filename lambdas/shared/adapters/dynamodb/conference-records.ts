import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lastHeardOf } from '../../domain/conference-life.ts';
import { secondsAfter } from '../../domain/seconds-after.ts';
import type { ConferenceRecords } from '../../ports/conferences.ts';
import { decodeConference, encodeConference } from './conference-format.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { getItem, putItemAtVersion } from './table-access.ts';
import type { Table } from './table-access.ts';
import { conferenceKey, expiryAttribute, partitionKey, recordAttribute, recordSortKey, sortKey } from './table.ts';

/** Long after the last agent has wrapped up, and long enough to see why a report says what it says. */
const keptSeconds = 30 * 24 * 3600;

/**
 * What the conference callbacks told, in the ledger's table, until 30 days after the last of it. A participant's label
 * may be a phone number.
 */
export function dynamodbConferenceRecords(
  tableName: string,
  client: DynamoDBClient = ledgerClient(),
): ConferenceRecords {
  const table: Table = { client, tableName };
  return {
    async readConference(sid) {
      const key = conferenceKey(sid);
      const item = await getItem(table, key, recordSortKey);
      return item === undefined ? undefined : readable(key, () => decodeConference(item[recordAttribute]));
    },
    saveConference(record) {
      const version = record.version + 1;
      const heardAt = lastHeardOf(record);
      return putItemAtVersion(table, record.version, {
        [partitionKey]: conferenceKey(record.conferenceSid),
        [sortKey]: recordSortKey,
        version,
        ...(heardAt !== undefined && {
          [expiryAttribute]: Math.ceil(secondsAfter(heardAt, keptSeconds).getTime() / 1000),
        }),
        [recordAttribute]: encodeConference({ ...record, version }),
      });
    },
  };
}
