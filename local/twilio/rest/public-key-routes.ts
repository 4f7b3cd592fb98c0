import { createPublicKey } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { addPublicKey } from '../state/account.ts';
import type { PublicKey } from '../state/account-records.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { Route } from './route.ts';

const paged = { host: 'https://accounts.twilio.com', largestPageSize: 1000 };

/** `/v1/Credentials/PublicKeys`: list, create and fetch; the key itself is never answered. */
export function publicKeyRoutes(world: World): readonly Route[] {
  const all = /^\/v1\/Credentials\/PublicKeys$/;
  return [
    {
      ...{ method: 'GET', path: all },
      handle(request) {
        const items = [...world.account.publicKeys.values()].map((key) => keyResource(world, key));
        return metaPageAnswer(request, 'credentials', items, paged);
      },
    },
    { method: 'POST', path: all, handle: ({ form }) => create(world, form) },
    {
      ...{ method: 'GET', path: /^\/v1\/Credentials\/PublicKeys\/(CR[0-9a-f]{32})$/ },
      handle({ path }, [sid = '']) {
        const key = world.account.publicKeys.get(sid);
        return key === undefined ? notFound(path) : { kind: 'json', status: 200, json: keyResource(world, key) };
      },
    },
  ];
}

function create(world: World, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['PublicKey', 'FriendlyName', 'AccountSid'], ['PublicKey']);
  if (refused !== undefined) return refused;
  if ((form.get('AccountSid') ?? world.accountSid) !== world.accountSid)
    return badRequest('AccountSid must be that of the account here');
  if (!isRsaKey(form.get('PublicKey') ?? '')) return badRequest('PublicKey is not a valid public key');
  const key = addPublicKey(world, form.get('FriendlyName') ?? '');
  return { kind: 'json', status: 201, json: keyResource(world, key) };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function keyResource(world: World, { sid, friendlyName, createdAtMs }: PublicKey): JsonObject {
  return {
    account_sid: world.accountSid,
    sid,
    friendly_name: friendlyName,
    date_created: isoSeconds(createdAtMs),
    date_updated: isoSeconds(createdAtMs),
    url: `${paged.host}/v1/Credentials/PublicKeys/${sid}`,
  };
}
