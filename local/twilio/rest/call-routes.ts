import { callSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import type { NewCall } from '../simulator.ts';
import type { World } from '../state/world.ts';
import { notFound } from './answers.ts';
import type { Route } from './route.ts';

/** A call as a resource: who called whom. */
export function callRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: new RegExp(`^/2010-04-01/Accounts/${world.accountSid}/Calls/(CA[0-9a-f]{32})\\.json$`),
      handle(request, [sid = '']) {
        const call = world.calls.get(callSid(sid));
        if (call === undefined) return notFound(request.path);
        return { kind: 'json', status: 200, json: callResource(world, sid, call) };
      },
    },
  ];
}

/** Nobody pays for simulated calls, and no call's times are kept. */
function callResource(world: World, sid: string, { from = '', to = '', direction }: NewCall): JsonObject {
  const uri = `/2010-04-01/Accounts/${world.accountSid}/Calls/${sid}`;
  const below = (name: string): string => `${uri}/${name}.json`;
  return {
    ...{ account_sid: world.accountSid, api_version: '2010-04-01', sid, status: 'in-progress' },
    ...{ direction, from, to, from_formatted: from, to_formatted: to, caller_name: null, forwarded_from: null },
    ...{ parent_call_sid: null, phone_number_sid: null, group_sid: null, trunk_sid: null, answered_by: null },
    ...{ date_created: null, date_updated: null, start_time: null, end_time: null, duration: null, queue_time: '0' },
    ...{ price: null, price_unit: 'USD' },
    uri: `${uri}.json`,
    subresource_uris: {
      notifications: below('Notifications'),
      recordings: below('Recordings'),
      payments: below('Payments'),
      events: below('Events'),
      siprec: below('Siprec'),
      streams: below('Streams'),
      transcriptions: below('Transcriptions'),
      user_defined_message_subscriptions: below('UserDefinedMessageSubscriptions'),
      user_defined_messages: below('UserDefinedMessages'),
    },
  };
}
