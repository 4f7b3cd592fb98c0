import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { AwsCall } from '../../../local/aws/aws-call.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';
import { untilActive } from '../../support/aws/until-active.ts';

const table: CreateTableCommandInput = {
  TableName: 'ledger',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'openPk', 'dueAt'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'open',
      KeySchema: [
        { AttributeName: 'openPk', KeyType: 'HASH' },
        { AttributeName: 'dueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
const item = {
  pk: { S: 'RE#1' },
  sk: { S: 'record' },
  openPk: { S: 'open#0' },
  dueAt: { S: '2026-11-20' },
  version: { N: '1' },
};

describe('the local DynamoDB', () => {
  let test: TestAws;
  beforeEach(async () => {
    test = await startTestAws();
    await test.dynamoDb.send(new CreateTableCommand(table));
    await untilActive(test.dynamoDb, 'ledger');
    await test.dynamoDb.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
  });
  afterEach(() => test.close());

  const query = () =>
    new QueryCommand({
      TableName: 'ledger',
      IndexName: 'open',
      KeyConditionExpression: 'openPk = :o AND dueAt <= :d',
      ExpressionAttributeValues: { ':o': { S: 'open#0' }, ':d': { S: '2026-11-21' } },
    });

  it('has a table at once, in this account and region', async () => {
    const { Table } = await test.dynamoDb.send(new DescribeTableCommand({ TableName: 'ledger' }));

    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/ledger',
    });
  });

  it('writes only when the condition holds', async () => {
    const put = (version: number) =>
      test.dynamoDb.send(
        new PutItemCommand({
          TableName: 'ledger',
          Item: { ...item, version: { N: String(version + 1) } },
          ConditionExpression: 'version = :v',
          ExpressionAttributeValues: { ':v': { N: String(version) } },
        }),
      );
    await put(1);

    expect(await refusal(put(1))).toMatchObject({ name: 'ConditionalCheckFailedException', status: 400 });
    const found = await test.dynamoDb.send(
      new GetItemCommand({ TableName: 'ledger', Key: { pk: item.pk, sk: item.sk }, ConsistentRead: true }),
    );
    expect(found.Item?.['version']).toEqual({ N: '2' });
  });

  it('finds by an index', async () => {
    const { Items } = await test.dynamoDb.send(query());

    expect(Items).toEqual([{ pk: item.pk, sk: item.sk, openPk: item.openPk, dueAt: item.dueAt }]);
  });

  it('tells policy which partition a call on one item is about, and nothing of it of others', async () => {
    const asked: unknown[] = [];
    const { dynamoDb } = test.clientsOf('reader', ({ action, conditions }: AwsCall) => {
      asked.push([action, conditions]);
      return { allowed: true };
    });
    const key = { pk: item.pk, sk: item.sk };
    await dynamoDb.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    await dynamoDb.send(new GetItemCommand({ TableName: 'ledger', Key: key }));
    await dynamoDb.send(new DeleteItemCommand({ TableName: 'ledger', Key: key }));
    await dynamoDb.send(query());

    const leading = { 'dynamodb:LeadingKeys': 'RE#1' };
    expect(asked).toEqual([
      ['dynamodb:PutItem', leading],
      ['dynamodb:GetItem', leading],
      ['dynamodb:DeleteItem', leading],
      ['dynamodb:Query', {}],
    ]);
  });

  it('asks policy by table, by index, and by every table of a batch', async () => {
    const asked: string[] = [];
    const { dynamoDb } = test.clientsOf('reader', ({ action, resource }: AwsCall) => {
      asked.push(`${action} ${resource.replace(/^.*:table\//, '')}`);
      return resource.endsWith('/other') ? { allowed: false, reason: 'no statement allows it' } : { allowed: true };
    });
    await dynamoDb.send(query());
    await dynamoDb.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: item.pk, sk: item.sk } }));
    const keys = { Keys: [{ pk: item.pk, sk: item.sk }] };
    const refused = await refusal(
      dynamoDb.send(new BatchGetItemCommand({ RequestItems: { ledger: keys, other: keys } })),
    );

    expect(asked).toEqual([
      'dynamodb:Query ledger/index/open',
      'dynamodb:GetItem ledger',
      'dynamodb:BatchGetItem ledger',
      'dynamodb:BatchGetItem other',
    ]);
    expect(refused).toMatchObject({ name: 'AccessDeniedException', status: 400 });
    expect(refused.message).toContain('reader is not authorized to perform: dynamodb:BatchGetItem');
  });
});
