import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workerSid } from '../../../lambdas/shared/domain/sids.ts';
import { call, everythingByName, nothingTwice, the } from './everything.ts';
import { actionsOf, plan, runTwilio } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

const rules = (priority: number, expression = 'a == 1') => ({
  task_routing: {
    filters: [
      { filter_friendly_name: 'Gold Tickets', expression, targets: [{ task_queue: 'Gold', priority }] },
      { filter_friendly_name: 'Rest', expression: 'b == 1', targets: [{ task_queue: 'Gold' }] },
    ],
    default_filter: { task_queue: 'Gold' },
  },
});

const small = {
  workspace: { name: 'Support' },
  activities: [{ name: 'Offline', available: false }, { name: 'Available' }, { name: 'Unavailable' }],
  taskQueues: [{ name: 'Gold', targetWorkers: '1==1', maxReservedWorkers: 1 }],
  workflows: [{ name: 'Calls', assignmentCallbackUrl: null, configuration: rules(2) }],
  workers: [{ name: 'Jamie', activity: 'Available', attributes: { routing: { skills: ['gold'] } } }],
};

describe('twilio plan and apply', () => {
  let account: WiredAccount;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'configured-'));
    account = await startWiredAccount();
  });
  afterEach(async () => {
    await account.stop();
    await rm(folder, { recursive: true });
  });

  const withConfig = async (file: object): Promise<readonly string[]> => {
    const config = path.join(folder, 'taskrouter.json');
    await writeFile(config, JSON.stringify(file));
    return ['--config', config];
  };
  const planned = async (file: object, ...more: readonly string[]) =>
    runTwilio(account, ['plan', '--json', ...(await withConfig(file)), ...more]);
  const applied = async (file: object, ...more: readonly string[]) =>
    runTwilio(account, ['apply', '--json', '--yes', ...(await withConfig(file)), ...more]);
  const at = async (name: string, kind = 'Workspaces') => {
    const all = await everythingByName(account);
    const workspace = String(the(all, 'workspace/Support')['sid']);
    return `/v1/Workspaces/${workspace}${kind === 'Workspaces' ? '' : `/${kind}/${String(the(all, name)['sid'])}`}`;
  };

  it('show what changes, field by field, and end with how much that is', async () => {
    await applied(small);
    const file = {
      ...small,
      activities: [...small.activities.slice(0, 2), { name: 'Unavailable', available: true }, { name: 'Lunch' }],
      taskQueues: [{ name: 'Gold', targetWorkers: 'languages HAS "EN"', maxReservedWorkers: 2 }],
      workflows: [{ name: 'Calls', assignmentCallbackUrl: 'https://us:hush@x.example.com/', configuration: rules(3) }],
    };

    const { code, out } = await runTwilio(account, ['plan', ...(await withConfig(file))]);

    expect(code).toBe(2);
    expect(out.split('\n')).toEqual([
      `${'AC0123456789abcdef0123456789abcdef'}, with the credentials of the environment`,
      '',
      'blocked activity    Unavailable',
      '    available  false → true',
      '    Twilio never changes whether an activity is available: add one of another name, move the workers to it, and delete this one with --prune',
      '',
      'create  activity    Lunch',
      '',
      'update  task-queue  Gold',
      '    targetWorkers       1==1 → languages HAS "EN"',
      '    maxReservedWorkers  1 → 2',
      '',
      'update  workflow    Calls',
      '    assignmentCallbackUrl  none → https://us:***@x.example.com/',
      '    filters["Gold Tickets"].targets[0].priority  2 → 3',
      '',
      'Not looked at:',
      '  events: the configuration has no "events"',
      '  messaging: the configuration has no "messaging"',
      '',
      'Mind:',
      '  workflows["Calls"].assignmentCallbackUrl: TaskRouter asks this URL at every assignment, and where nothing answers there no agent gets a task; Flex needs none (null)',
      '',
      '1 to create, 2 to update, 1 change that cannot be made',
      '',
    ]);
  });

  it('are coloured on a terminal alone', async () => {
    const typed = ['plan', ...(await withConfig(small))];
    expect((await runTwilio(account, typed, { isTty: true })).out).toContain('\u001b[32mcreate  \u001b[39mworkspace');
    expect((await runTwilio(account, typed)).out).not.toContain('\u001b');
  });

  it('ask before anything is made, and make nothing where the answer is no', async () => {
    const typed = ['apply', ...(await withConfig(small))];

    const no = await runTwilio(account, typed, { stdin: 'n\n' });
    expect([no.code, no.err]).toEqual([1, expect.stringContaining('Make these 7 changes at Twilio?')]);
    expect((await everythingByName(account)).size).toBe(0);

    const yes = await runTwilio(account, typed, { stdin: 'y\n' });
    expect([yes.code, yes.out]).toEqual([0, expect.stringContaining('\n7 changes of 7 made.\n')]);
  });

  it('want --yes where nobody could see what is asked', async () => {
    const { code, err } = await runTwilio(account, ['apply', '--json', ...(await withConfig(small))]);
    expect([code, err]).toEqual([1, expect.stringContaining('it wants --yes')]);
  });

  it('exit 1 for whatever is wrong with what was typed or written', async () => {
    const wrong = [
      ['plan', '--only', 'taskruter'],
      ['plan', '--only', 'events', ...(await withConfig(small))],
      ['plan', '--config', path.join(folder, 'none.json')],
      ['plan', '--prune', 'activty/Lunch', ...(await withConfig(small))],
      ['plan', '--prune', 'sink/x', '--only', 'taskrouter', ...(await withConfig(small))],
      ['plan', '--prune', 'workspace/Support', ...(await withConfig(small))],
      ['plan', '--workspace', `WS${'9'.repeat(32)}`, ...(await withConfig(small))],
    ];
    const ran = await Promise.all(wrong.map((typed) => runTwilio(account, typed)));

    expect(ran.map(({ code }) => code)).toEqual(wrong.map(() => 1));
    expect(ran.map(({ err }) => err.trim().split('\n').at(-1))).toEqual([
      '--only taskruter: wanted is taskrouter, events, messaging',
      '--only events: the configuration has no "events"',
      expect.stringContaining('none.json'),
      '--prune activty/Lunch: "activty" is no kind; did you mean activity?',
      '--prune sink/x is of events, which --only leaves out',
      expect.stringContaining("delete it in Twilio's Console"),
      `--workspace WS${'9'.repeat(32)}: the account has no such workspace`,
    ]);
  });

  it('adopt what has the name already, and never rename it', async () => {
    const { json } = await call(account, 'POST', '/v1/Workspaces', { FriendlyName: 'Flex Task Assignment' });
    const named = ['--workspace', String(json['sid'])];

    expect((await planned(small)).json.warnings).toEqual([
      expect.stringContaining('no workspace "Support", but has "Flex Task Assignment"'),
    ]);
    expect((await applied(small, ...named)).code).toBe(0);
    const { code } = await planned(small, ...named);
    const all = await everythingByName(account);

    expect(code).toBe(0);
    expect([...all.keys()].filter((name) => name.startsWith('workspace/'))).toEqual(['workspace/Flex Task Assignment']);
    nothingTwice(all);
  });

  it('delete nothing but what is named, users first', async () => {
    await applied(small);
    const fewer = { ...small, activities: [{ name: 'Offline' }], taskQueues: [], workflows: [], workers: [] };

    const shown = await planned(fewer);
    const prune = 'activity/Available,task-queue/Gold,workflow/Calls,worker/Jamie';
    const made = await applied(fewer, '--prune', prune);
    const after = await planned(fewer, '--prune', prune);

    expect([shown.code, shown.json.changes, shown.json.unmanaged.length]).toEqual([0, [], 5]);
    expect([made.code, actionsOf(made.json.changes)]).toEqual([
      0,
      ['delete worker/Jamie', 'delete workflow/Calls', 'delete task-queue/Gold', 'delete activity/Available'],
    ]);
    expect(after.code).toBe(1);
    for (const name of prune.split(',')) expect(after.err).toContain(`--prune ${name}: there is none (any more)`);
    expect((await planned(fewer)).json.unmanaged).toEqual([expect.objectContaining({ name: 'Unavailable' })]);
  });

  it('go on past a change that Twilio refuses, and name it', async () => {
    await applied(small);
    const file = { ...small, activities: [...small.activities.slice(0, 2), { name: 'Lunch' }] };

    // Nothing is in the way of Lunch; Offline is the workspace's default, and Twilio keeps it.
    const withoutOffline = { ...file, activities: file.activities.slice(1) };
    const { code, json } = await applied(withoutOffline, '--prune', 'activity/Offline');

    expect([code, json.applied, actionsOf(json.changes)]).toEqual([1, false, ['create activity/Lunch']]);
    expect(json.failed).toEqual([
      expect.objectContaining({ name: 'Offline', why: expect.stringContaining('with 400') }),
    ]);
  });

  it('leave what else a worker has, also where somebody writes it meanwhile', async () => {
    await applied(small);
    const url = await at('worker/Jamie', 'Workers');
    await call(account, 'POST', url, { Attributes: '{"routing":{"skills":[],"level":3},"team":"x"}' });
    const sid = workerSid(url.slice(-34));
    const meanwhile = { routing: { skills: [], level: 4 }, team: 'y' };
    account.twilio.faults.next(
      1,
      { method: 'POST', path: /Workers/ },
      { kind: 'meanwhile', run: () => account.twilio.taskRouter.setWorkerAttributes(sid, meanwhile) },
    );

    const { code } = await applied(small);

    const worker = the(await everythingByName(account), 'worker/Jamie');
    expect(code).toBe(0);
    expect(JSON.parse(String(worker['attributes']))).toEqual({ routing: { skills: ['gold'], level: 4 }, team: 'y' });
  });

  it('say that a workspace’s template made an activity otherwise than the configuration wants it', async () => {
    const file = { ...small, activities: [{ name: 'Offline' }, { name: 'Available', available: false }] };

    const first = await applied(file);
    const second = await applied(file);

    expect([first.code, first.json.failed?.map(({ name }) => name)]).toEqual([1, ['Available']]);
    expect([second.code, second.json.blocked?.map(({ name }) => name)]).toEqual([1, ['Available']]);
  });

  it('compare nothing that the configuration leaves out', async () => {
    await applied(small);
    const { code, json } = await planned({ workspace: { name: 'Support' }, taskQueues: [{ name: 'Gold' }] });
    expect([code, json.changes, json.unmanaged]).toEqual([0, [], []]);
  });

  it('name a queue that is nowhere as what is missing', async () => {
    await applied(small);
    const { taskQueues: _queues, ...file } = small;
    const workflows = [
      { name: 'Calls', configuration: { task_routing: { default_filter: { task_queue: 'Silver' } } } },
    ];

    const { code, json } = await planned({ ...file, workflows });

    expect(code).toBe(2);
    expect(json.changes).toEqual([
      expect.objectContaining({
        blocked: 'there is no task-queue called "Silver", and the configuration makes none',
      }),
    ]);
  });

  it('have nothing to do with another program’s pipeline unless it is named', async () => {
    await applied(small);
    expect((await planned(small)).json.warnings).toEqual([]);
    expect((await plan(account, ...(await withConfig(small)))).json.warnings).toEqual([
      expect.stringContaining('the pipeline follows workspace WS0123456789abcdef0123456789abcdef'),
    ]);
  });
});
