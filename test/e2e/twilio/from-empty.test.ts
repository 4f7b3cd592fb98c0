import { actionsOf, apply, plan } from './run-twilio.ts';
import { everythingByName, nothingTwice } from './everything.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

describe('an empty account', () => {
  let account: WiredAccount;
  beforeEach(async () => void (account = await startWiredAccount()));
  afterEach(() => account.stop());

  it('is made as the configuration says, and then there is nothing to do', async () => {
    const applied = await apply(account);
    expect([applied.code, applied.json.applied, applied.json.failed]).toEqual([0, true, []]);

    const { code, json } = await plan(account);
    expect([code, json.changes]).toEqual([0, []]);
    nothingTwice(await everythingByName(account));
  });

  it('is made in an order in which each thing finds what it names', async () => {
    const { json } = await plan(account);

    const kinds = json.changes.map(({ kind }) => kind);
    expect(kinds.filter((kind, place) => kind !== kinds[place - 1])).toEqual([
      ...['workspace', 'activity', 'task-channel', 'task-queue', 'workflow', 'worker', 'workspace'],
      ...['sink', 'subscription', 'address'],
    ]);
    expect(json.changes.filter(({ kind }) => kind === 'workspace')).toEqual([
      expect.objectContaining({ action: 'create', name: 'Customer Support' }),
      expect.objectContaining({
        action: 'update',
        differences: [
          { field: 'defaultActivity', to: 'Offline' },
          { field: 'timeoutActivity', to: 'Offline' },
        ],
      }),
    ]);
  });

  it('has nothing written to it by a second apply', async () => {
    await apply(account);
    const before = writes(account);

    const { code, json } = await apply(account);

    expect([code, json.applied, json.changes]).toEqual([0, true, []]);
    expect(writes(account)).toBe(before);
  });

  it('is made of TaskRouter alone where only that is asked for', async () => {
    await apply(account, '--only', 'taskrouter');

    const { code, json } = await plan(account);

    expect(code).toBe(2);
    expect(actionsOf(json.changes)).toEqual([
      `create sink/${account.publicUrl}/twilio/event-streams`,
      `create subscription/${account.publicUrl}/twilio/event-streams`,
      'create address/+12025550143',
    ]);
  });

  it('is told of where its events are followed by the pipeline of another workspace', async () => {
    const { json } = await plan(account);
    expect(json.warnings).toEqual([
      expect.stringContaining("until the stage's workspaceSid in lib/stages.ts names it"),
    ]);
  });
});

const writes = ({ twilio }: WiredAccount): number => twilio.requests().filter(({ method }) => method !== 'GET').length;
