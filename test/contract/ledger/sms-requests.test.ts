import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodbSmsRequests } from '../../../lambdas/shared/adapters/dynamodb/sms-requests.ts';
import { inMemorySmsRequests } from '../../support/fakes/in-memory-sms-requests.ts';
import { startLedgerTable } from '../../support/ledger/ledger-table.ts';
import type { LedgerTable } from '../../support/ledger/ledger-table.ts';
import { exampleSmsRequest, smsRequestsSuite } from './sms-requests-suite.ts';

smsRequestsSuite('requests to send a message in memory', async () => inMemorySmsRequests());

describe('on DynamoDB', () => {
  let table: LedgerTable;
  beforeEach(async () => {
    table = await startLedgerTable();
  });
  afterEach(() => table.close());

  smsRequestsSuite('requests to send a message in DynamoDB', async () =>
    dynamodbSmsRequests(table.tableName, table.client),
  );

  it('lie under their hash alone and are removed a day later', async () => {
    await dynamodbSmsRequests(table.tableName, table.client).save(exampleSmsRequest());

    const Key = { pk: { S: `SMS#${'a'.repeat(32)}` }, sk: { S: 'record' } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.tableName, Key }));

    // 21 November 2026, 10:00:01 UTC: the next whole second, by GNU date.
    expect(Item?.['expiresAtEpochSeconds']).toEqual({ N: '1795255201' });
    expect(Object.keys(Item ?? {}).sort()).toEqual(['expiresAtEpochSeconds', 'pk', 'record', 'sk', 'version']);
  });
});
