import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodbContactInbox } from '../../../lambdas/shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbControlRecords } from '../../../lambdas/shared/adapters/dynamodb/control-records.ts';
import { dynamodbLedger } from '../../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbTranscriptRecords } from '../../../lambdas/shared/adapters/dynamodb/transcript-records.ts';
import { startLedgerTable } from '../../support/ledger/ledger-table.ts';
import type { LedgerTable } from '../../support/ledger/ledger-table.ts';
import { controlsSuite } from './controls-suite.ts';
import { inboxSuite } from './inbox-suite.ts';
import { ledgerSuite } from './ledger-suite.ts';
import { transcriptsSuite } from './transcripts-suite.ts';

describe('on DynamoDB', () => {
  let table: LedgerTable;
  beforeEach(async () => {
    table = await startLedgerTable();
  });
  afterEach(() => table.close());

  ledgerSuite('the ledger in DynamoDB', async () => dynamodbLedger(table.tableName, table.client));
  inboxSuite('the inbox in DynamoDB', async () => ({
    ...dynamodbLedger(table.tableName, table.client),
    ...dynamodbContactInbox(table.tableName, table.client),
  }));
  transcriptsSuite('the ledger in DynamoDB', async () => ({
    ...dynamodbLedger(table.tableName, table.client),
    ...dynamodbTranscriptRecords(table.tableName, table.client),
  }));
  controlsSuite('the ledger in DynamoDB', async () => dynamodbControlRecords(table.tableName, table.client));

  it('has a contact status expire 30 days after its receipt', async () => {
    const receivedAt = new Date('2026-11-20T10:00:00.500Z');
    const contact = { ccrId: 1, sessionId: 'S', legId: '', tenantId: 1001, status: 'COMPLETE' };
    const inbox = dynamodbContactInbox(table.tableName, table.client);
    await inbox.putInInbox({ alias: 'S', hash: 'a'.repeat(64), contact, receivedAt, cause: 'm-1', isMatched: false });

    const key = { pk: { S: 'INBOX#S' }, sk: { S: `2026-11-20T10:00:00.500Z#${'a'.repeat(64)}` } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.tableName, Key: key }));

    // 20 December 2026, 10:00:01 UTC: the next whole second, by GNU date.
    expect(Item?.['expiresAtEpochSeconds']).toEqual({ N: '1797760801' });
  });
});
