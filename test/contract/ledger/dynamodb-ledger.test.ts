import { dynamodbLedger } from '../../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { startLedgerTable } from '../../support/ledger/ledger-table.ts';
import type { LedgerTable } from '../../support/ledger/ledger-table.ts';
import { ledgerSuite } from './ledger-suite.ts';

describe('on DynamoDB', () => {
  let table: LedgerTable;
  beforeEach(async () => {
    table = await startLedgerTable();
  });
  afterEach(() => table.close());

  ledgerSuite('the ledger in DynamoDB', async () => dynamodbLedger(table.tableName, table.client));
});
