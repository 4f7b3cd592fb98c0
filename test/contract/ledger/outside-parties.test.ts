import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodbConferenceRecords } from '../../../lambdas/shared/adapters/dynamodb/conference-records.ts';
import { dynamodbIdentityMap } from '../../../lambdas/shared/adapters/dynamodb/identity-map.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryConferenceRecords } from '../../support/fakes/in-memory-conferences.ts';
import { inMemoryIdentityMap } from '../../support/fakes/in-memory-identity-map.ts';
import { startLedgerTable } from '../../support/ledger/ledger-table.ts';
import type { LedgerTable } from '../../support/ledger/ledger-table.ts';
import { conferenceRecordsSuite, fullConference } from './conference-records-suite.ts';
import { identityMapSuite } from './identity-map-suite.ts';

conferenceRecordsSuite('conference records in memory', async () => inMemoryConferenceRecords());
identityMapSuite('the identity map in memory', async () => inMemoryIdentityMap());

describe('on DynamoDB', () => {
  let table: LedgerTable;
  beforeEach(async () => {
    table = await startLedgerTable();
  });
  afterEach(() => table.close());

  const item = async (pk: string) => {
    const Key = { pk: { S: pk }, sk: { S: 'record' } };
    return (await table.client.send(new GetItemCommand({ TableName: table.tableName, Key }))).Item;
  };

  conferenceRecordsSuite('conference records in DynamoDB', async () =>
    dynamodbConferenceRecords(table.tableName, table.client),
  );
  identityMapSuite('the identity map in DynamoDB', async () => dynamodbIdentityMap(table.tableName, table.client));

  it('a conference expires 30 days after the last that was heard of it', async () => {
    const records = dynamodbConferenceRecords(table.tableName, table.client);
    await records.saveConference(fullConference());

    // 20 December 2026, 10:04:01 UTC, by GNU date.
    expect((await item(`CF#${sids.conference()}`))?.['expiresAtEpochSeconds']).toEqual({ N: '1797761041' });
  });

  it('an identity lies under the hash alone and never expires', async () => {
    const identities = dynamodbIdentityMap(table.tableName, table.client);
    await identities.remember('q83vEjRWeJA', '+12025550143', new Date('2026-11-20T10:00:00.000Z'));

    expect(await item('IDENTITY#q83vEjRWeJA')).toEqual({
      pk: { S: 'IDENTITY#q83vEjRWeJA' },
      sk: { S: 'record' },
      version: { N: '1' },
      identity: { S: '+12025550143' },
      rememberedAt: { S: '2026-11-20T10:00:00.000Z' },
    });
  });

  it('a table that is not there is no table in which nobody is known', async () => {
    const identities = dynamodbIdentityMap('no-such-table', table.client);

    await expect(identities.read('a')).rejects.toMatchObject({ name: 'RetryableError', reason: 'ledger-refused' });
  });
});
