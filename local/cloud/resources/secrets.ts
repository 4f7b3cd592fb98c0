import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties, unused } from '../template/typed-properties.ts';

/** GenerateSecretString is left out on purpose: no secret here is made up by the template. */
const secretSchema = z.strictObject({
  Name: z.optional(z.string()),
  SecretString: z.optional(z.string()),
  KmsKeyId: z.optional(z.string()),
  Description: unused,
  Tags: unused,
});

/** The customer-managed key of a secret. */
export function secretKeyArn(resource: Resource): string | undefined {
  return typedProperties(resource, secretSchema).KmsKeyId;
}
