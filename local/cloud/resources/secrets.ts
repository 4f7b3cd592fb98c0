import * as z from 'zod/mini';
import type { SecretValue } from '../../aws/local-aws.ts';
import type { Resource, ResourceFacts } from '../template/resolved-template.ts';
import { trueOrFalse, typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';

const generateSchema = z.strictObject({
  PasswordLength: z.optional(wholeNumber),
  ExcludeCharacters: z.optional(z.string()),
  ExcludePunctuation: z.optional(trueOrFalse),
  ExcludeNumbers: z.optional(trueOrFalse),
  ExcludeUppercase: z.optional(trueOrFalse),
  ExcludeLowercase: z.optional(trueOrFalse),
  IncludeSpace: z.optional(trueOrFalse),
  RequireEachIncludedType: z.optional(trueOrFalse),
  SecretStringTemplate: z.optional(z.string()),
  GenerateStringKey: z.optional(z.string()),
});

const secretSchema = z.strictObject({
  Name: z.optional(z.string()),
  SecretString: z.optional(z.string()),
  GenerateSecretString: z.optional(generateSchema),
  KmsKeyId: z.optional(z.string()),
  Description: unused,
  Tags: unused,
});

/** The customer-managed key of a secret. */
export function secretKeyArn(resource: Resource): string | undefined {
  return typedProperties(resource, secretSchema).KmsKeyId;
}

/** What the template itself puts in; `undefined` for a secret that an operator fills. */
export function templateValue(facts: ResourceFacts): SecretValue | undefined {
  const secretString = facts.text('SecretString');
  if (secretString !== undefined) return { kind: 'string', secretString };
  const generate = facts.value('GenerateSecretString');
  if (generate === undefined) return undefined;
  const entries = Object.entries(generateSchema.parse(generate)).map(([name, value]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    value,
  ]);
  return { kind: 'generated', generate: Object.fromEntries(entries) };
}
