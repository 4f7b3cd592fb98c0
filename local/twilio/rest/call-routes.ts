import { callSid } from '../../../lambdas/shared/domain/sids.ts';
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
        const { from = '', to = '', direction } = call;
        const json = {
          ...{ account_sid: world.accountSid, api_version: '2010-04-01', sid },
          ...{ direction, from, to, parent_call_sid: null },
          uri: request.path,
        };
        return { kind: 'json', status: 200, json };
      },
    },
  ];
}
