import type { IncomingMessage } from 'node:http';
import { twilioFlexTokens } from '../../../lambdas/shared/adapters/twilio/flex-tokens.ts';
import { rememberedFlexTokens } from '../../../lambdas/shared/adapters/twilio/remembered-flex-tokens.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { CheckedFlexToken, FlexTokens, FlexUser } from '../../../lambdas/shared/ports/flex-tokens.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { basicOf, keySource, oldKey } from './api-keys.ts';

/** The validator's own example: https://www.npmjs.com/package/twilio-flex-token-validator, read 2026-11. */
const documented = {
  valid: true,
  code: 0,
  message: null,
  expiration: '2018-09-24T23:22:44.240Z',
  realm_user_id: 'user@example.com',
  identity: 'user_40example_2Dcom',
  roles: ['agent'],
  worker_sid: 'WKxxx',
};
const bad = { code: 20101, valid: false, message: 'Invalid Access Token', identity: null, roles: null };
const token = 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn';

interface Said {
  readonly status?: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('a question about a Flex token', () => {
  let server: HttpAnswers | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** Answers the questions in turn; `broken` breaks the connection. */
  async function asked(...answers: readonly (Said | 'broken')[]) {
    const requests: { readonly request: IncomingMessage; body: string }[] = [];
    server = await answerHttp((request, response) => {
      const seen = { request, body: '' };
      const said = answers[requests.push(seen) - 1] ?? 'broken';
      request.setEncoding('utf8').on('data', (text: string) => void (seen.body += text));
      request.on('end', () => {
        if (said === 'broken') return void request.socket.destroy();
        response.writeHead(said.status ?? 200, { 'Content-Type': 'application/json', ...said.headers });
        response.end(JSON.stringify(said.json ?? {}));
      });
    });
    const tokens = twilioFlexTokens(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }), sids.account());
    return { tokens, requests };
  }

  it('goes to the account’s own address as JSON, with our API key', async () => {
    const { tokens, requests } = await asked({ json: documented });

    expect(await tokens.check(token)).toEqual({
      kind: 'valid',
      user: {
        identity: 'user_40example_2Dcom',
        roles: ['agent'],
        // `WKxxx` is no SID.
        expiresAt: new Date('2018-09-24T23:22:44.240Z'),
      },
    });
    const [{ request, body } = { request: undefined, body: '' }] = requests;
    expect(requests).toHaveLength(1);
    expect(request).toMatchObject({ method: 'POST', url: `/v1/Accounts/${sids.account()}/Tokens/validate` });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', authorization: basicOf(oldKey) });
    expect(JSON.parse(body)).toEqual({ token });
  });

  it('is answered with the worker and the user of Flex where Twilio names them', async () => {
    const flexUser = `FU${'0'.repeat(31)}1`;
    const { tokens } = await asked({ json: { ...documented, worker_sid: sids.worker(), flex_user_sid: flexUser } });

    expect(await tokens.check(token)).toMatchObject({ user: { workerSid: sids.worker(), flexUserSid: flexUser } });
  });

  it('is answered without roles for a user who has none', async () => {
    const { tokens } = await asked({ json: { ...documented, roles: null, worker_sid: null, expiration: null } });

    expect(await tokens.check(token)).toEqual({
      kind: 'valid',
      user: { identity: 'user_40example_2Dcom', roles: [] },
    });
  });

  it.each<readonly [string, Said]>([
    ['200 and false', { json: bad }],
    ['400 and false', { status: 400, json: bad }],
    ['401 and false', { status: 401, json: bad }],
    ['403 and a code that is about tokens', { status: 403, json: { code: 20104, message: 'expired', status: 403 } }],
    ['400 without a word on it', { status: 400, json: { code: 20001, message: 'bad', status: 400 } }],
  ])('is answered with no: %s', async (_how, said) => {
    const { tokens, requests } = await asked(said);

    expect(await tokens.check(token)).toEqual({ kind: 'invalid' });
    expect(requests).toHaveLength(1);
  });

  const refused: Said = { status: 401, json: { code: 20003, message: 'Authenticate', status: 401 } };

