import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecordingSid, TaskSid } from '../../domain/sids.ts';
import type { DayItem, DueItem, Ledger } from '../../ports/ledger.ts';
import { aliasTargets, dayItem, dueItem, recordingIndexLine, taskIndexLine } from './index-lines.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { decodeRecording, encodeRecording } from './recording-format.ts';
import { getItem, putItem, putItemAtVersion, queryIndex, queryTable } from './table-access.ts';
import type { KeyCondition, Table } from './table-access.ts';
import {
  aliasKey,
  byDayIndex,
  dayShard,
  openIndex,
  openShard,
  ownKey,
  partitionKey,
  recordAttribute,
  recordSortKey,
  sortKey,
  timelineKey,
  timelinePrefix,
} from './table.ts';
import { decodeTask, encodeTask } from './task-format.ts';
import { decodeTimelineEntry, encodeTimelineEntry } from './timeline-format.ts';

/** The ledger in the DynamoDB table `tableName`, whose shape is in `table.ts`. */
export function dynamodbLedger(tableName: string, client: DynamoDBClient = ledgerClient()): Ledger {
  const table: Table = { client, tableName };
  return {
    readTask: (sid) => readRecord(table, sid, decodeTask),
    readRecording: (sid) => readRecord(table, sid, decodeRecording),
    async saveTask(record) {
      const stored = encodeTask({ ...record, version: record.version + 1 });
      return putItemAtVersion(table, record.version, {
        ...recordItem(record.taskSid, stored),
        ...taskIndexLine(record),
      });
    },
    async saveRecording(record) {
      const stored = encodeRecording({ ...record, version: record.version + 1 });
      const item = { ...recordItem(record.recordingSid, stored), ...recordingIndexLine(record) };
      return putItemAtVersion(table, record.version, item);
    },
    async addToTimeline(entry) {
      await putItem(table, { ...keyOf(ownKey(entry.of), timelineKey(entry)), ...encodeTimelineEntry(entry) });
    },
    async timelineOf(sid) {
      const lines = await queryTable(table, inPartition(ownKey(sid), timelinePrefix));
      return lines.map((line) => readable(sid, () => decodeTimelineEntry(line)));
    },
    async addAliases(aliases, target) {
      await Promise.all(aliases.map((alias) => putItem(table, keyOf(aliasKey(alias), ownKey(target)))));
    },
    findByAlias: async (alias) => aliasTargets(await queryTable(table, inPartition(aliasKey(alias)))),
    due: (now, limit) => due(table, now, limit),
    ofDay: (day) => ofDay(table, day),
  };
}

async function readRecord<R>(
  table: Table,
  sid: RecordingSid | TaskSid,
  decode: (stored: unknown) => R,
): Promise<R | undefined> {
  const item = await getItem(table, ownKey(sid), recordSortKey);
  return item === undefined ? undefined : readable(sid, () => decode(item[recordAttribute]));
}

function recordItem(sid: RecordingSid | TaskSid, stored: { readonly version: number }): object {
  return { ...keyOf(ownKey(sid), recordSortKey), version: stored.version, [recordAttribute]: stored };
}

function keyOf(pk: string, sk: string): object {
  return { [partitionKey]: pk, [sortKey]: sk };
}

function inPartition(pk: string, sortKeyPrefix?: string): KeyCondition {
  if (sortKeyPrefix === undefined)
    return { expression: '#pk = :pk', names: { '#pk': partitionKey }, values: { ':pk': pk } };
  return {
    expression: '#pk = :pk AND begins_with(#sk, :prefix)',
    names: { '#pk': partitionKey, '#sk': sortKey },
    values: { ':pk': pk, ':prefix': sortKeyPrefix },
  };
}

/** Asks every shard for its `limit` soonest, so that the soonest of all are among them. */
async function due(table: Table, now: Date, limit: number): Promise<readonly DueItem[]> {
  const shards = await Promise.all(
    numbersBelow(openIndex.shardCount).map((shard) => {
      const condition = {
        expression: '#shard = :shard AND #dueAt <= :now',
        names: { '#shard': openIndex.partitionKey, '#dueAt': openIndex.sortKey },
        values: { ':shard': openShard(shard), ':now': now.toISOString() },
      };
      return queryIndex(table, openIndex.name, condition, limit);
    }),
  );
  const items = shards.flat().map(dueItem);
  return items.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).slice(0, limit);
}

async function ofDay(table: Table, day: string): Promise<readonly DayItem[]> {
  const shards = await Promise.all(
    numbersBelow(byDayIndex.shardCount).map((shard) => {
      const names = { '#shard': byDayIndex.partitionKey };
      const values = { ':shard': dayShard(day, shard) };
      return queryIndex(table, byDayIndex.name, { expression: '#shard = :shard', names, values });
    }),
  );
  const items = shards.flat().map(dayItem);
  return items.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.sid < b.sid ? -1 : 1));
}

function numbersBelow(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
