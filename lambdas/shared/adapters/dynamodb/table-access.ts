import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, PutItemCommandInput, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { attributeMap, storedMap } from './attribute-values.ts';
import type { StoredMap } from './attribute-values.ts';
import { translated } from './dynamodb-errors.ts';
import { partitionKey, sortKey } from './table.ts';

/** The calls that the ledger makes, in plain values; each waits for the table's answer or throws as `translated` says. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** A condition on a key: its `#name` and `:value` placeholders, and what they stand for. */
export interface KeyCondition {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

/** Writes the item over what was there. */
export async function putItem({ client, tableName }: Table, item: object): Promise<void> {
  await translated('PutItem', client.send(new PutItemCommand({ TableName: tableName, Item: attributeMap(item) })));
}

/**
 * Writes the item if what is stored has this `version`; 0 means that nothing may be stored.
 *
 * When the answer to a write that succeeded is lost, the SDK sends it again and this says `conflict`: the caller then
 * reads its own write, and applying again changes nothing.
 */
export async function putItemAtVersion(table: Table, version: number, item: object): Promise<'saved' | 'conflict'> {
  const condition: Partial<PutItemCommandInput> =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': partitionKey } }
      : {
          ConditionExpression: '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': { N: String(version) } },
        };
  const command = new PutItemCommand({ TableName: table.tableName, Item: attributeMap(item), ...condition });
  const write = table.client.send(command).then(
    () => 'saved' as const,
    (error: unknown) => {
      if (error instanceof ConditionalCheckFailedException) return 'conflict' as const;
      throw error;
    },
  );
  return translated('PutItem', write);
}

/** Takes the item away for good; one that is not there is away. */
export async function deleteItem({ client, tableName }: Table, pk: string, sk: string): Promise<void> {
  const key = attributeMap({ [partitionKey]: pk, [sortKey]: sk });
  await translated('DeleteItem', client.send(new DeleteItemCommand({ TableName: tableName, Key: key })));
}

/** The item under the key, read consistently; undefined when there is none. */
export async function getItem({ client, tableName }: Table, pk: string, sk: string): Promise<StoredMap | undefined> {
  const key = attributeMap({ [partitionKey]: pk, [sortKey]: sk });
  const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true });
  const { Item } = await translated('GetItem', client.send(command));
  return Item === undefined ? undefined : storedMap(Item);
}

/** All items that meet the condition, in key order, read consistently. */
export function queryTable(table: Table, condition: KeyCondition): Promise<readonly StoredMap[]> {
  return query(table, { ConsistentRead: true }, condition, Infinity);
}

/** Up to `limit` items of the index that meet the condition, in key order. What was written a moment ago may be missing. */
export function queryIndex(
  table: Table,
  indexName: string,
  condition: KeyCondition,
  limit = Infinity,
  { isLastFirst = false }: { readonly isLastFirst?: boolean } = {},
): Promise<readonly StoredMap[]> {
  return query(table, { IndexName: indexName, ScanIndexForward: !isLastFirst }, condition, limit);
}

async function query(
  { client, tableName }: Table,
  how: Pick<QueryCommandInput, 'ConsistentRead' | 'IndexName' | 'ScanIndexForward'>,
  condition: KeyCondition,
  limit: number,
): Promise<readonly StoredMap[]> {
  const found: StoredMap[] = [];
  let startKey: QueryCommandInput['ExclusiveStartKey'];
  do {
    const command = new QueryCommand({
      TableName: tableName,
      ...how,
      KeyConditionExpression: condition.expression,
      ExpressionAttributeNames: condition.names,
      ExpressionAttributeValues: attributeMap(condition.values),
      ...(Number.isFinite(limit) && { Limit: limit - found.length }),
      ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
    });
    const page = await translated('Query', client.send(command));
    found.push(...(page.Items ?? []).map(storedMap));
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined && found.length < limit);
  return found;
}
