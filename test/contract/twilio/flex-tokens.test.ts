import { twilioFlexTokens } from '../../../lambdas/shared/adapters/twilio/flex-tokens.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { workerSid } from '../../../lambdas/shared/domain/sids.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import {
  account,
  apiKeyHeader,
  basic,
  startAccount,
  type TwilioUnderTest,
} from '../../support/twilio/twilio-account.ts';

const worker = workerSid('WK00000000000000000000000000000001');

describe('the simulator’s Flex tokens', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const ask = (token: string, authorization = apiKeyHeader, accountSid: string = account.accountSid) =>
    fetch(`${under.twilio.url}/v1/Accounts/${accountSid}/Tokens/validate`, {
      method: 'POST',
      body: JSON.stringify({ token }),
      headers: { authorization, 'content-type': 'application/json' },
    });
  const mint = () =>
    under.twilio.flex.mintToken({
      identity: 'ada_40example_2Ecom',
      roles: ['supervisor'],
      workerSid: worker,
      ttlSeconds: 600,
    });

  it('are described to who has a key of the account, an auth token or the token itself', async () => {
    const token = mint();
    const described = {
      valid: true,
      code: 0,
      message: null,
      // Ten minutes after eight o'clock.
      expiration: '2026-11-20T08:10:00.000Z',
      identity: 'ada_40example_2Ecom',
      realm_user_id: 'ada_40example_2Ecom@example.com',
      roles: ['supervisor'],
      worker_sid: worker,
    };

    for (const authorization of [apiKeyHeader, basic(account.accountSid, account.authToken), basic('token', token)]) {
      const answer = await ask(token, authorization);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual(described);
    }
  });

  it('are invalid when nobody minted them, when their time is over, and when their user logged out', async () => {
    const [expired, ended] = [mint(), mint()];
    under.twilio.flex.endToken(ended);
    under.clock.advance(600_000);

    for (const token of ['eyJ.nobody.minted.this.one', expired, ended]) {
      const answer = await ask(token);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ valid: false, code: 20101, identity: null, roles: null });
      expect((await ask(token, basic('token', token))).status).toBe(401);
    }
  });

  it('are described to nobody else, and in no other account', async () => {
    expect((await ask(mint(), basic('token', 'another'))).status).toBe(401);
    expect((await ask(mint(), basic('AC', 'x'))).status).toBe(401);
    expect((await ask(mint(), apiKeyHeader, `AC${'f'.repeat(32)}`)).status).toBe(404);
  });

  it('are as long as a test wants them', () => {
    const token = under.twilio.flex.mintToken({ identity: 'ada', roles: [], characters: 8_192 });

    expect(token).toHaveLength(8_192);
    expect(token.split('.')).toHaveLength(5);
  });

  describe('as the pipeline reads them', () => {
    const { apiKeySid, apiKeySecret } = account;
    const tokens = () =>
      twilioFlexTokens(
        twilioClient({ apiKey: memorySecret({ apiKeySid, apiKeySecret }), baseUrl: under.twilio.url }),
        account.accountSid,
      );

    it('name their user', async () => {
      expect(await tokens().check(mint())).toEqual({
        kind: 'valid',
        user: {
          identity: 'ada_40example_2Ecom',
          roles: ['supervisor'],
          workerSid: worker,
          expiresAt: new Date('2026-11-20T08:10:00Z'),
        },
      });
      expect(await tokens().check('eyJ.nobody.minted.this.one')).toEqual({ kind: 'invalid' });
    });

    it('are asked about in their own name where Twilio does not take the API key', async () => {
      const path = /Tokens\/validate$/;
      const token = mint();
      under.twilio.faults.next(1, { path }, { kind: 'answer', status: 401, code: 20003 });
      expect(await tokens().check(token)).toMatchObject({ kind: 'valid' });

      under.twilio.faults.next(1, { path }, { kind: 'answer', status: 403, code: 20003 });
      under.twilio.flex.endToken(token);
      expect(await tokens().check(token)).toEqual({ kind: 'invalid' });
    });
  });
});
