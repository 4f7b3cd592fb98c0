import type { Check } from '../check.ts';
import { failed, ok, skipped, warning } from '../finding.ts';
import { flexConfigurationUrl } from '../patient/flex-configuration.ts';
import type { Patient } from '../patient/patient.ts';
import { isRefusal } from './refusal.ts';
import { counted } from '../../../local/terminal/words.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';

const api = 'https://api.twilio.com/2010-04-01/Accounts';

const twilioSecret: Check = {
  name: 'Twilio secret',
  area: 'twilio',
  async run({ connection, accountSid }) {
    const secret = (await connection.twilioSecret.fresh()).reveal();
    if (secret.accountSid !== accountSid)
      return failed(
        `it is of ${secret.accountSid}, and the stage ${connection.stageName} of ${accountSid}`,
        "put the stage's own account into the secret, or into lib/stages.ts",
      );
    if (secret.authTokens[accountSid] === undefined)
      return failed(
        `it has no auth token of ${accountSid}, so nothing that Twilio sends is proved`,
        `put {"authTokens":{"${accountSid}":{"current":"…"}}} into it (docs/deploy.md, 3)`,
      );
    return ok(`of ${accountSid}, with the auth tokens of ${counted(Object.keys(secret.authTokens).length, 'account')}`);
  },
};

/** The functions live from the first two, and send-sms from Flex and Conversations; the others are asked by commands alone. */
function productsOf({ accountSid, stage }: Patient) {
  const sendsSms = stage.outboundSms !== undefined;
  // A number for stories, which nobody has; send-sms asks this of each number before it begins anything.
  const conversations =
    'https://conversations.twilio.com/v1/ParticipantConversations?Address=%2B12025550143&PageSize=1';
  return [
    { name: 'api', needed: true, url: `${api}/${accountSid}/Recordings.json?PageSize=1` },
    {
      name: 'taskrouter',
      needed: true,
      url: `https://taskrouter.twilio.com/v1/Workspaces/${stage.twilio.workspaceSid}`,
    },
    { name: 'events', needed: false, url: 'https://events.twilio.com/v1/Sinks?PageSize=1' },
    { name: 'flex-api', needed: sendsSms, url: flexConfigurationUrl },
    ...(sendsSms ? [{ name: 'conversations', needed: true, url: conversations }] : []),
  ];
}

const askedProducts = (patient: Patient) =>
  Promise.all(
    productsOf(patient).map(async (product) => ({
      ...product,
      isRefused: await isRefusal(patient.twilio.fetch(product.url)),
    })),
  );

const apiKey: Check = {
  name: 'API key',
  area: 'twilio',
  async run(patient) {
    await patient.secret();
    const asked = await askedProducts(patient);
    const refused = asked.filter(({ isRefused }) => isRefused);
    const names = (of: typeof asked): string => of.map(({ name }) => name).join(', ');
    if (refused.length === 0) return ok(`accepted by ${names(asked)}`);
    const what = `refused by ${names(refused)}${refused.length === asked.length ? '' : `, accepted by ${names(asked.filter(({ isRefused }) => !isRefused))}`}`;
    return refused.some(({ needed }) => needed)
      ? failed(what, 'put a Standard API key of this account into the secret, or give the restricted one those rights')
      : warning(what, 'the functions live without it; commands that set up Twilio want a Standard key');
  },
};

/**
 * "If your API key requires access to the /Accounts or /Accounts/{SID}/Keys endpoints, then you'll need to use a Main
 * key." (https://www.twilio.com/docs/iam/api-keys/keys-in-console, read 2026-11) No resource says of itself which it is.
 */
const kindOfKey: Check = {
  name: 'kind of API key',
  area: 'twilio',
  async run(patient) {
    const { apiKeySid } = await patient.secret();
    const isMain = !(await isRefusal(patient.twilio.fetch(`${api}/${patient.accountSid}/Keys.json?PageSize=1`)));
    if (isMain)
      return warning(
        `${apiKeySid} is a Main key: it may make and delete keys and change the account`,
        'put a Standard or a Restricted key into the secret; the pipeline needs no more',
      );
    // One that is shown nothing else either may be of any kind, or none of Twilio's.
    return (await askedProducts(patient)).every(({ isRefused }) => isRefused)
      ? skipped(`Twilio takes ${apiKeySid} for nothing`)
      : ok(`${apiKeySid} is a Standard or Restricted key: Twilio does not show it the account's keys`);
  },
};

const authTokens: Check = {
  name: 'auth tokens',
  area: 'twilio',
  async run({ twilioAs, secret, command }) {
    const held = Object.entries((await secret()).authTokens).flatMap(([sid, { current, previous }]) => [
      { sid, which: 'current', token: current },
      ...(previous === undefined ? [] : [{ sid, which: 'previous', token: previous }]),
    ]);
    const tried = await Promise.all(
      held.map(async ({ sid, which, token }) => ({
        ...{ sid, which },
        isRefused: await isRefusal(twilioAs(sid, token).fetch(`${api}/${sid}.json`)),
      })),
    );
    const refused = tried.filter(({ isRefused }) => isRefused);
    const wrong = refused.find(({ which }) => which === 'current');
    if (wrong !== undefined)
      return failed(
        `Twilio does not take the current token of ${wrong.sid}: what that account signs is not proved`,
        `put the primary auth token of the Console into the secret, then ${command('redrive quarantine')}`,
      );
    const over = refused[0];
    return over === undefined
      ? ok(`${tried.length === 1 ? 'the one token is' : `all ${tried.length} tokens are`} taken by Twilio`)
      : warning(
          `Twilio takes the previous token of ${over.sid} no more`,
          'take it out of the secret when nothing that was signed with it waits (docs/security.md, Rotation)',
        );
  },
};

/** Twilio's own `Date` against the time by which this machine signs and judges. */
const clock: Check = {
  name: 'clock',
  area: 'twilio',
  async run({ twilioClient, connection, stage, secret }) {
    await secret();
    const url = new URL(`https://taskrouter.twilio.com/v1/Workspaces/${stage.twilio.workspaceSid}`);
    const { headers } = await twilioClient.send({ method: 'GET', url, timeoutSeconds: 20, expects: [404] });
    const seconds = Math.round((connection.now().getTime() - Date.parse(headers.get('Date') ?? '')) / 1000);
    if (Number.isNaN(seconds))
      throw new RetryableError('Twilio does not say what time it is', { reason: 'twilio-unreadable' });
    const off = Math.abs(seconds);
    const what = `this machine is ${off} s ${seconds < 0 ? 'behind' : 'ahead of'} Twilio`;
    if (off > 300) return failed(what, 'set the clock: AWS refuses requests that are 5 minutes off');
    return off > 30
      ? warning(what, 'set the clock: times in what you read here are off')
      : ok(`within ${Math.max(1, off)} s of Twilio's`);
  },
};

export const credentialChecks: readonly Check[] = [twilioSecret, apiKey, kindOfKey, authTokens, clock];
