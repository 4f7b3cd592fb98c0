import { twilioProveSender } from '../../../lambdas/shared/adapters/twilio/prove-sender.ts';
import type { RawWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { failureOf } from '../../support/failure-of.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { authToken, publicUrl, signedForm, signedJson } from '../../support/runtime/signed-webhooks.ts';
import { bodySha256Of } from '../../support/runtime/twilio-signature.ts';

const account = 'AC00000000000000000000000000000001';
const prove = twilioProveSender({
  publicUrl,
  tokens: memorySecret({ authTokens: { [account]: { current: authToken } } }),
});
const form = 'application/x-www-form-urlencoded';
const body = '[{"specversion":"1.0","id":"EV1"}]';
const hash = bodySha256Of(body);

/** A genuine JSON request whose signature a stranger has seen, with the rest of it changed. */
const passedOn = (changes: Partial<RawWebhook>): RawWebhook => ({ ...signedJson(body), ...changes });

describe('a signature that was seen on a JSON request', () => {
  it.each([
    ['its query as a name', `%3FbodySHA256%3D=${hash}`],
    ['its query as a name alone', `%3FbodySHA256%3D${hash}`],
    ['its query as the value of a name that is empty', `=%3FbodySHA256%3D${hash}`],
    ['its query cut in two', `%3Fbody=SHA256%3D${hash}`],
    ['its query behind an empty name', `=&%3FbodySHA256%3D=${hash}`],
  ])('proves no form that has %s', async (_case, forged) => {
    const webhook = passedOn({ body: forged, bodySha256: '', contentType: form });

    expect(await failureOf(prove(webhook))).toMatchObject({ reason: 'signature-mismatch' });
  });

  it.each([
    ['the hash in the body', { body: `bodySHA256=${hash}`, bodySha256: '', contentType: form }],
    ['the hash twice', { bodySha256: `${hash}&bodySHA256=${hash}` }],
    ['the hash in capitals', { bodySha256: hash.toUpperCase() }],
    [
      'the body of another and its hash behind the signed one',
      { body: '[]', bodySha256: `${hash}${bodySha256Of('[]')}` },
    ],
    ['another route', { route: 'twilio/task-events' }],
    ['a content type of two kinds and no hash', { bodySha256: '', contentType: `${form}, application/json` }],
  ] satisfies [string, Partial<RawWebhook>][])('proves no request with %s', async (_case, changes) => {
    expect(await failureOf(prove(passedOn(changes)))).toHaveProperty('name', 'UnprovedSenderError');
  });
});

describe('a form', () => {
  const pairs = (count: number) => Array.from({ length: count }, (_, n) => [`P${n}`, String(n)] as const);

  it('of a thousand parameters is proved', async () => {
    expect(await prove(signedForm(pairs(1_000)))).toHaveProperty('proved', true);
  });

  it('of more parameters than Twilio sends is not even sorted: its neighbours in the batch would wait', async () => {
    expect(await failureOf(prove(signedForm(pairs(1_001))))).toMatchObject({ reason: 'signature-mismatch' });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'with a parameter called %s is signed with it like with any other',
    async (name) => {
      const webhook = signedForm([[name, 'x']]);

      expect(await prove(webhook)).toHaveProperty('proved', true);
      expect(await failureOf(prove({ ...webhook, body: webhook.body.replace('=x', '=y') }))).toHaveProperty(
        'reason',
        'signature-mismatch',
      );
    },
  );

  it('gains no second value of a parameter, neither before nor behind the one that was signed', async () => {
    const other = 'AC00000000000000000000000000000002';
    const once = signedForm([['AccountSid', account]]);

    expect(await failureOf(prove({ ...once, body: `AccountSid=${other}&${once.body}` }))).toHaveProperty(
      'reason',
      'signature-mismatch',
    );
    expect(await failureOf(prove({ ...once, body: `${once.body}&AccountSid=${other}` }))).toHaveProperty(
      'reason',
      'signature-mismatch',
    );
  });
});
