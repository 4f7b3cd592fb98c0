import type { CloudAws } from '../aws/cloud-aws.ts';
import { knownName } from '../names.ts';
import type { Resource } from '../template/resolved-template.ts';
import { bucketSettings } from './buckets.ts';
import { queueSettings } from './queues.ts';
import { secretKeyArn } from './secrets.ts';
import { tableSettings, type TableSettings } from './tables.ts';

/** A bucket, table, queue or secret that was made. */
export interface MadeResource {
  /** From the logical id: `archive`, `ledger`, `link-recording-dead-letters`, `twilio`. */
  readonly name: string;
  readonly logicalId: string;
  /** The bucket's, table's, queue's or secret's own name. */
  readonly physicalName: string;
  readonly arn: string;
  /** The customer-managed key it is encrypted with. */
  readonly keyArn: string | undefined;
}

export interface MadeQueue extends MadeResource {
  readonly url: string;
}

export interface ResourcesMade {
  readonly buckets: readonly MadeResource[];
  readonly queues: readonly MadeQueue[];
  readonly secrets: readonly MadeResource[];
  readonly tables: readonly (MadeResource & { readonly settings: TableSettings })[];
}

/**
 * Makes buckets and parameters and gives queues their attributes; secrets are made by `madeBeforehand`, and tables are
 * only read here.
 */
export async function makeResources(aws: CloudAws, resources: readonly Resource[]): Promise<ResourcesMade> {
  const of = (...types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  for (const parameter of of('AWS::SSM::Parameter'))
    await aws.putParameter(parameter.ref(), parameter.attribute('Value'));
  return {
    buckets: await inTurn(of('AWS::S3::Bucket'), async (resource) => {
      const { keyArn, ...settings } = bucketSettings(resource);
      const { arn } = await aws.createBucket(settings);
      return { ...named(resource, 'bucket', settings.name), arn, keyArn };
    }),
    queues: await inTurn(of('AWS::SQS::Queue'), async (resource) => {
      const { keyArn, ...settings } = queueSettings(resource);
      return { ...named(resource, 'queue', settings.name), ...(await aws.createQueue(settings)), keyArn };
    }),
    secrets: of('AWS::SecretsManager::Secret').map((resource) => ({
      ...named(resource, 'secret', resource.ref()),
      arn: resource.ref(),
      keyArn: secretKeyArn(resource),
    })),
    tables: of('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map((resource) => {
      const settings = tableSettings(resource);
      const keyArn = settings.SSESpecification?.KMSMasterKeyId;
      return { ...named(resource, 'table', settings.name), arn: resource.attribute('Arn'), keyArn, settings };
    }),
  };
}

/** One after the other: whoever makes things by name may not like to be asked for all at once. */
async function inTurn<From, To>(all: readonly From[], make: (one: From) => Promise<To>): Promise<readonly To[]> {
  const made: To[] = [];
  for (const one of all) made.push(await make(one));
  return made;
}

const named = ({ logicalId }: Resource, kind: string, physicalName: string) => ({
  name: knownName(logicalId, kind),
  logicalId,
  physicalName,
});

/** The key that encrypts a resource, by the resource's ARN. */
export function keyFinder({
  buckets,
  queues,
  secrets,
  tables,
}: ResourcesMade): (resourceArn: string) => string | undefined {
  const keys = new Map([...buckets, ...queues, ...secrets, ...tables].map(({ arn, keyArn }) => [arn, keyArn]));
  return (resourceArn) => keys.get(resourceArn);
}
