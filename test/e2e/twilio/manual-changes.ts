import type { Random } from '../../../local/twilio/seeded-random.ts';
import { call, everythingByName, the } from './everything.ts';
import type { WiredAccount } from './wired-account.ts';

/** What somebody did in Twilio's Console, and what a plan has to say of it. */
export interface ManualChange {
  /** No two changes have the same: one is not to undo or hide the other. */
  readonly target: string;
  /** `update task-queue/Gold`: everything that a plan names for it. */
  readonly planned: readonly string[];
  make(random: Random): Promise<void>;
}

type Form = Readonly<Record<string, string>>;
const texts = ['one', 'two', 'three', 'four', 'five'];
const pick = <T>(random: Random, from: readonly T[]): T => {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
};

/** Changes by hand to an account that is as the example configuration says, each of which it has to notice. */
export async function manualChanges(account: WiredAccount): Promise<readonly ManualChange[]> {
  const all = await everythingByName(account);
  const base = `/v1/Workspaces/${String(the(all, 'workspace/Customer Support')['sid'])}`;
  const sidOf = (name: string): string => String(the(all, name)['sid']);
  const send = async (method: string, path: string, form?: Form): Promise<void> => {
    const { status, json } = await call(account, method, path, form);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(json)}`);
  };
  const pathOf: Readonly<Record<string, string>> = {
    activity: 'Activities',
    'task-channel': 'TaskChannels',
    'task-queue': 'TaskQueues',
    workflow: 'Workflows',
    worker: 'Workers',
  };
  const urlOf = (name: string): string => `${base}/${pathOf[name.split('/')[0] ?? '']}/${sidOf(name)}`;
  const edit = (name: string, ...forms: readonly ((random: Random) => Form)[]): ManualChange => ({
    target: name,
    planned: [`update ${name}`],
    make: (random) => send('POST', urlOf(name), pick(random, forms)(random)),
  });
  const removal = (name: string): ManualChange => ({
    target: name,
    planned: [`create ${name}`],
    make: () => send('DELETE', urlOf(name)),
  });

  const queue = (name: string) =>
    edit(
      `task-queue/${name}`,
      (random) => ({ TargetWorkers: `languages HAS "${pick(random, texts)}"` }),
      (random) => ({ MaxReservedWorkers: String(2 + Math.floor(random() * 49)) }),
      () => ({ TaskOrder: 'LIFO' }),
      (random) => ({ MaxReservedWorkers: '7', TargetWorkers: `team == "${pick(random, texts)}"` }),
    );
  const channel = (name: string) =>
    edit(
      `task-channel/${name}`,
      (random) => ({ FriendlyName: `Channel ${pick(random, texts)}` }),
      () => ({ ChannelOptimizedRouting: 'true' }),
    );
  const workflow = (name: string) =>
    edit(
      `workflow/${name}`,
      (random) => ({ TaskReservationTimeout: String(10 + Math.floor(random() * 100)) }),
      () => ({ AssignmentCallbackUrl: 'https://assign.example.com/' }),
      () => ({ FallbackAssignmentCallbackUrl: 'https://assign.example.com/again' }),
      (random) => ({
        Configuration: edited(the(all, `workflow/${name}`)['configuration'], random, sidOf('task-queue/Gold')),
      }),
    );
  const renamed = (name: string): ManualChange => ({
    target: name,
    planned: [`create ${name}`],
    make: (random) => send('POST', urlOf(name), { FriendlyName: `Another ${pick(random, texts)} ${name.slice(-4)}` }),
  });
  const sink = `${account.publicUrl}/twilio/event-streams`;
  const [subscription] = [...all].filter(([name]) => name.startsWith('subscription/')).map(([, [one]]) => one);
  const subscriptionUrl = `/v1/Subscriptions/${String(subscription?.['sid'])}`;
  return [
    ...['Everyone', 'Gold', 'Sales'].map(queue),
    ...['default', 'voice', 'chat', 'sms', 'email'].map(channel),
    removal('task-channel/video'),
    removal('task-channel/email'),
    ...['Incoming Call Flow', 'Sales Calls', 'Match Worker'].map(workflow),
    removal('workflow/Sales Calls'),
    renamed('workflow/Match Worker'),
    removal('activity/Unavailable'),
    removal('activity/Coffee Break'),
    renamed('activity/Available'),
    renamed('activity/Coffee Break'),
    renamed('worker/Jamie'),
    removal('worker/Jamie'),
    edit(
      'worker/Jamie',
      () => ({ Attributes: '{"languages":["ES","EN"],"phone":"+12025550143"}' }),
      () => ({ Attributes: '{"phone":"+12025550143","team":"x"}' }),
      (random) => ({
        Attributes: JSON.stringify({ phone: `+1202555010${Math.floor(random() * 10)}`, languages: ['EN', 'ES'] }),
      }),
    ),
    {
      target: 'workspace',
      planned: ['update workspace/Customer Support'],
      make: (random) =>
        send(
          'POST',
          base,
          pick<Form>(random, [
            { PrioritizeQueueOrder: 'LIFO' },
            { TimeoutActivitySid: sidOf('activity/Busy') },
            { DefaultActivitySid: sidOf('activity/Reserved'), PrioritizeQueueOrder: 'LIFO' },
          ]),
        ),
    },
    {
      target: 'events',
      planned: [`create subscription/${sink}`],
      make: () => send('DELETE', subscriptionUrl),
    },
    {
      target: 'events',
      planned: [`create sink/${sink}`, `create subscription/${sink}`],
      async make() {
        await send('DELETE', subscriptionUrl);
        await send('DELETE', `/v1/Sinks/${sidOf(`sink/${sink}`)}`);
      },
    },
    {
      target: 'events',
      planned: [`update subscription/${sink}`],
      make: (random) =>
        send(
          'DELETE',
          `${subscriptionUrl}/SubscribedEvents/com.twilio.taskrouter.${pick(random, ['task.created', 'task.completed', 'reservation.accepted'])}`,
        ),
    },
    {
      target: 'address',
      planned: ['update address/+12025550143'],
      make: () =>
        send('POST', `/v1/Configuration/Addresses/${sidOf('address/+12025550143')}`, {
          'AutoCreation.Enabled': 'true',
        }),
    },
    {
      target: 'address',
      planned: ['create address/+12025550143'],
      make: () => send('DELETE', `/v1/Configuration/Addresses/${sidOf('address/+12025550143')}`),
    },
  ];
}

/** One thing of a workflow's rules done otherwise. */
function edited(configuration: unknown, random: Random, otherQueue: string): string {
  const { task_routing: routing } = JSON.parse(String(configuration));
  const { filters = [], default_filter: last } = routing;
  const variants = [
    { ...routing, default_filter: { ...last, task_queue_sid: otherQueue } },
    { filters },
    {
      ...routing,
      filters: [...filters, { friendly_name: 'By hand', expression: 'a == 1', targets: [{ queue: otherQueue }] }],
    },
    ...(filters.length === 0
      ? []
      : [
          { ...routing, filters: [] },
          { ...routing, filters: [{ ...filters[0], expression: 'a == 2' }] },
          { ...routing, filters: [{ ...filters[0], targets: [{ ...filters[0].targets[0], priority: 9 }] }] },
          { ...routing, filters: [{ ...filters[0], targets: [{ ...filters[0].targets[0], timeout: 30 }] }] },
          { ...routing, filters: [{ ...filters[0], friendly_name: 'Another name' }] },
        ]),
  ];
  return JSON.stringify({ task_routing: pick(random, variants) });
}

/** So many, each of something else, in any order. */
export function chosenOf(all: readonly ManualChange[], count: number, random: () => number): readonly ManualChange[] {
  const shuffled = all.map((one) => ({ one, at: random() })).sort((one, other) => one.at - other.at);
  const targets = new Set<string>();
  const picked: ManualChange[] = [];
  for (const { one } of shuffled) {
    if (targets.has(one.target) || picked.length === count) continue;
    targets.add(one.target);
    picked.push(one);
  }
  return picked;
}
