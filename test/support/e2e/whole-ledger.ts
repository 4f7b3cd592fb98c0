import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { PipelineRun } from './pipeline-run.ts';

/** Every item of the run's ledger, in DynamoDB's own notation. */
export async function wholeLedger({
  aws,
  cloud,
  clock,
}: PipelineRun): Promise<readonly Readonly<Record<string, AttributeValue>>[]> {
  const client = new DynamoDBClient({ endpoint: aws.url, region: cloud.region, credentials: cloud.operator });
  client.config.systemClockOffset = clock.offsetMs();
  try {
    const items: Record<string, AttributeValue>[] = [];
    for await (const page of paginateScan({ client }, { TableName: cloud.ledgerTable }))
      items.push(...(page.Items ?? []));
    return items;
  } finally {
    client.destroy();
  }
}
