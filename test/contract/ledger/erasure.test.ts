import { dynamodbConferenceRecords } from '../../../lambdas/shared/adapters/dynamodb/conference-records.ts';
import { dynamodbContactInbox } from '../../../lambdas/shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbLedger } from '../../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbErasureRequests } from '../../../lambdas/shared/adapters/dynamodb/erasure-requests.ts';
import { dynamodbIdentityMap } from '../../../lambdas/shared/adapters/dynamodb/identity-map.ts';
import { dynamodbPersonalItems } from '../../../lambdas/shared/adapters/dynamodb/personal-items.ts';
import { dynamodbSubjectIndex } from '../../../lambdas/shared/adapters/dynamodb/subject-index.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { startLedgerTable } from '../../support/ledger/ledger-table.ts';
import type { LedgerTable } from '../../support/ledger/ledger-table.ts';
import { fullConference } from './conference-records-suite.ts';
import { erasureRequestsSuite } from './erasure-requests-suite.ts';
import { subjectIndexSuite } from './subject-index-suite.ts';

subjectIndexSuite('the subject index in memory', async () => inMemorySubjectIndex());
erasureRequestsSuite('erasure requests in memory', async () => {
  const ledger = inMemoryLedger();
  return { ledger, erasures: ledger.erasures };
});

describe('on DynamoDB', () => {
  let table: LedgerTable;
  beforeEach(async () => {
    table = await startLedgerTable();
  });
  afterEach(() => table.close());

  subjectIndexSuite('the subject index in DynamoDB', async () => dynamodbSubjectIndex(table.tableName, table.client));
  erasureRequestsSuite('erasure requests in DynamoDB', async () => ({
    ledger: dynamodbLedger(table.tableName, table.client),
    erasures: dynamodbErasureRequests(table.tableName, table.client),
  }));

  it('personal items: takes away the identity, the conference and the contact statuses that are named, and no others', async () => {
    const identities = dynamodbIdentityMap(table.tableName, table.client);
    const conferences = dynamodbConferenceRecords(table.tableName, table.client);
    const inbox = dynamodbContactInbox(table.tableName, table.client);
    const receivedAt = new Date('2026-11-20T10:00:00.000Z');
    const status = (alias: string, hash: string) => ({
      ...{ alias, hash: hash.repeat(64), receivedAt, cause: 'm-1', isMatched: false },
      contact: { ccrId: 1, sessionId: alias, legId: '', tenantId: 1001, status: 'FAILED' },
    });
    for (const hash of ['a', 'b']) await identities.remember(hash, '+12025550143', receivedAt);
    for (const n of [1, 2]) await conferences.saveConference(fullConference({ conferenceSid: sids.conference(n) }));
    for (const hash of ['c', 'd']) await inbox.putInInbox(status(sids.call(), hash));
    await inbox.putInInbox(status(sids.call(2), 'e'));

    const items = dynamodbPersonalItems(table.tableName, table.client);
    for (let times = 0; times < 2; times += 1) {
      await items.removeIdentity('a');
      await items.removeConference(sids.conference());
      await items.removeInbox(sids.call());
    }

    expect([await identities.read('a'), await identities.read('b')]).toEqual([undefined, '+12025550143']);
    expect(await conferences.readConference(sids.conference())).toBeUndefined();
    expect(await conferences.readConference(sids.conference(2))).toMatchObject({ version: 1 });
    expect(await inbox.inboxOf(sids.call())).toEqual([]);
    expect(await inbox.inboxOf(sids.call(2))).toEqual([status(sids.call(2), 'e')]);
  });
});
