import { accountSid, type AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { SinkStatus } from './sinks.ts';
import type { World } from './world.ts';

/** What belongs to the account itself rather than to one of its products. */
export interface Account {
  readonly createdAtMs: number;
  /** `initialized`, or `active` as Twilio has it lately. */
  sinksBegin: SinkStatus & ('initialized' | 'active');
  /** Of the one key that the account has. */
  apiKeyKind: ApiKeyKind;
  /** By SID (PN…). */
  readonly phoneNumbers: Map<string, PhoneNumber>;
  /** By SID (CR…). */
  readonly publicKeys: Map<string, PublicKey>;
  /** By SID; none of the account itself. */
  readonly subaccounts: Map<AccountSid, Subaccount>;
  /** By SID (FP…). */
  readonly plugins: Map<string, Plugin>;
}

/** Of the kinds that Twilio has, those that are simulated. */
export type ApiKeyKind = 'standard' | 'main';

export interface PhoneNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly createdAtMs: number;
  updatedAtMs: number;
  /** By the names of the form: FriendlyName, VoiceUrl, SmsUrl, … */
  settings: Readonly<Record<string, string>>;
}

export interface PublicKey {
  readonly sid: string;
  readonly friendlyName: string;
  readonly createdAtMs: number;
}

export interface Subaccount {
  readonly sid: AccountSid;
  readonly friendlyName: string;
  readonly authToken: string;
  readonly status: 'active' | 'suspended' | 'closed';
  readonly createdAtMs: number;
}

/** A plug-in that is deployed: part of the configuration that is released. */
export interface Plugin {
  readonly sid: string;
  readonly versionSid: string;
  readonly uniqueName: string;
  readonly friendlyName: string;
  readonly description: string;
  readonly version: string;
  readonly url: string;
  readonly changelog: string;
  readonly createdAtMs: number;
}

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

export interface NewPlugin {
  readonly uniqueName: string;
  /** Where its code is. */
  readonly url: string;
  readonly version?: string;
  readonly friendlyName?: string;
  readonly description?: string;
  readonly changelog?: string;
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
