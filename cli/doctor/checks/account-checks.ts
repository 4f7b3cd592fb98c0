import * as z from 'zod/mini';
import type { Check } from '../check.ts';
import { CannotLookError, failed, ok, warning } from '../finding.ts';
import type { Patient } from '../patient/patient.ts';
import { isRefusal } from './refusal.ts';

const accounts = 'https://api.twilio.com/2010-04-01/Accounts';
const workspaces = 'https://taskrouter.twilio.com/v1/Workspaces';

const accountResource = z.object({
  sid: z.string(),
  status: z.string(),
  type: z.nullish(z.string()),
  friendly_name: z.nullish(z.string()),
  owner_account_sid: z.nullish(z.string()),
});
type Account = z.output<typeof accountResource>;

/** An account's own resources are shown to its auth token, and to Main keys, which nobody should use. */
async function byAuthToken({ twilioAs, accountSid, secret }: Patient) {
  const token = (await secret()).authTokens[accountSid]?.current;
  if (token === undefined) throw new CannotLookError(`the secret has no auth token of ${accountSid}`);
  const rest = twilioAs(accountSid, token);
  if (await isRefusal(rest.fetch(`${accounts}/${accountSid}.json`)))
    throw new CannotLookError(`Twilio does not take the auth token of ${accountSid}`);
  return rest;
}

async function ownAccount(patient: Patient): Promise<Account> {
  const found = await (await byAuthToken(patient)).fetch(`${accounts}/${patient.accountSid}.json`);
  return accountResource.parse(found?.resource);
}

const account: Check = {
  name: 'account',
  area: 'twilio',
  async run(patient) {
    const { sid, status, type } = await ownAccount(patient);
    if (status !== 'active')
      return failed(`${sid} is ${status}`, 'ask Twilio: nothing works on an account that is not active');
    return type === 'Trial'
      ? warning(`${sid} is a trial account`, 'upgrade it: a trial calls verified numbers only and its money ends')
      : ok(`${sid} is active, ${type ?? 'of no stated type'}`);
  },
};

const subAccounts: Check = {
  name: 'sub-accounts',
  area: 'twilio',
  async run(patient) {
    const own = await ownAccount(patient);
    const listed = await (await byAuthToken(patient)).list(`${accounts}.json`, 'accounts');
    const subs = listed.map((one) => accountResource.parse(one)).filter(({ sid }) => sid !== own.sid);
    const tokens = Object.keys((await patient.secret()).authTokens);
    const family = [own.sid, own.owner_account_sid ?? own.sid, ...subs.map(({ sid }) => sid)];
    const strangers = tokens.filter((sid) => !family.includes(sid));
    if (strangers.length > 0)
      return failed(
        `the secret has auth tokens of ${strangers.join(', ')}, no account of ours: what they sign is believed`,
        'take them out of the secret',
      );
    const without = subs.filter(({ sid, status }) => status === 'active' && !tokens.includes(sid));
    if (without.length > 0)
      return warning(
        `active and without an auth token in the secret: ${without.map(({ sid }) => sid).join(', ')}`,
        'put in the tokens of those whose webhooks come here: a sub-account signs with its own',
      );
    return ok(
      subs.length === 0 ? 'there are none' : `all ${subs.length} that are active have their token in the secret`,
    );
  },
};

const workspaceResource = z.object({ sid: z.string(), friendly_name: z.string() });

const workspace: Check = {
  name: 'workspace',
  area: 'twilio',
  async run({ twilio, stage, secret, flexConfiguration, command }) {
    await secret();
    const wanted = stage.twilio.workspaceSid;
    const found = await twilio.fetch(`${workspaces}/${wanted}`);
    if (found === undefined) {
      const there = (await twilio.list(workspaces, 'workspaces')).map((one) => workspaceResource.parse(one));
      return failed(
        `the account has no workspace ${wanted}`,
        there.length === 0
          ? `make one: ${command('twilio apply')}`
          : `name one of these in lib/stages.ts: ${there.map((one) => `${one.friendly_name} (${one.sid})`).join(', ')}`,
      );
    }
    const { friendly_name: name } = workspaceResource.parse(found.resource);
    const flex = (await flexConfiguration()).workspaceSid;
    return flex === undefined || flex === wanted
      ? ok(`${wanted}, "${name}"`)
      : warning(
          `Flex works in ${flex}, and the stage is of ${wanted}, "${name}"`,
          "name Flex's workspace in lib/stages.ts: events of another one are ignored",
        );
  },
};

export const accountChecks: readonly Check[] = [account, subAccounts, workspace];
