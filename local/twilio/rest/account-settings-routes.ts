import type { World } from '../state/world.ts';
import { accountRoutes } from './account-routes.ts';
import { addressRoutes } from './address-routes.ts';
import { eventTypeRoutes } from './event-type-routes.ts';
import { flexConfigurationRoutes } from './flex-configuration-routes.ts';
import { phoneNumberRoutes } from './phone-number-routes.ts';
import { pluginRoutes } from './plugin-routes.ts';
import { publicKeyRoutes } from './public-key-routes.ts';
import type { Route } from './route.ts';
import { sinkRoutes } from './sink-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

/** All that is set once for the account, of whatever product: what operators' commands read and make. */
export function accountSettingsRoutes(world: World, apiKeySid: string, authToken: () => string): readonly Route[] {
  return [
    ...sinkRoutes(world),
    ...subscriptionRoutes(world),
    ...eventTypeRoutes(),
    ...flexConfigurationRoutes(world),
    ...addressRoutes(world),
    ...publicKeyRoutes(world),
    ...pluginRoutes(world),
    ...phoneNumberRoutes(world),
    ...accountRoutes(world, apiKeySid, authToken),
  ];
}
