import { RetryableError } from '../../../../lambdas/shared/domain/outcome.ts';
import { readStage } from '../../../../lib/stage-settings.ts';
import { stages } from '../../../../lib/stages.ts';
import { account, apiKey, authToken, goodSecret, noon, openWard, workspace } from './examined.ts';
import type { Ward } from './examined.ts';

const stranger = `AC${'9'.repeat(32)}`;

describe('doctor on Twilio’s credentials', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  it('finds the secret, of the stage’s account and with its token', async () => {
    expect(await ward.diagnose('Twilio secret')).toBe(
      `ok Twilio secret: of ${account}, with the auth tokens of 1 account`,
    );
  });

  it('says that the secret is of another account', async () => {
    const answer = await ward.diagnose('Twilio secret', { secret: { ...goodSecret, accountSid: stranger } });

    expect(answer).toContain(`failed Twilio secret: it is of ${stranger}, and the stage dev of ${account}`);
    expect(answer).toContain("→ put the stage's own account into the secret");
  });

  it('says that the account has no token there', async () => {
    const secret = { ...goodSecret, authTokens: { [stranger]: { current: 'x' } } };

    expect(await ward.diagnose('Twilio secret', { secret })).toContain('so nothing that Twilio sends is proved');
  });

  it('says once that the secret is empty, and skips what hangs on it', async () => {
    const secret = new RetryableError('the secret arn:x has not the wanted shape: accountSid', {
      reason: 'secret-malformed',
    });

    expect(await ward.diagnose('Twilio secret', { secret })).toContain(
      'failed Twilio secret: the secret arn:x has not the wanted shape: accountSid',
    );
    expect(await ward.diagnose('API key', { secret })).toBe('skipped API key: the Twilio secret cannot be read');
  });

  it('names the right that is missing to read it, as a warning', async () => {
    const cause = new Error('User: arn:x is not authorized to perform: secretsmanager:GetSecretValue on resource: y');
    cause.name = 'AccessDeniedException';
    const secret = new RetryableError('the secret cannot be read', { reason: 'secret-unreadable', cause });

    expect(await ward.diagnose('Twilio secret', { secret })).toContain(
      'warning Twilio secret: AWS does not let you look: secretsmanager:GetSecretValue',
    );
  });

  it('tries the API key on every product', async () => {
    expect(await ward.diagnose('API key')).toBe('ok API key: accepted by api, taskrouter, events, flex-api');
  });

  it('tries it on Conversations too where messages are sent, which fail without Flex', async () => {
    const { outboundSms } = readStage(stages, 'sample');
    if (outboundSms === undefined) throw new Error('the stage sample sends no messages');

    expect(await ward.diagnose('API key', { stage: { outboundSms } })).toBe(
      'ok API key: accepted by api, taskrouter, events, flex-api, conversations',
    );
    ward.twilio.faults.next(1, { path: /^\/v1\/Configuration$/ }, { kind: 'answer', status: 401, code: 20_003 });
    expect(await ward.diagnose('API key', { stage: { outboundSms } })).toContain(
      'failed API key: refused by flex-api, accepted by api, taskrouter, events, conversations →',
    );
  });

  it('says where Twilio refuses the key', async () => {
    const answer = await ward.diagnose('API key', { secret: { ...goodSecret, apiKeySecret: 'another' } });

    expect(answer).toContain('failed API key: refused by api, taskrouter, events, flex-api →');
  });

  it('is content with a Standard key, and warns of a Main key', async () => {
    const standard = await ward.diagnose('kind of API key');
    ward.twilio.account.setApiKeyKind('main');
    const main = await ward.diagnose('kind of API key');

    expect(standard).toContain(`ok kind of API key: ${apiKey.apiKeySid} is a Standard or Restricted key`);
    expect(main).toContain(`warning kind of API key: ${apiKey.apiKeySid} is a Main key`);
    expect(main).toContain('→ put a Standard or a Restricted key into the secret');
  });

  it('says of no kind what Twilio does not take at all', async () => {
    const answer = await ward.diagnose('kind of API key', { secret: { ...goodSecret, apiKeySecret: 'another' } });

    expect(answer).toBe(`skipped kind of API key: Twilio takes ${apiKey.apiKeySid} for nothing`);
  });

  it('tries every auth token', async () => {
    expect(await ward.diagnose('auth tokens')).toBe('ok auth tokens: the one token is taken by Twilio');
  });

  it('says that the auth token is not the one that Twilio signs with', async () => {
    const secret = { ...goodSecret, authTokens: { [account]: { current: 'a-token-of-long-ago' } } };

    const answer = await ward.diagnose('auth tokens', { secret });

    expect(answer).toContain(`failed auth tokens: Twilio does not take the current token of ${account}`);
    expect(answer).toContain('then npm run cli -- redrive quarantine');
    expect(answer).not.toContain('a-token-of-long-ago');
  });

  it('says that a rotation is over', async () => {
    const secret = { ...goodSecret, authTokens: { [account]: { current: authToken, previous: 'the-old-one' } } };

    expect(await ward.diagnose('auth tokens', { secret })).toContain(
      `warning auth tokens: Twilio takes the previous token of ${account} no more → take it out`,
    );
  });

  it.each([
    [0, 'ok clock: within 1 s of Twilio'],
    [90, 'warning clock: this machine is 90 s ahead of Twilio'],
    [-600, 'failed clock: this machine is 600 s behind Twilio → set the clock: AWS refuses'],
  ])('compares the time of a machine that is %d s off', async (seconds, text) => {
    expect(await ward.diagnose('clock', { nowMs: noon + seconds * 1000 })).toContain(text);
  });

  it('finds the account active', async () => {
    expect(await ward.diagnose('account')).toBe(`ok account: ${account} is active, Full`);
  });

  it('looks at the account with its token alone', async () => {
    const secret = { ...goodSecret, authTokens: { [account]: { current: 'a-token-of-long-ago' } } };

    expect(await ward.diagnose('account', { secret })).toBe(
      `skipped account: Twilio does not take the auth token of ${account}`,
    );
  });

  it('wants the tokens of sub-accounts that are in use, and of nobody else', async () => {
    const none = await ward.diagnose('sub-accounts');
    const sub = ward.twilio.account.addSubaccount({ friendlyName: 'Branch', authToken: 'the-token-of-the-branch' });
    const without = await ward.diagnose('sub-accounts');
    const own = { [account]: { current: authToken }, [sub]: { current: 'the-token-of-the-branch' } };
    const withIt = await ward.diagnose('sub-accounts', { secret: { ...goodSecret, authTokens: own } });
    const strangers = { ...own, [stranger]: { current: 'x' } };
    const foreign = await ward.diagnose('sub-accounts', { secret: { ...goodSecret, authTokens: strangers } });

    expect(none).toBe('ok sub-accounts: there are none');
    expect(without).toContain(`warning sub-accounts: active and without an auth token in the secret: ${sub}`);
    expect(withIt).toBe('ok sub-accounts: all 1 that are active have their token in the secret');
    expect(foreign).toContain(`failed sub-accounts: the secret has auth tokens of ${stranger}, no account of ours`);
    expect(foreign).toContain('→ take them out of the secret');
  });

  it('finds the workspace by the SID of the stage', async () => {
    expect(await ward.diagnose('workspace')).toBe(`ok workspace: ${workspace}, "Flex Task Assignment"`);
  });

  it('names the workspaces that are there instead', async () => {
    const other = `WS${'8'.repeat(32)}`;

    const answer = await ward.diagnose('workspace', {
      stage: { twilio: { accountSid: account, workspaceSid: other } },
    });

    expect(answer).toContain(`failed workspace: the account has no workspace ${other}`);
    expect(answer).toContain(`Flex Task Assignment (${workspace})`);
  });

  it('says that Flex works in another workspace', async () => {
    ward.twilio.account.setFlexConfiguration({ taskrouter_workspace_sid: `WS${'8'.repeat(32)}` });

    expect(await ward.diagnose('workspace')).toContain(`warning workspace: Flex works in WS${'8'.repeat(32)}`);
  });
});
