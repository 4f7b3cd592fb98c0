import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { jsonAnswer } from '../http/answer.ts';
import { jsonService, readParameters, type JsonCall } from '../http/json-service.ts';
import type { Service, Work } from '../http/service.ts';
import { secretNotFound } from './local-secrets.ts';
import { seconds, shownSecret, shownValue, stagesOf } from './shown-secret.ts';
import type { Secret, SecretContent, SecretStore, SecretVersion } from './secret-store.ts';

type Operation = (store: SecretStore, call: JsonCall) => Work;

const tags = z.optional(z.array(z.object({ Key: z.string(), Value: z.string() })));
const content = {
  SecretString: z.optional(z.string()),
  SecretBinary: z.optional(z.string()),
  ClientRequestToken: z.optional(z.string()),
};
const ofSecret = { SecretId: z.string() };
const createShape = z.object({ Name: z.string(), Description: z.optional(z.string()), Tags: tags, ...content });
const getShape = z.object({ ...ofSecret, VersionId: z.optional(z.string()), VersionStage: z.optional(z.string()) });
const putShape = z.object({ ...ofSecret, ...content, VersionStages: z.optional(z.array(z.string())) });
const deleteShape = z.object({
  ...ofSecret,
  ForceDeleteWithoutRecovery: z.optional(z.boolean()),
  RecoveryWindowInDays: z.optional(z.number()),
});
const idShape = z.object(ofSecret);
const invalidParameter = 'InvalidParameterException';

const operations: Readonly<Record<string, Operation>> = {
  CreateSecret(store, call) {
    const asked = readParameters(createShape, call, invalidParameter);
    return onSecret('CreateSecret', store.arnFor(asked.Name), () => {
      const given = contentOf(asked);
      const secret = store.create({
        name: asked.Name,
        ...(given === undefined ? {} : { content: given }),
        ...(asked.ClientRequestToken === undefined ? {} : { versionId: asked.ClientRequestToken }),
        ...(asked.Description === undefined ? {} : { description: asked.Description }),
        tags: asked.Tags ?? [],
      });
      return { ARN: secret.arn, Name: secret.name, VersionId: secret.versions[0]?.versionId };
    });
  },
  GetSecretValue(store, call) {
    const asked = readParameters(getShape, call, invalidParameter);
    return onSecret('GetSecretValue', store.arnFor(asked.SecretId), () => {
      const secret = living(store, asked.SecretId);
      return shownValue(secret, versionOf(secret, asked));
    });
  },
  PutSecretValue(store, call) {
    const asked = readParameters(putShape, call, invalidParameter);
    return onSecret('PutSecretValue', store.arnFor(asked.SecretId), () => {
      const secret = living(store, asked.SecretId);
      const given = contentOf(asked) ?? refuse('You must provide either SecretString or SecretBinary.');
      const version = store.put(secret, given, asked.ClientRequestToken, asked.VersionStages ?? ['AWSCURRENT']);
      return { ARN: secret.arn, Name: secret.name, VersionId: version.versionId, VersionStages: version.stages };
    });
  },
  UpdateSecret(store, call) {
    const asked = readParameters(putShape, call, invalidParameter);
    return onSecret('UpdateSecret', store.arnFor(asked.SecretId), () => {
      const secret = living(store, asked.SecretId);
      const given = contentOf(asked);
      const version = given === undefined ? undefined : store.put(secret, given, asked.ClientRequestToken);
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.versionId };
    });
  },
  DescribeSecret(store, call) {
    const { SecretId } = readParameters(idShape, call, invalidParameter);
    return onSecret('DescribeSecret', store.arnFor(SecretId), () => {
      const secret = store.find(SecretId);
      if (secret === undefined) throw secretNotFound();
      return { ...shownSecret(secret), VersionIdsToStages: stagesOf(secret) };
    });
  },
  ListSecrets: (store) =>
    onSecret('ListSecrets', '*', () => ({
      SecretList: store
        .all()
        .filter((secret) => secret.deletedAtEpochMs === undefined)
        .map((secret) => ({ ...shownSecret(secret), SecretVersionsToStages: stagesOf(secret) })),
    })),
  DeleteSecret(store, call) {
    const asked = readParameters(deleteShape, call, invalidParameter);
    return onSecret('DeleteSecret', store.arnFor(asked.SecretId), () => {
      const secret = store.find(asked.SecretId);
      if (secret === undefined) throw secretNotFound();
      store.remove(secret, asked.ForceDeleteWithoutRecovery === true);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(secret.changedAtEpochMs) };
    });
  },
  RestoreSecret(store, call) {
    const { SecretId } = readParameters(idShape, call, invalidParameter);
    return onSecret('RestoreSecret', store.arnFor(SecretId), () => {
      const secret = store.find(SecretId);
      if (secret === undefined) throw secretNotFound();
      store.restore(secret);
      return { ARN: secret.arn, Name: secret.name };
    });
  },
};

/** Secrets Manager. Rotation functions, replicas and resource policies are not here; deletion waits for ever. */
export function secretsService(store: SecretStore): Service {
  return jsonService({
    version: '1.1',
    target: 'secretsmanager',
    denial: 'AccessDeniedException',
    work(call) {
      const operation = operations[call.operation];
      if (operation === undefined)
        throw new AwsError(
          400,
          'UnknownOperationException',
          `The local Secrets Manager does not offer ${call.operation}.`,
        );
      return operation(store, call);
    },
  });
}

function onSecret(action: string, resource: string, run: () => object): Work {
  return {
    calls: [{ service: 'secretsmanager', action: `secretsmanager:${action}`, resource, conditions: {} }],
    run: () => jsonAnswer('1.1', run()),
  };
}

function living(store: SecretStore, secretId: string): Secret {
  const secret = store.find(secretId);
  if (secret === undefined) throw secretNotFound();
  if (secret.deletedAtEpochMs === undefined) return secret;
  throw new AwsError(
    400,
    'InvalidRequestException',
    'You can’t perform this operation on the secret because it was marked for deletion.',
  );
}

function versionOf(
  secret: Secret,
  asked: { readonly VersionId?: string | undefined; readonly VersionStage?: string | undefined },
): SecretVersion {
  const stage = asked.VersionStage ?? (asked.VersionId === undefined ? 'AWSCURRENT' : undefined);
  const found = secret.versions.find(
    (version) =>
      (asked.VersionId ?? version.versionId) === version.versionId &&
      (stage === undefined || version.stages.includes(stage)),
  );
  if (found !== undefined) return found;
  const wanted = stage === undefined ? `version id: ${asked.VersionId}` : `staging label: ${stage}`;
  throw new AwsError(
    400,
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${wanted}`,
  );
}

function contentOf(asked: {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
}): SecretContent | undefined {
  if (asked.SecretString !== undefined && asked.SecretBinary !== undefined)
    refuse('You can’t specify both SecretString and SecretBinary.');
  if (asked.SecretString !== undefined) return { secretString: asked.SecretString };
  return asked.SecretBinary === undefined ? undefined : { secretBinary: asked.SecretBinary };
}

function refuse(message: string): never {
  throw new AwsError(400, invalidParameter, message);
}