  it('goes with the token’s own header where our API key is refused', async () => {
    const { tokens, requests } = await asked(refused, { json: documented });

    expect(await tokens.check(token)).toMatchObject({ kind: 'valid' });
    expect(requests.map(({ request }) => request.headers.authorization)).toEqual([
      basicOf(oldKey),
      `Basic ${Buffer.from(`token:${token}`).toString('base64')}`,
    ]);
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([{ token }, { token }]);
  });

  it('is not judged by a refusal whose code only lies near those of tokens', async () => {
    const conflict: Said = { status: 403, json: { code: 20162, message: 'A conflicting update', status: 403 } };
    const { tokens, requests } = await asked(conflict, { json: documented });

    expect(await tokens.check(token)).toMatchObject({ kind: 'valid' });
    expect(requests).toHaveLength(2);
  });

  it('is answered with no in that way too', async () => {
    const { tokens } = await asked(refused, { status: 401, json: { code: 20101, message: '', status: 401 } });

    expect(await tokens.check(token)).toEqual({ kind: 'invalid' });
  });

  it.each<readonly [string, string, readonly (Said | 'broken')[]]>([
    ['nobody is there', 'twilio-unavailable', ['broken']],
    ['Twilio is down', 'twilio-unavailable', [{ status: 503 }]],
    ['it comes too often', 'twilio-rate-limited', [{ status: 429, headers: { 'Retry-After': '7' } }]],
    ['the account is not known', 'twilio-refused', [{ status: 404, json: { code: 20404 } }]],
    ['it does not say', 'twilio-unreadable', [{ json: {} }]],
    ['it names no user', 'twilio-unreadable', [{ json: { ...documented, identity: null } }]],
    ['neither way of asking is taken', 'twilio-credentials', [refused, refused]],
    ['the other way breaks', 'twilio-unavailable', [refused, 'broken']],
    ['the other way is down', 'twilio-unavailable', [refused, { status: 500 }]],
  ])('has no verdict when %s (%s)', async (_when, reason, answers) => {
    const { tokens } = await asked(...answers);

    const failure = await failureOf(tokens.check(token));

    expect(failure).toMatchObject({ name: 'RetryableError', reason });
    expect(String(failure)).not.toContain(token);
  });
});

describe('a remembered verdict', () => {
  const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);
  const user: FlexUser = { identity: 'ada', roles: ['admin'], expiresAt: at('11:00:00') };

  function remembering(checked: CheckedFlexToken, cacheSeconds = 60, mostTokens = 2) {
    let now = at('10:00:00');
    const asked: string[] = [];
    const inner: FlexTokens = {
      async check(one) {
        asked.push(one);
        return checked;
      },
    };
    const tokens = rememberedFlexTokens(inner, { cacheSeconds, mostTokens, now: () => now });
    return { tokens, asked, setClock: (time: string) => void (now = at(time)) };
  }

  it('is a yes for as long as the settings say, and asked for again then', async () => {
    const { tokens, asked, setClock } = remembering({ kind: 'valid', user });
    await tokens.check('a');
    setClock('10:00:59');
    expect(await tokens.check('a')).toEqual({ kind: 'valid', user });
    expect(asked).toEqual(['a']);

    setClock('10:01:00');
    await tokens.check('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('is never good for longer than the token', async () => {
    const { tokens, asked, setClock } = remembering({
      kind: 'valid',
      user: { ...user, expiresAt: at('10:00:30') },
    });
    await tokens.check('a');
    setClock('10:00:29');
    await tokens.check('a');
    expect(asked).toHaveLength(1);

    setClock('10:00:30');
    await tokens.check('a');
    expect(asked).toHaveLength(2);
  });

  it.each<readonly [string, CheckedFlexToken, number]>([
    ['a no', { kind: 'invalid' }, 60],
    ['a yes that does not say for how long', { kind: 'valid', user: { identity: 'ada', roles: ['admin'] } }, 60],
    ['a yes where nothing is to be remembered', { kind: 'valid', user }, 0],
  ])('is none at all for %s', async (_what, checked, cacheSeconds) => {
    const { tokens, asked } = remembering(checked, cacheSeconds);
    await tokens.check('a');
    await tokens.check('a');

    expect(asked).toEqual(['a', 'a']);
  });

  it('is forgotten for the oldest when there are too many', async () => {
    const { tokens, asked } = remembering({ kind: 'valid', user });
    for (const one of ['a', 'b', 'c', 'b', 'c', 'a']) await tokens.check(one);

    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
