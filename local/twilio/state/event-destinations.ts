import { callbackOf } from '../delivery/connection-overrides.ts';
import type { Destination } from '../delivery/destination.ts';
import type { TwilioEvent } from '../events/twilio-event.ts';
import { streamsType } from './event-types.ts';
import { subscriptionOf } from './subscriptions.ts';
import { workspaceCallback } from './workspace-callback.ts';
import type { World } from './world.ts';

/** Where an event goes by the account's own settings: to the active sinks that are subscribed to it, to its workspace's callback, and to Flex's webhook. */
export function destinationsOf(world: World, event: TwilioEvent): readonly Destination[] {
  switch (event.kind) {
    case 'task-router':
      return [...subscribedSinks(world, streamsType(event.eventType)), ...workspaceCallback(world, event)];
    case 'sink-test': {
      const sink = world.sinks.get(event.sinkSid);
      return sink === undefined ? [] : [{ url: sink.configuration.destination, transport: { kind: 'event-streams' } }];
    }
    case 'recording':
      return event.source === 'Conference' ? flexWebhook(world) : [];
    case 'conference':
      return [];
  }
}

function subscribedSinks(world: World, type: string): readonly Destination[] {
  return [...world.sinks.values()].flatMap((sink) => {
    const schemaVersion = subscriptionOf(world, sink.sid)?.types.get(type);
    if (sink.status !== 'active' || schemaVersion === undefined) return [];
    return [{ url: sink.configuration.destination, transport: { kind: 'event-streams', schemaVersion } }];
  });
}

/**
 * Flex's own recordings are those of the conference itself (`Source` Conference); what Twilio sends to
 * `call_recording_webhook_url` is documented nowhere (read 2026-11): the recording callback here.
 */
function flexWebhook(world: World): readonly Destination[] {
  const url = world.flexConfiguration.settings['call_recording_webhook_url'];
  if (typeof url !== 'string' || url === '') return [];
  const { url: address, retryCount, retryOn } = callbackOf(url);
  return [{ url: address, transport: { kind: 'recording-events', retryCount, retryOn } }];
}
