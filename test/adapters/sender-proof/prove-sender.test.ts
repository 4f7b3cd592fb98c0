import { twilioProveSender } from '../../../lambdas/shared/adapters/twilio/prove-sender.ts';
import type { SigningTokens } from '../../../lambdas/shared/adapters/twilio/prove-sender.ts';
import { RetryableError, UnprovedSenderError } from '../../../lambdas/shared/domain/outcome.ts';
import type { RawWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { authToken, publicUrl, signedForm, signedJson } from '../../support/runtime/signed-webhooks.ts';
import { bodySha256Of, twilioSignature } from '../../support/runtime/twilio-signature.ts';

const account = 'AC00000000000000000000000000000001';
const subAccount = 'AC00000000000000000000000000000002';
const tokens = (current: string, previous?: string): SigningTokens => ({
  authTokens: { [account]: { current, previous } },
});
const prover = (held: SigningTokens = tokens(authToken)) =>
  twilioProveSender({ publicUrl, tokens: memorySecret(held) });
const reasonOf = async (proving: Promise<unknown>): Promise<string> => {
  const error = await proving.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UnprovedSenderError) return error.reason;
  return error === undefined ? 'proved' : `thrown: ${error instanceof Error ? error.message : typeof error}`;
};

const pairs = [
  ['AccountSid', account],
  ['EventType', 'task.created'],
  ['TaskAttributes', '{"from":"+15005550006","name":"Ada Exämple & sons + co 100%"}'],
  ['Digits', ''],
] as const;

describe('a form', () => {
  it('is proved over the configured URL and all of its parameters, blank ones too', async () => {
    const webhook = signedForm(pairs);

    expect(await prover()(webhook)).toEqual({ ...webhook, proved: true });
  });

  it('is proved with a repeated parameter, as Twilio signs each value once in order', async () => {
    const url = `${publicUrl}/twilio/task-events`;
    const webhook = {
      ...signedForm([]),
      signature: twilioSignature(authToken, url, [
        ['Tag', 'a'],
        ['Tag', 'b'],
      ]),
      body: 'Tag=b&Tag=a&Tag=b',
    };

    expect(await reasonOf(prover()(webhook))).toBe('proved');
  });

  it.each([
    ['with the port', 'https://hooks.example.com:443/v1/twilio/task-events'],
    ['without the port', 'https://hooks.example.com/v1/twilio/task-events'],
  ])('is proved when Twilio signed the URL %s', async (_name, url) => {
    expect(await reasonOf(prover()(signedForm(pairs, { url })))).toBe('proved');
    expect(
      await reasonOf(
        twilioProveSender({ publicUrl: 'https://hooks.example.com:443/v1', tokens: memorySecret(tokens(authToken)) })(
          signedForm(pairs, { url }),
        ),
      ),
    ).toBe('proved');
  });

  it.each(['application/x-www-form-urlencoded', 'APPLICATION/X-WWW-FORM-URLENCODED;charset=utf-8', '', 'text/plain'])(
    'is proved when its content type is "%s"',
    async (contentType) => {
      expect(await reasonOf(prover()(signedForm(pairs, { contentType })))).toBe('proved');
    },
  );

  it.each<[string, (webhook: RawWebhook) => RawWebhook]>([
    ['a value changed', (webhook) => ({ ...webhook, body: webhook.body.replace('task.created', 'task.deleted') })],
    ['a parameter added', (webhook) => ({ ...webhook, body: `${webhook.body}&Extra=1` })],
    ['a blank parameter dropped', (webhook) => ({ ...webhook, body: webhook.body.replace('&Digits=', '') })],
    ['another route', (webhook) => ({ ...webhook, route: 'twilio/recording-events' })],
    [
      'another signature',
      (webhook) => ({
        ...webhook,
        signature: twilioSignature('another token', `${publicUrl}/${webhook.route}`, pairs),
      }),
    ],
    [
      'a signature in hex',
      (webhook) => ({ ...webhook, signature: Buffer.from(webhook.signature, 'base64').toString('hex') }),
    ],
  ])('is not proved with %s', async (_name, change) => {
    expect(await reasonOf(prover()(change(signedForm(pairs))))).toBe('signature-mismatch');
  });

  it('is not proved without a signature', async () => {
    expect(await reasonOf(prover()({ ...signedForm(pairs), signature: '' }))).toBe('signature-missing');
  });
});

