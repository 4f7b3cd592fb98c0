import type { AccountSid } from '../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from './json.ts';
import type { AddressConfiguration, ApiKeyKind, NewPlugin, SinkStatus } from './state/account-records.ts';

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
