import { findWorkspace } from '../../../../cli/twilio/taskrouter/find-workspace.ts';
import { readState } from '../../../../cli/twilio/taskrouter/workspace-state.ts';
import type { Resource, TwilioRest } from '../../../../cli/twilio/twilio-rest.ts';

const nobodyAsks = async (): Promise<never> => {
  throw new Error('nobody was to ask that');
};

/** Gives what a test says that the account has, by the last part of the URL. */
function restWith(lists: Readonly<Record<string, readonly Resource[]>>): TwilioRest {
  return {
    list: async (url) => lists[url.split('/').at(-1) ?? ''] ?? [],
    ...{ fetch: nobodyAsks, create: nobodyAsks, update: nobodyAsks, remove: nobodyAsks },
  };
}

const one = (sid: string, name: string, day: number): Resource => ({
  ...{ sid, friendly_name: name, date_created: `2026-11-${day}T08:00:00Z` },
});

describe('several of one name, where one is meant', () => {
  it('are told, and of a workspace’s things the oldest is used', async () => {
    const rest = restWith({ TaskQueues: [one('WQ3', 'Gold', 12), one('WQ1', 'Gold', 11), one('WQ2', 'Gold', 13)] });
    const workspace = { sid: 'WS1', name: 'Support', resource: {} };

    const { content, duplicates } = await readState(rest, workspace, ['task-queue']);

    expect(content.get('task-queue')?.get('Gold')?.sid).toBe('WQ1');
    expect(duplicates).toEqual([
      '3 of kind task-queue are called "Gold": WQ1, the oldest, is meant; WQ3, WQ2 are left alone',
    ]);
  });

  it('are told of workspaces too, where they have the name that is meant', async () => {
    const Workspaces = [
      one('WS2', 'Support', 12),
      one('WS1', 'Support', 11),
      one('WS3', 'Sales', 11),
      one('WS4', 'Sales', 11),
    ];

    const found = await findWorkspace(restWith({ Workspaces }), { typed: undefined, configured: 'Support' });

    expect(found.workspace?.sid).toBe('WS1');
    expect(found.warnings).toEqual([
      '2 of kind workspace are called "Support": WS1, the oldest, is meant; WS2 is left alone',
    ]);
  });

  it('are nothing to guess at where Twilio’s answer has no name', async () => {
    const rest = restWith({ TaskQueues: [{ sid: 'WQ1' }] });
    const workspace = { sid: 'WS1', name: 'Support', resource: {} };
    await expect(readState(rest, workspace, ['task-queue'])).rejects.toMatchObject({ reason: 'twilio-unreadable' });
  });
});
