import { once } from 'node:events';
import type { Server } from 'node:http';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AttributeDefinition, CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { byDayIndex, openIndex, partitionKey, sortKey } from '../../../lambdas/shared/adapters/dynamodb/table.ts';
import { untilActive } from '../aws/until-active.ts';

/** A DynamoDB of its own for one test file, with an empty ledger table in it. */
export interface LedgerTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly url: string;
  /** Frees the port; call it in afterAll. */
  close(): Promise<void>;
}

export async function startLedgerTable(): Promise<LedgerTable> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(new CreateTableCommand(tableInput('ledger')));
  await untilActive(client, 'ledger');
  return {
    client,
    tableName: 'ledger',
    url,
    async close() {
      client.destroy();
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

function tableInput(tableName: string): CreateTableCommandInput {
  const text = (name: string): AttributeDefinition => ({ AttributeName: name, AttributeType: 'S' });
  const keys = (hash: string, range: string): CreateTableCommandInput['KeySchema'] => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  const keyNames = [
    partitionKey,
    sortKey,
    openIndex.partitionKey,
    openIndex.sortKey,
    byDayIndex.partitionKey,
    byDayIndex.sortKey,
  ];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyNames.map(text),
    KeySchema: keys(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: openIndex.name,
        KeySchema: keys(openIndex.partitionKey, openIndex.sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
      {
        IndexName: byDayIndex.name,
        KeySchema: keys(byDayIndex.partitionKey, byDayIndex.sortKey),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...byDayIndex.projectedAttributes] },
      },
    ],
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
