import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { secretSource } from '../../../lambdas/shared/adapters/secrets/secret-source.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { startAwsJsonServer } from '../../support/runtime/aws-json-server.ts';
import type { AwsJsonServer, WireAnswer } from '../../support/runtime/aws-json-server.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:twilio-AbCdEf';
const schema = z.object({ token: z.string().check(z.minLength(3)) });

let server: AwsJsonServer;
let answers: WireAnswer[];
let nowMs: number;

const holds = (text: string): WireAnswer => ({ kind: 'ok', output: { ARN: secretArn, SecretString: text } });
const refuses = (code: string): WireAnswer => ({ kind: 'error', status: 400, code, message: 'for a reason' });
const after = (seconds: number): void => void (nowMs += seconds * 1000);
const source = () =>
  secretSource({
    client: new SecretsManagerClient(server.clientSettings),
    secretArn,
    schema,
    maxAgeSeconds: 300,
    now: () => new Date(nowMs),
  });

beforeEach(async () => {
  answers = [];
  nowMs = Date.parse('2026-11-20T09:00:00Z');
  server = await startAwsJsonServer(() => answers.shift() ?? refuses('NothingLeftToAnswer'));
});

afterEach(() => server.close());

describe('a secret of Secrets Manager', () => {
  it('is read when first used, by its ARN, and kept for its stated time', async () => {
    answers = [holds('{"token":"one"}'), holds('{"token":"two"}')];
    const secret = source();
    expect(server.calls).toEqual([]);

    expect((await secret.current()).reveal()).toEqual({ token: 'one' });
    after(299);
    expect((await secret.current()).reveal()).toEqual({ token: 'one' });
    after(1);
    expect((await secret.current()).reveal()).toEqual({ token: 'two' });
    expect(server.calls).toEqual([
      { action: 'GetSecretValue', input: { SecretId: secretArn } },
      { action: 'GetSecretValue', input: { SecretId: secretArn } },
    ]);
  });

  it('is read once by calls at the same time', async () => {
    answers = [holds('{"token":"one"}')];
    const secret = source();

    await Promise.all([secret.current(), secret.current(), secret.fresh()]);

    expect(server.calls).toHaveLength(1);
  });

  it('is read afresh at most once a minute', async () => {
    answers = [holds('{"token":"one"}'), holds('{"token":"two"}')];
    const secret = source();
    const kept = await secret.current();

    after(59);
    expect(await secret.fresh()).toBe(kept);
    after(1);
    expect((await secret.fresh()).reveal()).toEqual({ token: 'two' });
    after(59);
    expect((await secret.fresh()).reveal()).toEqual({ token: 'two' });
    expect((await secret.current()).reveal()).toEqual({ token: 'two' });
    expect(server.calls).toHaveLength(2);
  });

  it.each<[string, WireAnswer]>([
    ['refused', refuses('AccessDeniedException')],
    ['not there', refuses('ResourceNotFoundException')],
    ['behind a broken connection', { kind: 'broken' }],
  ])('is a reason to come again when it is %s, and is asked for again then', async (_name, trouble) => {
    answers = [trouble, holds('{"token":"one"}')];
    const secret = source();

    const failure = await secret.current().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure).toMatchObject({ reason: 'secret-unreadable', cause: expect.any(Error) });
    expect((await secret.current()).reveal()).toEqual({ token: 'one' });
  });

  it('that cannot be renewed goes on for a minute, and is then tried again', async () => {
    answers = [holds('{"token":"one"}'), refuses('InternalServiceError'), holds('{"token":"two"}')];
    const secret = source();
    await secret.current();

    after(300);
    expect((await secret.current()).reveal()).toEqual({ token: 'one' });
    after(59);
    expect((await secret.current()).reveal()).toEqual({ token: 'one' });
    expect(server.calls).toHaveLength(2);
    after(1);
    expect((await secret.current()).reveal()).toEqual({ token: 'two' });
  });

  it('that was refused by the other side is not taken for fresh when it cannot be read', async () => {
    answers = [holds('{"token":"one"}'), refuses('InternalServiceError')];
    const secret = source();
    await secret.current();

    after(60);
    await expect(secret.fresh()).rejects.toMatchObject({ reason: 'secret-unreadable' });
  });

  it.each([
    ['no JSON', 'hunter2-is-no-json', 'it is not a JSON object'],
    ['JSON of another shape', '{"token":7,"hunter2":"hunter2"}', 'token'],
    ['a value that is too short', '{"token":"h2"}', 'token'],
  ])('is a reason to come again when it holds %s, and is not quoted', async (_name, text, field) => {
    answers = [holds(text)];

    const failure = await source()
      .current()
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure).toMatchObject({ reason: 'secret-malformed', message: expect.stringContaining(field) });
    expect(String(failure)).not.toMatch(/hunter2|h2/);
  });
});
