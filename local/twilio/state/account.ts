import { accountSid, type AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { Account, NewPlugin, PhoneNumber, Plugin, PublicKey, Subaccount } from './account-records.ts';
import type { World } from './world.ts';

/** The account as it is opened; the keys by which its recordings can be encrypted are known to it already. */
export function newAccount(nowMs: number, publicKeySids: readonly string[]): Account {
  const publicKeys = publicKeySids.map((sid) => ({ sid, friendlyName: 'Recording key', createdAtMs: nowMs }));
  return {
    createdAtMs: nowMs,
    sinksBegin: 'initialized',
    apiKeyKind: 'standard',
    phoneNumbers: new Map(),
    publicKeys: new Map(publicKeys.map((key) => [key.sid, key])),
    subaccounts: new Map(),
    plugins: new Map(),
  };
}

/** Buys a number; one of the account's own already is the same one, its settings replaced as given. */
export function addPhoneNumber(
  world: World,
  phoneNumber: string,
  settings: Readonly<Record<string, string>> = {},
): PhoneNumber {
  const owned = [...world.account.phoneNumbers.values()].find((one) => one.phoneNumber === phoneNumber);
  const now = world.clock.now();
  const number = owned ?? {
    ...{ sid: world.sids.named('PN', phoneNumber), phoneNumber, createdAtMs: now, updatedAtMs: now, settings: {} },
  };
  world.account.phoneNumbers.set(number.sid, number);
  setPhoneNumber(world, number, settings);
  return number;
}

export function setPhoneNumber(world: World, number: PhoneNumber, settings: Readonly<Record<string, string>>): void {
  number.settings = { ...number.settings, ...settings };
  number.updatedAtMs = world.clock.now();
}

export function addPublicKey(world: World, friendlyName = '', sid = world.sids.next('CR')): PublicKey {
  const key = { sid, friendlyName, createdAtMs: world.clock.now() };
  world.account.publicKeys.set(sid, key);
  return key;
}

export function addSubaccount(
  world: World,
  given: { readonly friendlyName: string; readonly authToken: string; readonly sid?: AccountSid },
): Subaccount {
  const sid = given.sid ?? accountSid(world.sids.next('AC'));
  if (sid === world.accountSid) throw new RefusedByTwilioError(`${sid} is the account itself`);
  const { friendlyName, authToken } = given;
  const subaccount: Subaccount = { sid, friendlyName, authToken, status: 'active', createdAtMs: world.clock.now() };
  world.account.subaccounts.set(sid, subaccount);
  return subaccount;
}

/** Deploys a plug-in and releases it together with those that were there; another version takes the place of the one before. */
export function addPlugin(world: World, given: NewPlugin): Plugin {
  const { uniqueName, url, version = '1.0.0', friendlyName = uniqueName, description = '', changelog = '' } = given;
  const plugin: Plugin = {
    ...{ sid: world.sids.named('FP', uniqueName), versionSid: world.sids.named('FV', `${uniqueName}@${version}`) },
    ...{ uniqueName, friendlyName, description, version, url, changelog, createdAtMs: world.clock.now() },
  };
  world.account.plugins.set(plugin.sid, plugin);
  return plugin;
}
