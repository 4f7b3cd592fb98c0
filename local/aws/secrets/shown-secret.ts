import type { Secret, SecretVersion } from './secret-store.ts';

/** As GetSecretValue answers. */
export function shownValue(secret: Secret, version: SecretVersion): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.versionId,
    VersionStages: version.stages,
    SecretString: version.secretString,
    SecretBinary: version.secretBinary,
    CreatedDate: seconds(version.createdAtEpochMs),
  };
}

/** What DescribeSecret and ListSecrets say alike. */
export function shownSecret(secret: Secret): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    Tags: secret.tags,
    CreatedDate: seconds(secret.createdAtEpochMs),
    LastChangedDate: seconds(secret.changedAtEpochMs),
    ...(secret.deletedAtEpochMs === undefined ? {} : { DeletedDate: seconds(secret.deletedAtEpochMs) }),
  };
}

/** The staging labels by version id. */
export function stagesOf(secret: Secret): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(secret.versions.map((version) => [version.versionId, version.stages]));
}

/** AWS JSON writes times as seconds. */
export function seconds(epochMs: number): number {
  return epochMs / 1000;
}
