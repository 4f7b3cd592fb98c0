import type { AddressConfiguration, AutoCreation } from './account-records.ts';
import type { World } from './world.ts';

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
