import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The indexes of the ledger; adapters/dynamodb reads them by these names. */
export const ledgerIndexNames = ['open', 'by-day'] as const;
export type LedgerIndexName = (typeof ledgerIndexNames)[number];

/**
 * The table of what was done and what is still owed.
 *
 * `open` holds the items that have an `openShard` and a `dueAt`, `by-day` those with a `dayShard` and a `dayAt`: an item
 * leaves an index by losing the attribute. Attribute names are shared with lambdas/shared/adapters/dynamodb.
 */
export class LedgerTable extends Table {
  constructor(scope: Construct, id: string, props: { readonly dataKey: IKey }) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAtEpochSeconds',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.dataKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addGlobalSecondaryIndex({
      indexName: 'open' satisfies LedgerIndexName,
      partitionKey: { name: 'openShard', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.addGlobalSecondaryIndex({
      indexName: 'by-day' satisfies LedgerIndexName,
      partitionKey: { name: 'dayShard', type: AttributeType.STRING },
      sortKey: { name: 'dayAt', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['label'],
    });
  }
}
