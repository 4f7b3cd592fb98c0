import type { World } from './world.ts';

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

export interface NewAddressConfiguration {
  readonly type: string;
  readonly address: string;
  readonly addressCountry?: string | null;
  readonly friendlyName?: string | null;
  readonly autoCreation: AutoCreation;
}

/** Undefined where the address has a configuration already: there is one of each at most. */
export function createAddressConfiguration(
  world: World,
  given: NewAddressConfiguration,
): AddressConfiguration | undefined {
  if (addressConfigurationOf(world, given.address) !== undefined) return undefined;
  const now = world.clock.now();
  const configuration: AddressConfiguration = {
    ...{ sid: world.sids.next('IG'), type: given.type, address: given.address, createdAtMs: now, updatedAtMs: now },
    addressCountry: given.addressCountry ?? null,
    friendlyName: given.friendlyName ?? null,
    autoCreation: given.autoCreation,
  };
  world.addressConfigurations.set(configuration.sid, configuration);
  return configuration;
}

export const addressConfigurationOf = (world: World, address: string): AddressConfiguration | undefined =>
  [...world.addressConfigurations.values()].find((one) => one.address === address);
