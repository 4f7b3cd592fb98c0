import { callbackOf } from '../delivery/connection-overrides.ts';
import type { Destination } from '../delivery/destination.ts';
import type { TaskRouterEvent } from '../events/twilio-event.ts';
import type { World } from './world.ts';

/** The EventCallbackUrl of the event's workspace, where there is one and its EventsFilter lets the event through. */
export function workspaceCallback(world: World, event: TaskRouterEvent): readonly Destination[] {
  const workspace = world.workspaces.get(event.workspaceSid);
  if (workspace === undefined || workspace.eventCallbackUrl === '') return [];
  const wanted = workspace.eventsFilter.split(',').map((type) => type.trim());
  if (workspace.eventsFilter !== '' && !wanted.includes(event.eventType)) return [];
  const { url, retryCount, retryOn } = callbackOf(workspace.eventCallbackUrl);
  return [{ url, transport: { kind: 'task-events', retryCount, retryOn } }];
}
