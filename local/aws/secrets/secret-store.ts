import { randomInt, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { openKeptMap } from '../kept-map.ts';

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

export interface SecretStore {
  /** @throws {AwsError} ResourceExistsException; InvalidRequestException while a deleted one of the name waits. */
  create(asked: {
    readonly name: string;
    readonly content?: SecretContent;
    readonly versionId?: string;
    readonly description?: string;
    readonly tags?: Secret['tags'];
  }): Secret;
  /** By name, ARN, or ARN without its six last characters. */
  find(secretId: string): Secret | undefined;
  /** The new version becomes current unless `stages` says otherwise; the one before becomes AWSPREVIOUS. */
  put(secret: Secret, content: SecretContent, versionId?: string, stages?: readonly string[]): SecretVersion;
  /** Marks it deleted, or with `forGood` takes it away. */
  remove(secret: Secret, forGood: boolean): void;
  restore(secret: Secret): void;
  all(): readonly Secret[];
  /** What policy is asked about for an id that may not exist. */
  arnFor(secretId: string): string;
}

export function openSecretStore(options: {
  readonly file: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
}): SecretStore {
  const kept = openKeptMap(options.file, (content) => secretShape.parse(content));
  const prefix = `arn:aws:secretsmanager:${options.region}:${options.accountId}:secret:`;
  const find = (secretId: string): Secret | undefined =>
    [...kept.values()].find(
      ({ name, arn }) => secretId === name || secretId === arn || secretId === arn.slice(0, -'-abcdef'.length),
    );
  const newVersion = (
    content: SecretContent,
    versionId: string | undefined,
    stages: readonly string[],
  ): SecretVersion => ({
    versionId: versionId ?? randomUUID(),
    stages: [...stages],
    createdAtEpochMs: options.now(),
    ...content,
  });
  return {
    find,
    all: () => [...kept.values()],
    arnFor: (secretId) =>
      find(secretId)?.arn ?? (secretId.startsWith('arn:') ? secretId : `${prefix}${secretId}-??????`),
    create({ name, content, versionId, description, tags = [] }) {
      const existing = kept.get(name);
      if (existing?.deletedAtEpochMs !== undefined) {
        throw new AwsError(
          400,
          'InvalidRequestException',
          `The secret ${name} is scheduled for deletion; its name is not free yet.`,
        );
      }
      if (existing !== undefined)
        throw new AwsError(400, 'ResourceExistsException', `The secret ${name} already exists.`);
      const secret = {
        name,
        arn: `${prefix}${name}-${randomSuffix()}`,
        ...(description === undefined ? {} : { description }),
        createdAtEpochMs: options.now(),
        changedAtEpochMs: options.now(),
        tags,
        versions: content === undefined ? [] : [newVersion(content, versionId, ['AWSCURRENT'])],
      };
      kept.set(name, secret);
      return secret;
    },
    put(secret, content, versionId, stages = ['AWSCURRENT']) {
      const same = secret.versions.find((version) => version.versionId === versionId);
      if (
        same !== undefined &&
        (same.secretString !== content.secretString || same.secretBinary !== content.secretBinary)
      ) {
        throw new AwsError(400, 'ResourceExistsException', `A version ${same.versionId} exists with another value.`);
      }
      if (same !== undefined) return same;
      const added = newVersion(content, versionId, stages);
      const versions = [...secret.versions.map((version) => withoutStages(version, stages)), added];
      kept.set(secret.name, {
        ...secret,
        changedAtEpochMs: options.now(),
        versions: versions.filter(({ stages: left }) => left.length > 0),
      });
      return added;
    },
    remove(secret, forGood) {
      if (forGood) kept.delete(secret.name);
      else kept.set(secret.name, { ...secret, deletedAtEpochMs: options.now() });
    },
    restore(secret) {
      const { deletedAtEpochMs: _deleted, ...rest } = secret;
      kept.set(secret.name, rest);
    },
  };
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
