import { twilioAccount } from '../../../../cli/twilio/twilio-account.ts';
import type { Connection } from '../../../../cli/connection.ts';
import { Secret } from '../../../../lambdas/shared/runtime/secret.ts';
import { stages } from '../../../../lib/stages.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from '../fake-connection.ts';

const sid = 'AC00000000000000000000000000000001';
const { accountSid: stageSid } = stages.dev.twilio;
const opens = { TWILIO_API_KEY: 'SK00000000000000000000000000000001', TWILIO_API_SECRET: 'not a secret' };

function account(environment: Readonly<Record<string, string>>, texts: Readonly<Record<string, string>> = {}) {
  const secret = new Secret({
    ...{ accountSid: stageSid, apiKeySid: 'SK00000000000000000000000000000002', apiKeySecret: 'not a secret either' },
    authTokens: { [stageSid]: { current: 'not a token' } },
  });
  const pipeline: Connection = fakeConnection({
    ...{ ledger: inMemoryLedger(), publicUrl: 'https://pipeline.example.com/v1/' },
    twilioSecret: { current: async () => secret, fresh: async () => secret },
  });
  return twilioAccount({
    typed: { flags: new Set(), texts: new Map(Object.entries(texts)), words: [] },
    connect: async () => pipeline,
    environment,
    pause: async () => undefined,
    progress: { show: () => undefined, line: () => undefined, end: () => undefined },
  });
}

describe('the account that a command works on', () => {
  it('is the one whose credentials are in the environment, and no pipeline is looked for then', async () => {
    const { accountSid, credentials, pipeline, publicUrl } = await account({ TWILIO_ACCOUNT_SID: sid, ...opens });
    expect([accountSid, credentials, pipeline, publicUrl]).toEqual([sid, 'api-key', undefined, undefined]);
  });

  it('is opened by its auth token as well', async () => {
    const { credentials } = await account({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: 'not a token' });
    expect(credentials).toBe('auth-token');
  });

  it('is opened by what is set to something, where a CI has set the rest to nothing', async () => {
    const unset = { TWILIO_API_KEY: '', TWILIO_API_SECRET: '' };
    const { credentials } = await account({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: 'not a token', ...unset });
    expect(credentials).toBe('auth-token');
    await expect(account({ TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: '' })).rejects.toThrow('nothing that opens it');
  });

  it("is the stage's, by the stage's secret, where the environment has none", async () => {
    const { accountSid, credentialsFrom, publicUrl } = await account({});
    expect([accountSid, credentialsFrom]).toEqual([stageSid, 'the secret of a fake']);
    expect(publicUrl).toBe('https://pipeline.example.com/v1');
  });

  it('is refused where the environment and the stage mean two', async () => {
    await expect(account({ TWILIO_ACCOUNT_SID: sid, ...opens }, { stage: 'dev' })).rejects.toThrow(
      `TWILIO_ACCOUNT_SID is ${sid}, and the account of a fake is ${stageSid}`,
    );
  });

  it.each([
    [{ TWILIO_ACCOUNT_SID: sid }, 'nothing that opens it: set TWILIO_ACCOUNT_SID with TWILIO_API_KEY'],
    [{ TWILIO_ACCOUNT_SID: sid, TWILIO_API_KEY: 'SK1' }, 'nothing that opens it'],
    [{ TWILIO_ACCOUNT_SID: 'mine' }, 'TWILIO_ACCOUNT_SID is "mine": wanted AC and 32 hexadecimal digits'],
  ])('is refused with what is missing: %j', async (environment, why) => {
    await expect(account({ ...environment })).rejects.toThrow(why);
  });

  it('takes a public URL that was typed before the pipeline’s own, without the slash at its end', async () => {
    const { publicUrl } = await account({}, { 'public-url': 'https://typed.example.com/v1/' });
    expect(publicUrl).toBe('https://typed.example.com/v1');
  });

  it.each(['localhost', 'ftp://example.com', 'https://example.com/?a=b'])(
    'takes no base of URLs from %s',
    async (url) => {
      await expect(account({}, { 'twilio-url': url })).rejects.toThrow(`--twilio-url ${url} is no base of URLs`);
    },
  );
});
