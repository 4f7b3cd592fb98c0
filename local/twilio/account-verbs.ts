import type { AccountVerbs, SinkView } from './account.ts';
import { addPhoneNumber, addPlugin, addPublicKey, addSubaccount } from './state/account.ts';
import type { Subscription } from './state/account-records.ts';
import { setFlexConfiguration } from './state/flex-configuration.ts';
import { subscriptionOf } from './state/subscriptions.ts';
import type { World } from './state/world.ts';

export function accountOf(world: World): AccountVerbs {
  return {
    addPhoneNumber: (phoneNumber, settings) => addPhoneNumber(world, phoneNumber, settings).sid,
    addPublicKey: (friendlyName) => addPublicKey(world, friendlyName).sid,
    addSubaccount: (given) => addSubaccount(world, given).sid,
    addPlugin: (given) => addPlugin(world, given).sid,
    setFlexConfiguration: (changes) => setFlexConfiguration(world.flexConfiguration, changes, world.clock.now()),
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
