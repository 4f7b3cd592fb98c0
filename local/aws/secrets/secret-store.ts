import { randomInt, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { openKeptMap, type KeptMap } from '../kept-map.ts';

const versionShape = z.object({
  versionId: z.string(),
  stages: z.array(z.string()),
  createdAtEpochMs: z.number(),
  secretString: z.optional(z.string()),
  /** Base64. */
  secretBinary: z.optional(z.string()),
});
const secretShape = z.object({
  name: z.string(),
  arn: z.string(),
  description: z.optional(z.string()),
  createdAtEpochMs: z.number(),
  changedAtEpochMs: z.number(),
  deletedAtEpochMs: z.optional(z.number()),
  tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  versions: z.array(versionShape),
});
export type SecretVersion = Readonly<z.infer<typeof versionShape>>;
export type Secret = Readonly<z.infer<typeof secretShape>>;
/** Exactly one of the two, as the caller gave it. */
export type SecretContent = Pick<SecretVersion, 'secretString' | 'secretBinary'>;

export interface SecretToCreate {
  readonly name: string;
  readonly content?: SecretContent;
  readonly versionId?: string;
  readonly description?: string;
  readonly tags?: Secret['tags'];
}

/** The secrets of the account in the region, with their versions. */
export class SecretStore {
  readonly #kept: KeptMap<Secret>;
  readonly #prefix: string;
  readonly #now: () => number;

  constructor(options: {
    readonly file: string | undefined;
    readonly region: string;
    readonly accountId: string;
    readonly now: () => number;
  }) {
    this.#kept = openKeptMap(options.file, (content) => secretShape.parse(content));
    this.#prefix = `arn:aws:secretsmanager:${options.region}:${options.accountId}:secret:`;
    this.#now = options.now;
  }

  /** By name, ARN, or ARN without its seven last characters. */
  find(secretId: string): Secret | undefined {
    const names = ({ name, arn }: Secret): readonly string[] => [name, arn, arn.slice(0, -'-abcdef'.length)];
    return this.all().find((secret) => names(secret).includes(secretId));
  }

  all(): readonly Secret[] {
    return [...this.#kept.values()];
  }

  /** What policy is asked about for an id that may not exist. */
  arnFor(secretId: string): string {
    const unknown = secretId.startsWith('arn:') ? secretId : `${this.#prefix}${secretId}-??????`;
    return this.find(secretId)?.arn ?? unknown;
  }

  /** @throws {AwsError} ResourceExistsException; InvalidRequestException while a deleted one of the name waits. */
  create({ name, content, versionId, description, tags = [] }: SecretToCreate): Secret {
    const existing = this.#kept.get(name);
    if (existing?.deletedAtEpochMs !== undefined) {
      const why = 'is scheduled for deletion; its name is not free yet.';
      throw new AwsError(400, 'InvalidRequestException', `The secret ${name} ${why}`);
    }
    if (existing !== undefined)
      throw new AwsError(400, 'ResourceExistsException', `The secret ${name} already exists.`);
    const secret = {
      name,
      arn: `${this.#prefix}${name}-${randomSuffix()}`,
      ...(description === undefined ? {} : { description }),
      createdAtEpochMs: this.#now(),
      changedAtEpochMs: this.#now(),
      tags,
      versions: content === undefined ? [] : [this.#newVersion(content, versionId, ['AWSCURRENT'])],
    };
    this.#kept.set(name, secret);
    return secret;
  }

  /** The new version becomes current unless `stages` says otherwise; the one before becomes AWSPREVIOUS. */
  put(
    secret: Secret,
    content: SecretContent,
    versionId?: string,
    stages: readonly string[] = ['AWSCURRENT'],
  ): SecretVersion {
    const same = secret.versions.find((version) => version.versionId === versionId);
    if (same !== undefined) {
      const isSame = same.secretString === content.secretString && same.secretBinary === content.secretBinary;
      if (isSame) return same;
      throw new AwsError(400, 'ResourceExistsException', `A version ${same.versionId} exists with another value.`);
    }
    const added = this.#newVersion(content, versionId, stages);
    const versions = [...secret.versions.map((version) => withoutStages(version, stages)), added];
    const staged = versions.filter((version) => version.stages.length > 0);
    this.#kept.set(secret.name, { ...secret, changedAtEpochMs: this.#now(), versions: staged });
    return added;
  }

  /** Marks it deleted, or with `forGood` takes it away. */
  remove(secret: Secret, forGood: boolean): void {
    if (forGood) this.#kept.delete(secret.name);
    else this.#kept.set(secret.name, { ...secret, deletedAtEpochMs: this.#now() });
  }

  restore(secret: Secret): void {
    const { deletedAtEpochMs: _deleted, ...rest } = secret;
    this.#kept.set(secret.name, rest);
  }

  #newVersion(content: SecretContent, versionId: string | undefined, stages: readonly string[]): SecretVersion {
    return { versionId: versionId ?? randomUUID(), stages: [...stages], createdAtEpochMs: this.#now(), ...content };
  }
}

/** A stage belongs to one version; who loses AWSCURRENT becomes AWSPREVIOUS, and whoever was that before no longer is. */
function withoutStages(version: SecretVersion, taken: readonly string[]): SecretVersion {
  const losesCurrent = taken.includes('AWSCURRENT') && version.stages.includes('AWSCURRENT');
  const gone = taken.includes('AWSCURRENT') ? [...taken, 'AWSPREVIOUS'] : taken;
  const left = version.stages.filter((stage) => !gone.includes(stage));
  return { ...version, stages: losesCurrent ? [...left, 'AWSPREVIOUS'] : left };
}

function randomSuffix(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
}