describe('a JSON body', () => {
  const body = '[{"specversion":"1.0","id":"EV1","data":{"payload":{"name":"Ada Exämple"}}}]';

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/cloudevents-batch+json',
    'text/json',
    'text/plain',
    '',
  ])('is proved by the hash that was signed, whatever its content type ("%s")', async (contentType) => {
    const webhook = signedJson(body, { contentType });

    expect(await prover()(webhook)).toEqual({ ...webhook, proved: true });
  });

  it('is proved when it was sent as a form', async () => {
    expect(await reasonOf(prover()(signedJson(body, { contentType: 'application/x-www-form-urlencoded' })))).toBe(
      'proved',
    );
  });

  it('is not proved when the body is not the one whose hash was signed', async () => {
    expect(await reasonOf(prover()({ ...signedJson(body), body: body.replace('EV1', 'EV2') }))).toBe(
      'body-hash-mismatch',
    );
  });

  it('is not proved when both the body and its hash are another, because the signature covers the hash', async () => {
    const other = body.replace('EV1', 'EV2');

    expect(await reasonOf(prover()({ ...signedJson(body), body: other, bodySha256: bodySha256Of(other) }))).toBe(
      'signature-mismatch',
    );
  });

  it('is not proved without a hash, even when the bare URL was signed', async () => {
    const webhook = { ...signedJson(body, { url: `${publicUrl}/twilio/event-streams` }), bodySha256: '' };

    expect(await reasonOf(prover()(webhook))).toBe('body-hash-mismatch');
  });

  it('cannot be emptied under a genuine signature by calling it a form', async () => {
    const emptied = { ...signedJson(body), body: '', contentType: 'application/x-www-form-urlencoded' };

    expect(await reasonOf(prover()(emptied))).toBe('body-hash-mismatch');
  });

  it.each(['&x=1', '#fragment', '%00', '"'])('is not proved when the hash came with %s behind it', async (tail) => {
    const webhook = signedJson(body);

    expect(await reasonOf(prover()({ ...webhook, bodySha256: webhook.bodySha256 + tail }))).toBe('body-hash-mismatch');
  });
});

describe('during a rotation', () => {
  const next = 'abcdefabcdefabcdefabcdefabcdefab';

  it('the current and the previous token both prove', async () => {
    const prove = prover(tokens(next, authToken));

    expect(await reasonOf(prove(signedForm(pairs, { token: next })))).toBe('proved');
    expect(await reasonOf(prove(signedForm(pairs, { token: authToken })))).toBe('proved');
  });

  it('a token of another account in the secret proves, because sub-accounts sign with their own', async () => {
    const prove = prover({ authTokens: { [account]: { current: authToken }, [subAccount]: { current: next } } });

    expect(await reasonOf(prove(signedForm(pairs, { token: next })))).toBe('proved');
  });

  it('a token that is only in the fresh secret proves', async () => {
    const secret = memorySecret(tokens(authToken));
    secret.rotate(tokens(next, authToken));

    expect(await reasonOf(twilioProveSender({ publicUrl, tokens: secret })(signedForm(pairs, { token: next })))).toBe(
      'proved',
    );
    expect(secret.freshReads).toBe(1);
  });

  it('a genuine request costs no fresh read, and one without a signature neither', async () => {
    const secret = memorySecret(tokens(authToken));
    const prove = twilioProveSender({ publicUrl, tokens: secret });

    await prove(signedForm(pairs));
    await reasonOf(prove({ ...signedForm(pairs), signature: '' }));

    expect(secret.freshReads).toBe(0);
  });

  it('a secret that cannot be read is a reason to come again, not to doubt the sender', async () => {
    const unreadable = async (): Promise<never> => {
      throw new RetryableError('the secret cannot be read', { reason: 'secret-unreadable' });
    };
    const prove = twilioProveSender({ publicUrl, tokens: { current: unreadable, fresh: unreadable } });

    await expect(prove(signedForm(pairs))).rejects.toThrow(RetryableError);
  });
});

describe('the refusal', () => {
  it('says nothing of what was in the request', async () => {
    const proving = prover()({ ...signedForm(pairs), signature: 'forged' });

    await expect(proving).rejects.toThrow(
      'the sender of a twilio/task-events request is not proved: no auth token in force proves its signature',
    );
  });
});
