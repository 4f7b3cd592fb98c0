import * as z from 'zod/mini';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import { resourceAs } from '../resource-as.ts';
import type { SectionNeeds } from '../section-needs.ts';
import type { Difference } from '../section.ts';
import type { Resource } from '../twilio-rest.ts';
import { changedMeanwhile, planOneUrl } from './one-url.ts';
import type { OneUrlPlan } from './one-url.ts';
import type { PipelineUrls } from './pipeline-urls.ts';
import { classicName } from './subscribed-types.ts';

type Needs = Pick<SectionNeeds<unknown>, 'account' | 'typed' | 'prune' | 'workspace'>;

const workspacesUrl = 'https://taskrouter.twilio.com/v1/Workspaces';

const workspaceSchema = z.object({
  sid: z.string(),
  event_callback_url: z.nullish(z.string()),
  events_filter: z.nullish(z.string()),
});

/** A workspace's event callback as Twilio has it. */
export interface WorkspaceCallback {
  readonly workspaceSid: string;
  /** Undefined where there is none. */
  readonly url: string | undefined;
  /** The types that it is called for; all of them where this is empty. */
  readonly filter: readonly string[];
}

/** @throws {RetryableError} for what is no workspace. */
export function callbackOf(workspace: Resource): WorkspaceCallback {
  const read = resourceAs(workspaceSchema, workspace, workspacesUrl);
  const filter = (read.events_filter ?? '').split(',').map((one) => one.trim());
  return {
    workspaceSid: read.sid,
    url: read.event_callback_url || undefined,
    filter: filter.filter((one) => one !== ''),
  };
}

/** The workspace's event callback as it shall be; with `types` undefined, none of ours is wanted. */
export async function planWorkspaceCallback(
  has: Needs,
  urls: PipelineUrls,
  types: readonly string[] | undefined,
): Promise<OneUrlPlan> {
  const workspace = await has.workspace();
  const there = workspace && callbackOf(workspace);
  const names = types?.map(classicName);
  return planOneUrl(
    { ...has, urls },
    {
      kind: 'event-callback',
      name: 'EventCallbackUrl',
      sid: there?.workspaceSid ?? '',
      current: there?.url,
      wanted: names && urls.taskEvents,
      besides: names === undefined ? [] : filterDifference(there?.filter ?? [], names, there?.url !== undefined),
      write: (url) => write(has, there?.url, url, names),
    },
  );
}

/** Their order says nothing. */
function filterDifference(
  there: readonly string[],
  wanted: readonly string[],
  isCalled: boolean,
): readonly Difference[] {
  const [from, to] = [there.toSorted().join(', '), wanted.toSorted().join(', ')];
  if (from === to) return [];
  return [{ field: 'EventsFilter', ...(isCalled && { from: from === '' ? 'every event' : from }), to }];
}

/**
 * The workspace may have been made a moment ago, by a change before this one. An empty text takes the URL away, as with
 * other callbacks of Twilio; that it does so here is documented nowhere (read 2026-11), and the next plan tells.
 */
async function write(
  has: Needs,
  planned: string | undefined,
  url: string | undefined,
  names: readonly string[] | undefined,
): Promise<void> {
  const workspace = await has.workspace();
  if (workspace === undefined)
    throw new CannotBeMadeError('there is no workspace to set EventCallbackUrl of: make it first');
  const { workspaceSid, url: current } = callbackOf(workspace);
  if (current !== planned) throw changedMeanwhile('EventCallbackUrl');
  await has.account.rest.update(`${workspacesUrl}/${workspaceSid}`, {
    form: { EventCallbackUrl: url ?? '', EventsFilter: url === undefined ? '' : (names ?? []).join(',') },
  });
}
