import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { secretSource } from '../../../lambdas/shared/adapters/secrets/secret-source.ts';
import { startAwsJsonServer } from '../../support/runtime/aws-json-server.ts';
import type { AwsJsonServer, WireAnswer } from '../../support/runtime/aws-json-server.ts';

const schema = z.object({ keys: z.optional(z.record(z.string(), z.string())) });
const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:recording-keys-AbCdEf';
const refuses = (code: string, message: string): WireAnswer => ({ kind: 'error', status: 400, code, message });
const holds = (text: string): WireAnswer => ({ kind: 'ok', output: { ARN: secretArn, SecretString: text } });

/** Secrets Manager's own words for a secret that was made and never given a value. */
const neverFilled = refuses(
  'ResourceNotFoundException',
  "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
);

describe('a secret that may be left empty', () => {
  let server: AwsJsonServer;
  let answer: WireAnswer;
  beforeEach(async () => void (server = await startAwsJsonServer(() => answer)));
  afterEach(() => server.close());
  const source = (whenEmpty?: z.output<typeof schema>) =>
    secretSource({
      client: new SecretsManagerClient({ ...server.clientSettings, maxAttempts: 1 }),
      ...{ secretArn, schema, now: () => new Date('2026-11-20T09:00:00Z') },
      ...(whenEmpty !== undefined && { whenEmpty }),
    });

  it.each([
    ['was never filled', neverFilled],
    ['was filled with nothing', holds('')],
    ['was filled with blanks', holds(' \n')],
  ])('means what it was said to mean when it %s', async (_how, said) => {
    answer = said;

    expect((await source({}).current()).reveal()).toEqual({});
  });

  it('is read as any other when it is filled', async () => {
    answer = holds('{"keys":{"a":"b"}}');

    expect((await source({}).current()).reveal()).toEqual({ keys: { a: 'b' } });
  });

  it.each([
    ['is not there at all', refuses('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")],
    ['may not be read', refuses('AccessDeniedException', 'not authorized')],
    ['holds something else', holds('hunter2')],
  ])('is a fault all the same when it %s', async (_how, said) => {
    answer = said;

    await expect(source({}).current()).rejects.toMatchObject({ name: 'RetryableError' });
  });

  it('is a fault where nobody said what that means', async () => {
    answer = neverFilled;

    await expect(source().current()).rejects.toMatchObject({ reason: 'secret-unreadable' });
  });
});
