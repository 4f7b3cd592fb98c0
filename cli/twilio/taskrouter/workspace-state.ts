import * as z from 'zod/mini';
import { unreadable } from '../../../lambdas/shared/adapters/twilio/twilio-failures.ts';
import type { ChangeKind } from '../section.ts';
import type { Resource, TwilioRest } from '../twilio-rest.ts';

/** What a workspace consists of, in the order in which it is made. */
export const contentKinds = [
  'activity',
  'task-channel',
  'task-queue',
  'workflow',
  'worker',
] as const satisfies readonly ChangeKind[];
export type ContentKind = (typeof contentKinds)[number];

/** Where Twilio has them: the last part of the path, the property of a page, and what names one. */
const placeOf: Readonly<Record<ContentKind, { readonly path: string; readonly key: string; readonly name: string }>> = {
  activity: { path: 'Activities', key: 'activities', name: 'friendly_name' },
  'task-channel': { path: 'TaskChannels', key: 'channels', name: 'unique_name' },
  'task-queue': { path: 'TaskQueues', key: 'task_queues', name: 'friendly_name' },
  workflow: { path: 'Workflows', key: 'workflows', name: 'friendly_name' },
  worker: { path: 'Workers', key: 'workers', name: 'friendly_name' },
};

export const workspacesUrl = 'https://taskrouter.twilio.com/v1/Workspaces';
export const contentUrl = (workspaceSid: string, kind: ContentKind): string =>
  `${workspacesUrl}/${workspaceSid}/${placeOf[kind].path}`;

/** Something at Twilio that has a name. */
export interface Found {
  readonly sid: string;
  readonly name: string;
  readonly resource: Resource;
}

/** All of a workspace that was asked for, each kind by name; of several with one name the oldest. */
export interface WorkspaceState {
  readonly workspace: Found;
  readonly content: ReadonlyMap<ContentKind, ReadonlyMap<string, Found>>;
  /** A line for each name that several have. */
  readonly duplicates: readonly string[];
}

const text = z.string();

/**
 * What Twilio's resource is called.
 *
 * @throws {RetryableError} `twilio-unreadable` for one without SID or name.
 */
export function foundOf(kind: ContentKind | 'workspace', resource: Resource): Found {
  const { data: sid } = z.safeParse(text, resource['sid']);
  const { data: name } = z.safeParse(text, resource[kind === 'workspace' ? 'friendly_name' : placeOf[kind].name]);
  if (sid !== undefined && name !== undefined) return { sid, name, resource };
  throw unreadable({ method: 'GET', url: new URL(workspacesUrl) }, `something of kind ${kind} has no SID or no name`);
}

/** Reads `kinds` of a workspace; those that are left out are empty. */
export async function readState(
  rest: TwilioRest,
  workspace: Found,
  kinds: readonly ContentKind[],
): Promise<WorkspaceState> {
  const content = new Map<ContentKind, ReadonlyMap<string, Found>>();
  const duplicates: string[] = [];
  for (const kind of contentKinds) {
    const listed = kinds.includes(kind) ? await rest.list(contentUrl(workspace.sid, kind), placeOf[kind].key) : [];
    const byName = oldestByName(listed.map((resource) => foundOf(kind, resource)));
    content.set(kind, byName.oldest);
    duplicates.push(...byName.several.map((several) => duplicateText(kind, several)));
  }
  return { workspace, content, duplicates };
}

/** One for each name, and those groups that have one name together, the oldest first. */
export function oldestByName(listed: readonly Found[]): {
  readonly oldest: ReadonlyMap<string, Found>;
  readonly several: readonly (readonly Found[])[];
} {
  const age = ({ sid, resource }: Found): string => `${z.safeParse(text, resource['date_created']).data} ${sid}`;
  const sorted = [...listed].sort((one, other) => (age(one) < age(other) ? -1 : 1));
  const groups = [...Map.groupBy(sorted, ({ name }) => name).values()];
  return {
    oldest: new Map(groups.flatMap(([oldest]) => (oldest === undefined ? [] : [[oldest.name, oldest] as const]))),
    several: groups.filter(({ length }) => length > 1),
  };
}

export function duplicateText(kind: ContentKind | 'workspace', several: readonly Found[]): string {
  const [used, ...others] = several;
  return `${several.length} of kind ${kind} are called "${used?.name}": ${used?.sid}, the oldest, is meant; ${others.map(({ sid }) => sid).join(', ')} ${others.length === 1 ? 'is' : 'are'} left alone`;
}
