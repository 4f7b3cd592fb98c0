import type { AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import { accountSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { rfc2822 } from '../rfc-2822.ts';
import type { World } from '../state/world.ts';
import { notFound } from './answers.ts';
import { basicUser } from './authenticate.ts';
import { mainKeysOnly } from './main-keys-only.ts';
import type { RestRequest } from './rest-request.ts';
import { pageAnswer } from './paging.ts';
import type { Route } from './route.ts';

/** What there is to say of the account or of one of its subaccounts. */
interface AccountRecord {
  readonly sid: AccountSid;
  readonly friendlyName: string;
  readonly authToken: string;
  readonly status: string;
  readonly createdAtMs: number;
}

/** `/2010-04-01/Accounts`: list and fetch of the account and of its subaccounts, and the list of its API keys. */
export function accountRoutes(world: World, apiKeySid: string, authToken: () => string): readonly Route[] {
  const refuse = mainKeysOnly(world);
  const own = (): AccountRecord => ({
    ...{ sid: world.accountSid, friendlyName: 'Contact Centre', status: 'active' },
    ...{ authToken: authToken(), createdAtMs: world.account.createdAtMs },
  });
  return [
    {
      ...{ method: 'GET', path: /^\/2010-04-01\/Accounts\.json$/, refuse },
      handle(request) {
        const [name, status] = [request.query.get('FriendlyName'), request.query.get('Status')];
        const found = [own(), ...world.account.subaccounts.values()]
          .filter(({ friendlyName }) => name === null || friendlyName === name)
          .filter((one) => status === null || one.status === status);
        const items = found.map((one) => accountResource(world, one));
        return pageAnswer(request, 'accounts', items);
      },
    },
    {
      ...{ method: 'GET', path: /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\.json$/ },
      // A subaccount may ask for itself, by its own token.
      refuse: (request, credentials) => (isOfItself(world, request) ? undefined : refuse(request, credentials)),
      handle({ path }, [sid = '']) {
        const found = sid === world.accountSid ? own() : world.account.subaccounts.get(accountSid(sid));
        return found === undefined
          ? notFound(path)
          : { kind: 'json', status: 200, json: accountResource(world, found) };
      },
    },
    {
      ...{ method: 'GET', path: new RegExp(`^/2010-04-01/Accounts/${world.accountSid}/Keys\\.json$`), refuse },
      handle(request) {
        const dated = rfc2822(world.account.createdAtMs);
        const key = { sid: apiKeySid, friendly_name: 'Pipeline', date_created: dated, date_updated: dated };
        return pageAnswer(request, 'keys', [key]);
      },
    },
  ];
}

function isOfItself(world: World, request: RestRequest): boolean {
  const asker = basicUser(request.authorization);
  return [...world.account.subaccounts.values()].some(
    ({ sid, authToken }) =>
      asker?.user === sid && asker.password === authToken && request.path === `/2010-04-01/Accounts/${sid}.json`,
  );
}

function accountResource(
  world: World,
  { sid, friendlyName, authToken, status, createdAtMs }: AccountRecord,
): JsonObject {
  const uri = `/2010-04-01/Accounts/${sid}`;
  return {
    sid,
    friendly_name: friendlyName,
    auth_token: authToken,
    owner_account_sid: world.accountSid,
    status,
    type: 'Full',
    date_created: rfc2822(createdAtMs),
    date_updated: rfc2822(createdAtMs),
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(subresources).map(([name, below]) => [name, `${uri}/${below}.json`]),
    ),
  };
}

const subresources = {
  addresses: 'Addresses',
  applications: 'Applications',
  authorized_connect_apps: 'AuthorizedConnectApps',
  available_phone_numbers: 'AvailablePhoneNumbers',
  balance: 'Balance',
  calls: 'Calls',
  conferences: 'Conferences',
  connect_apps: 'ConnectApps',
  incoming_phone_numbers: 'IncomingPhoneNumbers',
  keys: 'Keys',
  messages: 'Messages',
  notifications: 'Notifications',
  outgoing_caller_ids: 'OutgoingCallerIds',
  queues: 'Queues',
  recordings: 'Recordings',
  short_codes: 'SMS/ShortCodes',
  signing_keys: 'SigningKeys',
  sip: 'SIP',
  transcriptions: 'Transcriptions',
  usage: 'Usage',
};
