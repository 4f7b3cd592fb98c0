import { workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Workspace } from '../state/routing-records.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

/** An operation below `/v1/Workspaces/{WS}`; 404 where there is no such workspace. */
export function workspaceRoute(
  world: World,
  method: Route['method'],
  below: string,
  work: (workspace: Workspace, request: RestRequest, groups: readonly string[]) => Answer,
): Route {
  return {
    method,
    path: new RegExp(`^/v1/Workspaces/(WS[0-9a-f]{32})${below}$`),
    handle(request, [sid = '', ...groups]) {
      const workspace = world.workspaces.get(workspaceSid(sid));
      return workspace === undefined ? notFound(request.path) : work(workspace, request, groups);
    },
  };
}

export const workspaceUrl = (sid: string): string => `https://taskrouter.twilio.com/v1/Workspaces/${sid}`;

/** In Twilio's words for a queue (github.com/nash-md/twilio-contact-center/issues/23, read 2026-11); 400 and 20001. */
export const nameIsTaken = (world: World, kind: string, name: string, workspace?: string): Answer =>
  badRequest(
    `${kind} named ${name} already exists for ${workspace === undefined ? '' : `workspace ${workspace} for `}account ${world.accountSid}`,
  );
