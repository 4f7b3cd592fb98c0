import * as z from 'zod/mini';
import type { BucketSettings, CorsRule } from '../../aws/local-aws.ts';
import type { Resource } from '../template/resolved-template.ts';
import { trueOrFalse, typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';

const corsRuleSchema = z.strictObject({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z.optional(z.array(z.string())),
  ExposedHeaders: z.optional(z.array(z.string())),
  MaxAge: z.optional(wholeNumber),
  Id: unused,
});

const bucketSchema = z.strictObject({
  BucketName: z.optional(z.string()),
  VersioningConfiguration: z.optional(z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) })),
  CorsConfiguration: z.optional(z.strictObject({ CorsRules: z.array(corsRuleSchema) })),
  BucketEncryption: z.optional(
    z.strictObject({
      ServerSideEncryptionConfiguration: z.array(
        z.strictObject({
          BucketKeyEnabled: unused,
          BlockedEncryptionTypes: unused,
          ServerSideEncryptionByDefault: z.strictObject({
            SSEAlgorithm: z.string(),
            KMSMasterKeyID: z.optional(z.string()),
          }),
        }),
      ),
    }),
  ),
  // Expiry is counted in days, longer than a run; access logs and public access have no counterpart on the loopback.
  LifecycleConfiguration: unused,
  LoggingConfiguration: unused,
  ObjectLockEnabled: z.optional(trueOrFalse),
  OwnershipControls: unused,
  PublicAccessBlockConfiguration: unused,
  Tags: unused,
});

const corsRule = (rule: z.output<typeof corsRuleSchema>): CorsRule => ({
  allowedOrigins: rule.AllowedOrigins,
  allowedMethods: rule.AllowedMethods,
  ...(rule.AllowedHeaders && { allowedHeaders: rule.AllowedHeaders }),
  ...(rule.ExposedHeaders && { exposeHeaders: rule.ExposedHeaders }),
  ...(rule.MaxAge !== undefined && { maxAgeSeconds: rule.MaxAge }),
});

export function bucketSettings(resource: Resource): BucketSettings & { readonly keyArn: string | undefined } {
  const properties = typedProperties(resource, bucketSchema);
  const versioning = properties.VersioningConfiguration?.Status;
  const [encryption] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  return {
    name: resource.ref(),
    ...(versioning && { versioning: versioning === 'Enabled' ? 'enabled' : 'suspended' }),
    ...(properties.CorsConfiguration && { corsRules: properties.CorsConfiguration.CorsRules.map(corsRule) }),
    ...(properties.ObjectLockEnabled === true && { objectLock: true }),
    keyArn: encryption?.ServerSideEncryptionByDefault.KMSMasterKeyID,
  };
}
