import * as z from 'zod/mini';

/**
 * What Lambda itself puts into every function's environment, for the one adapter that signs without the SDK.
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, read 2026-11)
 */
export const awsEnvSchema = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.optional(z.string()),
  /** A stand-in for AWS, as the SDK reads it; absent for AWS itself. */
  AWS_ENDPOINT_URL: z.optional(z.url()),
});

export type AwsEnv = z.output<typeof awsEnvSchema>;
