import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod/mini';
import { RetryableError } from '../../domain/outcome.ts';
import { secondsAfter } from '../../domain/seconds-after.ts';
import { jsonOf } from '../../messages/json-text.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import { Secret } from '../../runtime/secret.ts';

/** `fresh()` asks at most this often, so that a flood of forged requests is not a flood of reads. */
const FRESH_AT_MOST_EVERY_SECONDS = 60;

/** How long a secret whose renewal failed is good for once more. */
const RENEW_AGAIN_AFTER_SECONDS = 60;

export interface SecretSettings<Schema extends z.ZodMiniType> {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** Of the JSON in the secret. */
  readonly schema: Schema;
  /** What a secret means that nobody has filled yet. @default - that is a fault, and the message waits */
  readonly whenEmpty?: z.output<Schema>;
  /** 300 unless told: so long a changed secret may go unseen. */
  readonly maxAgeSeconds?: number;
  readonly now: () => Date;
}

/**
 * A secret of AWS Secrets Manager, read when first used and kept for `maxAgeSeconds`; calls at the same time share one
 * read.
 *
 * A failed read is not kept. When it was only to renew what is known, `current()` goes on with that for a minute and then
 * tries again: Secrets Manager's bad moment must not stop work that has a good secret in its hands.
 */
export function secretSource<Schema extends z.ZodMiniType>(
  settings: SecretSettings<Schema>,
): SecretSource<z.output<Schema>> {
  const { maxAgeSeconds = 300 } = settings;
  let kept: { readonly readAt: Date; readonly secret: Promise<Secret<z.output<Schema>>> } | undefined;

  const keptFor = async (seconds: number): Promise<Secret<z.output<Schema>>> => {
    const now = settings.now();
    if (kept === undefined || now.getTime() - kept.readAt.getTime() >= seconds * 1000) {
      const reading = { readAt: now, secret: readSecret(settings) };
      kept = reading;
      reading.secret.catch(() => {
        if (kept === reading) kept = undefined;
      });
    }
    return kept.secret;
  };

  let lastGood: Secret<z.output<Schema>> | undefined;
  const renewed = async (): Promise<Secret<z.output<Schema>>> => {
    const known = lastGood;
    const reading = keptFor(maxAgeSeconds);
    if (known === undefined) return reading;
    return reading.catch(() => {
      const renewInSeconds = Math.min(RENEW_AGAIN_AFTER_SECONDS, maxAgeSeconds);
      const readAt = secondsAfter(settings.now(), renewInSeconds - maxAgeSeconds);
      kept = { readAt, secret: Promise.resolve(known) };
      return known;
    });
  };
  const remembered = async (secret: Promise<Secret<z.output<Schema>>>): Promise<Secret<z.output<Schema>>> => {
    lastGood = await secret;
    return lastGood;
  };

  return {
    current: () => remembered(renewed()),
    fresh: () => remembered(keptFor(Math.min(FRESH_AT_MOST_EVERY_SECONDS, maxAgeSeconds))),
  };
}

async function readSecret<Schema extends z.ZodMiniType>(
  settings: SecretSettings<Schema>,
): Promise<Secret<z.output<Schema>>> {
  const { client, secretArn, schema } = settings;
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn })).catch((cause: unknown) => {
    if (settings.whenEmpty !== undefined && hasNoValueYet(cause)) return { SecretString: '' };
    throw new RetryableError(`the secret ${secretArn} cannot be read: ${nameOf(cause)}`, {
      reason: 'secret-unreadable',
      cause,
    });
  });
  if (settings.whenEmpty !== undefined && answer.SecretString?.trim() === '') return new Secret(settings.whenEmpty);
  const parsed = schema.safeParse(jsonOf(answer.SecretString ?? ''));
  if (parsed.success) return new Secret(parsed.data);
  throw new RetryableError(`the secret ${secretArn} has not the wanted shape: ${faultsOf(parsed.error)}`, {
    reason: 'secret-malformed',
  });
}

/**
 * The secret is there and no value of it is. For one that is not there at all Secrets Manager has the same error, of which
 * only the words are others ("the specified secret." instead of "the specified secret value for …"); other words than
 * these are taken for a fault, as everywhere.
 */
function hasNoValueYet(cause: unknown): boolean {
  return cause instanceof Error && nameOf(cause) === 'ResourceNotFoundException' && /secret value/.test(cause.message);
}

/** The top-level fields at fault and no deeper, because deeper names are not ours: somebody may have put a token there. */
function faultsOf(error: z.core.$ZodError): string {
  const fields = new Set(
    error.issues.map((issue) => (issue.path[0] === undefined ? 'it is not a JSON object' : String(issue.path[0]))),
  );
  return [...fields].join(', ');
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
