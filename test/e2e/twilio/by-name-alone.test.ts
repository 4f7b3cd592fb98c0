import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { call, everythingByName, the } from './everything.ts';
import { actionsOf, runTwilio } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

const rules = (queue: string) => ({ task_routing: { 'x-id': 1, default_filter: { queue } } });
const start = {
  workspace: { name: 'Support' },
  taskQueues: [{ name: 'Gold', targetWorkers: '1==1' }],
  workflows: [{ name: 'Calls', configuration: rules('Gold') }],
};

/** A list that the file leaves out is what the workspace has, and is named all the same. */
describe('a configuration that names what it does not list', () => {
  let account: WiredAccount;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'by-name-'));
    account = await startWiredAccount();
    expect((await twilio('apply', start, '--yes')).code).toBe(0);
  });
  afterEach(async () => {
    await account.stop();
    await rm(folder, { recursive: true });
  });

  const twilio = async (command: 'plan' | 'apply', file: object | string, ...more: readonly string[]) => {
    const config = path.join(folder, 'taskrouter.json');
    await writeFile(config, typeof file === 'string' ? file : JSON.stringify(file));
    return runTwilio(account, [command, '--json', '--config', config, ...more]);
  };
  const urlOf = async (name: string, kind: string) => {
    const all = await everythingByName(account);
    return `/v1/Workspaces/${String(the(all, 'workspace/Support')['sid'])}/${kind}/${String(the(all, name)['sid'])}`;
  };

  it('makes what is possible of a thing, and only that, where an activity is nowhere', async () => {
    const file = {
      workspace: { name: 'Support', prioritizeQueueOrder: 'LIFO', defaultActivity: 'Nowhere' },
      taskQueues: [{ name: 'Gold', targetWorkers: '2==2', reservationActivity: 'none' }],
    };
    const why = (name: string) => `there is no activity called "${name}", and the configuration makes none`;

    const planned = await twilio('plan', file);
    const applied = await twilio('apply', file, '--yes');

    expect(planned.json.changes.map(({ name, blocked }) => [name, blocked])).toEqual([
      ['Gold', undefined],
      ['Gold', why('none')],
      ['Support', undefined],
      ['Support', why('Nowhere')],
    ]);
    expect([applied.code, actionsOf(applied.json.changes), applied.json.failed]).toEqual([
      1,
      ['update task-queue/Gold', 'update workspace/Support'],
      [],
    ]);
    expect((await twilio('plan', file)).json.changes.map(({ blocked }) => blocked)).toEqual([
      why('none'),
      why('Nowhere'),
    ]);
  });

  it('says of a workflow without rules that Twilio makes none', async () => {
    const { json } = await twilio('plan', { ...start, workflows: [...start.workflows, { name: 'Bare' }] });
    expect(json.changes).toEqual([
      expect.objectContaining({ name: 'Bare', blocked: expect.stringContaining('say its "configuration"') }),
    ]);
  });

  it('has nothing to do after a number in the rules that JavaScript cannot count to', async () => {
    const file = JSON.stringify(start).replace('"x-id":1', '"x-id":12345678901234567890');
    expect((await twilio('apply', file, '--yes')).json.changes).toHaveLength(1);
    expect(await twilio('plan', file)).toMatchObject({ code: 0, json: { changes: [] } });
  });

  it('deletes nothing that it needs itself, by whichever name', async () => {
    const sid = String(the(await everythingByName(account), 'task-queue/Gold')['sid']);
    const { taskQueues: _queues, ...file } = start;
    const bySid = { ...file, taskQueues: [], workflows: [{ name: 'Calls', configuration: rules(sid) }] };
    const away = { ...file, workspace: { name: 'Support', timeoutActivity: 'Unavailable' } };

    const ran = [
      await twilio('plan', file, '--prune', 'task-queue/Gold'),
      await twilio('plan', bySid, '--prune', 'task-queue/Gold'),
      await twilio('plan', away, '--prune', 'activity/Unavailable'),
    ];

    expect(ran.map(({ code, err }) => [code, err.trim().split('\n').at(-1)])).toEqual([
      [1, '--prune task-queue/Gold: workflow "Calls" of the configuration needs it; correct that first'],
      [1, '--prune task-queue/Gold: workflow "Calls" of the configuration needs it; correct that first'],
      [1, '--prune activity/Unavailable: workspace "Support" of the configuration needs it; correct that first'],
    ]);
  });

  it('leads a workflow to the queue of that name again, after somebody renamed the old one', async () => {
    await call(account, 'POST', await urlOf('task-queue/Gold', 'TaskQueues'), { FriendlyName: 'Golden' });

    const { json } = await twilio('apply', start, '--yes');

    expect(json.changes.map(({ kind, name, differences }) => [kind, name, differences.at(-1)])).toEqual([
      ['task-queue', 'Gold', { field: 'targetWorkers', to: '1==1' }],
      ['workflow', 'Calls', { field: 'default_filter.queue', from: '"Golden"', to: '"Gold"' }],
    ]);
    const { code, json: after } = await twilio('plan', start);
    expect([code, after.unmanaged.map(({ name }) => name)]).toEqual([0, ['Golden']]);
  });
});
