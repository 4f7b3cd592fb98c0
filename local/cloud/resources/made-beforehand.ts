import type { CloudAws } from '../aws/cloud-aws.ts';
import { knownName } from '../names.ts';
import type { MadeResources } from '../template/identities.ts';
import type { Resource, ResourceFacts } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';

/** Queues and secrets, made before anything that refers to them is read. */
export interface MadeBeforehand extends MadeResources {
  /** Makes them all; a queue gets its attributes later, because they may refer to another queue. */
  make(resources: readonly Resource[]): Promise<void>;
}

/**
 * Only AWS knows a queue's URL and a secret's ARN, and whatever refers to them waits for nobody: so they are made first,
 * by their names.
 *
 * `queue` and `secret` throw a `TemplateError` when they are asked too early, as by the value of another secret.
 */
export function madeBeforehand(aws: CloudAws, secretValues: Readonly<Record<string, string>>): MadeBeforehand {
  const queues = new Map<string, { readonly arn: string; readonly url: string }>();
  const secrets = new Map<string, { readonly arn: string }>();
  let listed: Map<string, ResourceFacts> | undefined;
  return {
    queue: (name) => queues.get(name) ?? tooEarly(`the queue ${name}`),
    secret(name, facts) {
      const made = secrets.get(name);
      if (made !== undefined) return made;
      if (listed === undefined) return tooEarly(`the secret ${name}`);
      listed.set(name, facts);
      return { arn: '' };
    },
    async make(resources) {
      for (const queue of ofType(resources, 'AWS::SQS::Queue')) {
        const name = queue.attribute('QueueName');
        queues.set(name, await aws.createQueue({ name }));
      }
      const wanted = new Map<string, ResourceFacts>();
      listed = wanted;
      for (const secret of ofType(resources, 'AWS::SecretsManager::Secret')) secret.ref();
      listed = undefined;
      for (const [name, facts] of wanted)
        secrets.set(name, await aws.createSecret({ name, secretString: secretValue(name, facts, secretValues) }));
    },
  };
}

const ofType = (resources: readonly Resource[], wanted: string): readonly Resource[] =>
  resources.filter(({ type }) => type === wanted);

function tooEarly(what: string): never {
  throw new TemplateError(
    what,
    'is referred to before it is made: its condition does not hold, or a value goes in a circle',
  );
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
