import type { AccountSid } from '../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from './json.ts';
import {
  addPhoneNumber,
  addPlugin,
  addPublicKey,
  addSubaccount,
  type ApiKeyKind,
  type NewPlugin,
} from './state/account.ts';
import type { AddressConfiguration } from './state/address-configurations.ts';
import { setFlexConfiguration } from './state/flex-configuration.ts';
import type { SinkStatus } from './state/sinks.ts';
import { subscriptionOf, type Subscription } from './state/subscriptions.ts';
import type { World } from './state/world.ts';

/** What a person does in the account's console, and what stands in it; REST sees each at once. */
export interface AccountVerbs {
  /**
   * Buys a number and returns its SID (PN…); for one that is there already the settings alone, by the names of the
   * form: `VoiceUrl`, `SmsUrl`, `FriendlyName`, …
   */
  addPhoneNumber(phoneNumber: string, settings?: Readonly<Record<string, string>>): string;
  /** Returns its SID (CR…). */
  addPublicKey(friendlyName?: string): string;
  addSubaccount(given: {
    readonly friendlyName: string;
    readonly authToken: string;
    readonly sid?: AccountSid;
  }): AccountSid;
  /** Deploys and releases; returns its SID (FP…). */
  addPlugin(given: NewPlugin): string;
  /** Replaces the properties that are given, by their names in REST. */
  setFlexConfiguration(changes: JsonObject): void;
  /** Of the API key; `standard` unless told otherwise: it reaches neither `/Accounts` nor `/Keys`. */
  setApiKeyKind(kind: ApiKeyKind): void;
  /** In which status new sinks begin: `initialized` unless told otherwise, or `active`, as Twilio has it lately. */
  letSinksBegin(status: 'initialized' | 'active'): void;
  /** The sink and its subscription, if it has one. */
  deleteSink(sinkSid: string): void;

  sinks(): readonly SinkView[];
  addressConfigurations(): readonly AddressConfiguration[];
  /** What was set; what follows from the account itself is not in it. */
  flexConfiguration(): JsonObject;
  phoneNumbers(): readonly PhoneNumberView[];
}

export interface SinkView {
  readonly sid: string;
  readonly description: string;
  readonly destination: string;
  readonly batchEvents: boolean;
  readonly status: SinkStatus;
  readonly subscription?: {
    readonly sid: string;
    readonly description: string;
    /** Schema versions by type. */
    readonly types: Readonly<Record<string, number>>;
  };
}

export interface PhoneNumberView {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly settings: Readonly<Record<string, string>>;
}

export function accountOf(world: World): AccountVerbs {
  return {
    addPhoneNumber: (phoneNumber, settings) => addPhoneNumber(world, phoneNumber, settings).sid,
    addPublicKey: (friendlyName) => addPublicKey(world, friendlyName).sid,
    addSubaccount: (given) => addSubaccount(world, given).sid,
    addPlugin: (given) => addPlugin(world, given).sid,
    setFlexConfiguration: (changes) => setFlexConfiguration(world, changes),
    setApiKeyKind: (kind) => void (world.account.apiKeyKind = kind),
    letSinksBegin: (status) => void (world.account.sinksBegin = status),
    deleteSink(sid) {
      world.subscriptions.delete(subscriptionOf(world, sid)?.sid ?? '');
      world.sinks.delete(sid);
    },
    sinks: () => [...world.sinks.keys()].flatMap((sid) => sinkView(world, sid)),
    addressConfigurations: () => [...world.addressConfigurations.values()].map((one) => ({ ...one })),
    flexConfiguration: () => world.flexConfiguration.settings,
    phoneNumbers: () =>
      [...world.account.phoneNumbers.values()].map(({ sid, phoneNumber, settings }) => ({
        sid,
        phoneNumber,
        settings,
      })),
  };
}

function sinkView(world: World, sid: string): readonly SinkView[] {
  const sink = world.sinks.get(sid);
  if (sink === undefined) return [];
  const subscription = subscriptionOf(world, sid);
  const { destination, batch_events: batchEvents } = sink.configuration;
  const { description, status } = sink;
  const used = subscription === undefined ? {} : { subscription: subscriptionView(subscription) };
  return [{ sid, description, destination, batchEvents, status, ...used }];
}

const subscriptionView = ({ sid, description, types }: Subscription): NonNullable<SinkView['subscription']> => ({
  ...{ sid, description, types: Object.fromEntries(types) },
});
