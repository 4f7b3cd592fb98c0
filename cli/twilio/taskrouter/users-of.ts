import type { TwilioConfig } from '../config/config-schema.ts';
import { placesOf, queueOf } from '../config/workflow-places.ts';
import type { ContentKind } from './workspace-state.ts';

/** What the configuration has that needs the thing of that kind, which is called by any of `names`, its SID among them. */
export function usersOf(
  { workspace, taskQueues = [], workflows = [] }: TwilioConfig,
  kind: ContentKind,
  names: readonly (string | undefined)[],
): readonly string[] {
  const isNamed = (name: string | undefined): boolean => name !== undefined && names.includes(name);
  if (kind === 'task-queue')
    return workflows
      .filter(({ configuration }) => placesOf(configuration).some((place) => isNamed(queueOf(place))))
      .map(({ name }) => `workflow "${name}"`);
  if (kind !== 'activity') return [];
  const { defaultActivity, timeoutActivity } = workspace;
  return [
    ...([defaultActivity, timeoutActivity].some(isNamed) ? [`workspace "${workspace.name}"`] : []),
    ...taskQueues
      .filter((queue) => [queue.reservationActivity, queue.assignmentActivity].some(isNamed))
      .map(({ name }) => `task-queue "${name}"`),
  ];
}
