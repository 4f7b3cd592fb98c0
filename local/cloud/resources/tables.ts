import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { RoleAccess } from '../gateway/sqs-backend.ts';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties, unused } from '../template/typed-properties.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const tableSchema = z.strictObject({
  TableName: z.optional(z.string()),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.optional(
    z.array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.optional(z.array(z.string())),
        }),
      }),
    ),
  ),
  BillingMode: z.literal('PAY_PER_REQUEST', 'only tables on demand are made here'),
  SSESpecification: z.optional(
    z.strictObject({ SSEEnabled: unused, SSEType: unused, KMSMasterKeyId: z.optional(z.string()) }),
  ),
  // Expiry takes days, longer than a run; backups and protection from deletion have nothing to protect here.
  TimeToLiveSpecification: unused,
  PointInTimeRecoverySpecification: unused,
  DeletionProtectionEnabled: unused,
  ContributorInsightsSpecification: unused,
  Tags: unused,
});

export type TableSettings = z.output<typeof tableSchema> & { readonly name: string };

export function tableSettings(resource: Resource): TableSettings {
  return { ...typedProperties(resource, tableSchema), name: resource.ref() };
}

/** Makes the tables and waits until they can be used; one that is there from an earlier run stays as it is. */
export async function createTables(tables: readonly TableSettings[], access: RoleAccess): Promise<void> {
  const { url, region, accessKeyId, secretAccessKey, clockOffsetMs } = access;
  const client = new DynamoDBClient({
    endpoint: url,
    region,
    credentials: { accessKeyId, secretAccessKey },
    systemClockOffset: clockOffsetMs(),
  });
  for (const table of tables) {
    const create = new CreateTableCommand({
      TableName: table.name,
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
      BillingMode: table.BillingMode,
    });
    await client.send(create).catch((error: unknown) => {
      if (!(error instanceof ResourceInUseException)) throw error;
    });
    await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName: table.name });
  }
  client.destroy();
}
