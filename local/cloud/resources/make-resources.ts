import type { LocalAws } from '../../aws/local-aws.ts';
import { knownName } from '../names.ts';
import { identify, type MadeResources } from '../template/identities.ts';
import type { Identity, Resource, ResourceFacts } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
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
 * Makes queues and secrets as soon as something refers to them, because only the stand-in knows a queue's URL and a
 * secret's ARN. A queue gets its attributes, and a secret its template value, in `makeResources`.
 */
export function identifier(
  aws: LocalAws,
  place: { readonly accountId: string; readonly region: string },
  secretValues: Readonly<Record<string, string>>,
): (facts: ResourceFacts) => Identity | undefined {
  const made: MadeResources = {
    queue: (name) => aws.sqs.createQueue({ name }),
    secret: (name, facts) =>
      aws.secrets.createSecret({
        name,
        value: { kind: 'string', secretString: secretValue(name, facts, secretValues) },
      }),
  };
  return (facts) => identify(facts, place, made);
}

function secretValue(name: string, facts: ResourceFacts, given: Readonly<Record<string, string>>): string {
  const names = [knownName(facts.logicalId, 'secret'), facts.logicalId, name];
  const value = names.map((one) => given[one]).find((one) => one !== undefined) ?? facts.text('SecretString');
  if (value !== undefined) return value;
  throw new TemplateError(
    `${facts.stackName}/${facts.logicalId} (${facts.type})`,
    `has no value: give one in secretValues as ${names.join(' or ')}`,
  );
}

/** Brings buckets, queues, secrets and parameters of the template into the stand-ins; tables are only read here. */
export function makeResources(aws: LocalAws, resources: readonly Resource[]): ResourcesMade {
  const of = (...types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  for (const parameter of of('AWS::SSM::Parameter')) aws.parameters.put(parameter.ref(), parameter.attribute('Value'));
  return {
    buckets: of('AWS::S3::Bucket').map((resource) => {
      const { keyArn, ...settings } = bucketSettings(resource);
      const { arn } = aws.s3.createBucket(settings);
      return { ...named(resource, 'bucket', settings.name), arn, keyArn };
    }),
    queues: of('AWS::SQS::Queue').map((resource) => {
      const { keyArn, ...settings } = queueSettings(resource);
      return { ...named(resource, 'queue', settings.name), ...aws.sqs.createQueue(settings), keyArn };
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
