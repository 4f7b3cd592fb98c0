import { calabrioProveContactStatus } from '../../../lambdas/shared/adapters/calabrio/prove-contact-status.ts';
import type { WebhookCredentials } from '../../../lambdas/shared/adapters/calabrio/prove-contact-status.ts';
import { RetryableError, UnprovedSenderError } from '../../../lambdas/shared/domain/outcome.ts';
import type { RawContactStatus } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { failureOf } from '../../support/failure-of.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

const token = 'example-webhook-token-number-1';
const nextToken = 'example-webhook-token-number-2';
const basic = { username: 'calabrio', password: 'pass:word with ümlaut' };
const basicHeader = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function request(changes: Partial<RawContactStatus> = {}): RawContactStatus {
  return {
    route: 'calabrio/contact-status',
    requestId: 'r-1',
    receivedAt: new Date('2026-11-20T10:00:00Z'),
    contentType: 'application/json',
    credential: token,
    authorization: '',
    contactStatusSource: '',
    body: '{}',
    ...changes,
  };
}

const prove = (credentials: WebhookCredentials, changes: Partial<RawContactStatus> = {}) =>
  calabrioProveContactStatus(memorySecret(credentials))(request(changes));

async function reasonOf(proof: Promise<unknown>): Promise<string> {
  const failure = await failureOf(proof);
  if (failure instanceof UnprovedSenderError) return failure.reason;
  throw failure;
}

describe('the token in the path of a contact status', () => {
  const rotating = { webhookTokens: { current: nextToken, previous: token } };

  it('proves the sender, and changes nothing of the request', async () => {
    expect(await prove({ webhookTokens: { current: token } })).toEqual({ ...request(), proved: true });
  });

  it('may be either of two during a rotation', async () => {
    expect(await prove(rotating)).toMatchObject({ proved: true });
    expect(await prove(rotating, { credential: nextToken })).toMatchObject({ proved: true });
  });

  it.each([
    ['none', ''],
    ['another', 'example-webhook-token-number-3'],
    ['a beginning of it', token.slice(0, -1)],
    ['it and more', `${token}1`],
    ['it in other case', token.toUpperCase()],
    ['the word for a missing one', 'undefined'],
  ])('proves nothing when it is %s', async (_what, credential) => {
    expect(await reasonOf(prove({ webhookTokens: { current: token } }, { credential }))).toBe('token-mismatch');
  });

  it('is believed when it was rotated a moment ago', async () => {
    const secret = memorySecret<WebhookCredentials>({ webhookTokens: { current: token } });
    secret.rotate(rotating);

    const proved = await calabrioProveContactStatus(secret)(request({ credential: nextToken }));

    expect(proved).toMatchObject({ proved: true });
    expect(secret.freshReads).toBe(1);
  });

  it('is not believed any more once the secret no longer has it', async () => {
    const secret = memorySecret<WebhookCredentials>({ webhookTokens: { current: nextToken } });

    expect(await reasonOf(calabrioProveContactStatus(secret)(request()))).toBe('token-mismatch');
  });
});

describe('HTTP basic of a contact status', () => {
  const agreed = { webhookTokens: { current: token }, basic };

  it('proves the sender together with the token, whatever the case of its scheme', async () => {
    const authorization = basicHeader(basic.username, basic.password);

    expect(await prove(agreed, { authorization })).toMatchObject({ proved: true });
    expect(await prove(agreed, { authorization: authorization.replace('Basic', 'BASIC') })).toMatchObject({
      proved: true,
    });
  });

  it('is not asked for where it was not agreed on', async () => {
    const authorization = basicHeader('somebody', 'else');

    expect(await prove({ webhookTokens: { current: token } }, { authorization })).toMatchObject({ proved: true });
  });

  it.each([
    ['basic-missing', ''],
    ['basic-mismatch', basicHeader(basic.username, 'wrong')],
    ['basic-mismatch', basicHeader('', '')],
    ['basic-mismatch', 'Basic'],
    ['basic-mismatch', `Bearer ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`],
  ])('proves nothing for the reason %s when the header is %j', async (reason, authorization) => {
    expect(await reasonOf(prove(agreed, { authorization }))).toBe(reason);
  });

  it('proves nothing without the token', async () => {
    const authorization = basicHeader(basic.username, basic.password);

    expect(await reasonOf(prove(agreed, { authorization, credential: 'x' }))).toBe('token-mismatch');
  });
});

describe('a contact status that is not proved', () => {
  it('is refused in words that hold neither what was sent nor what was wanted', async () => {
    const agreed = { webhookTokens: { current: token, previous: nextToken }, basic };
    const sent = { credential: 'sent-token', authorization: basicHeader('sent-user', 'sent-password'), body: 'sent' };

    for (const changes of [sent, { ...sent, credential: token }, { credential: token }]) {
      const failure = await failureOf(prove(agreed, changes));
      const said = failure instanceof Error ? failure.message : '';
      expect(said).toMatch(/^the sender of a calabrio\/contact-status request is not proved: /);
      for (const secret of ['sent', token, nextToken, basic.username, basic.password]) {
        expect(said.replace('calabrio/contact-status', '')).not.toContain(secret);
      }
    }
  });

  it('is not decided while the secret cannot be read', async () => {
    const unreadable = async (): Promise<never> => {
      throw new RetryableError('Secrets Manager is away', { reason: 'secret-unreadable' });
    };

    const proof = calabrioProveContactStatus({ current: unreadable, fresh: unreadable })(request());

    await expect(proof).rejects.toBeInstanceOf(RetryableError);
  });
});
