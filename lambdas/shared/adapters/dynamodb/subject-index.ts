import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { recordingSid, taskSid } from '../../domain/sids.ts';
import type { SubjectIndex } from '../../ports/subject-index.ts';
import { text } from './attribute-values.ts';
import { ledgerClient } from './ledger-client.ts';
import { deleteItem, putItem, queryTable } from './table-access.ts';
import type { Table } from './table-access.ts';
import { erasureIdOf, erasureKey, erasurePrefix, partitionKey, sortKey, subjectKey } from './table.ts';

const requestedAtAttribute = 'requestedAt';

/**
 * Whom tasks and recordings are about, in the ledger's table: an item for each hash and SID, `SUBJECT#<hash>`, and one for
 * each hash and erasure. `remove` needs dynamodb:DeleteItem as well.
 */
export function dynamodbSubjectIndex(tableName: string, client: DynamoDBClient = ledgerClient()): SubjectIndex {
  const table: Table = { client, tableName };
  return {
    async add(subjectHash, target) {
      await putItem(table, { [partitionKey]: subjectKey(subjectHash), [sortKey]: target });
    },
    async find(subjectHash) {
      const condition = {
        expression: '#pk = :pk',
        names: { '#pk': partitionKey },
        values: { ':pk': subjectKey(subjectHash) },
      };
      const sids = (await queryTable(table, condition)).map((item) => text(item, sortKey));
      return { tasks: sids.filter(taskSid.is), recordings: sids.filter(recordingSid.is) };
    },
    async addErasure(subjectHash, { erasureId, requestedAt }) {
      const key = { [partitionKey]: subjectKey(subjectHash), [sortKey]: erasureKey(erasureId) };
      await putItem(table, { ...key, [requestedAtAttribute]: requestedAt.toISOString() });
    },
    async erasuresOf(subjectHash) {
      const condition = {
        expression: '#pk = :pk AND begins_with(#sk, :erasure)',
        names: { '#pk': partitionKey, '#sk': sortKey },
        values: { ':pk': subjectKey(subjectHash), ':erasure': erasurePrefix },
      };
      return (await queryTable(table, condition)).map((item) => ({
        erasureId: erasureIdOf(text(item, sortKey)),
        requestedAt: new Date(text(item, requestedAtAttribute)),
      }));
    },
    async remove(subjectHash, target) {
      await deleteItem(table, subjectKey(subjectHash), target);
    },
  };
}
