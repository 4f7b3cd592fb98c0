import type { AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';

/** What belongs to the account itself rather than to one of its products. */
export interface Account {
  readonly createdAtMs: number;
  /** `initialized`, or `active` as Twilio has it lately. */
  sinksBegin: 'initialized' | 'active';
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

export interface NewPlugin {
  readonly uniqueName: string;
  /** Where its code is. */
  readonly url: string;
  readonly version?: string;
  readonly friendlyName?: string;
  readonly description?: string;
  readonly changelog?: string;
}

/** Where Event Streams takes events to: a webhook, the one type that is simulated. */
export interface Sink {
  readonly sid: string;
  readonly configuration: SinkConfiguration;
  readonly createdAtMs: number;
  updatedAtMs: number;
  description: string;
  status: SinkStatus;
  /** Of the last test; an earlier test's counts no more. */
  testId?: string;
}

/** twilio_events_v1.json of @twilio/cli-core 8.3.2 (read 2026-11). */
export type SinkStatus = 'initialized' | 'validating' | 'active' | 'failed';

export interface SinkConfiguration {
  readonly destination: string;
  readonly method: 'POST';
  readonly batch_events: boolean;
}

/** Which types of events a sink gets, and each in which version of its schema. */
export interface Subscription {
  readonly sid: string;
  readonly sinkSid: string;
  readonly createdAtMs: number;
  /** Versions by type, in the order of their subscription. */
  readonly types: Map<string, number>;
  updatedAtMs: number;
  description: string;
}

/** What becomes of a message to one of the account's addresses that belongs to no conversation yet. */
export interface AddressConfiguration {
  /** IG… */
  readonly sid: string;
  readonly type: string;
  /** A telephone number, or what the type calls an address. */
  readonly address: string;
  readonly addressCountry: string | null;
  readonly createdAtMs: number;
  updatedAtMs: number;
  friendlyName: string | null;
  autoCreation: AutoCreation;
}

/** By the names of conversations.v1 (twilio_conversations_v1.json, @twilio/cli-core 8.3.2, read 2026-11). */
export interface AutoCreation {
  readonly enabled: boolean;
  readonly type: 'webhook' | 'studio' | 'default';
  readonly conversation_service_sid?: string;
  readonly webhook_url?: string;
  readonly webhook_method?: string;
  readonly webhook_filters?: readonly string[];
  readonly studio_flow_sid?: string;
  readonly studio_retry_count?: number;
}

/** Flex's settings: one object, of which every property of the OpenAPI file is there. */
export interface FlexConfiguration {
  settings: JsonObject;
  createdAtMs: number;
  updatedAtMs: number;
}
