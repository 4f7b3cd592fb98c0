import { stageAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

type Resource = Readonly<Record<string, unknown>>;

/** All that the account has of each kind, by what it is called; read by this test's own requests. */
export async function everythingByName(account: WiredAccount): Promise<ReadonlyMap<string, readonly Resource[]>> {
  const workspaces = await listed(account, '/v1/Workspaces', 'workspaces');
  const all = new Map<string, Resource[]>();
  const note = (kind: string, name: unknown, resource: Resource) => {
    const at = `${kind}/${String(name)}`;
    all.set(at, [...(all.get(at) ?? []), resource]);
  };
  for (const workspace of workspaces) {
    note('workspace', workspace['friendly_name'], workspace);
    const base = `/v1/Workspaces/${String(workspace['sid'])}`;
    for (const [path, key, kind, name] of contents)
      for (const one of await listed(account, `${base}/${path}`, key)) note(kind, one[name], one);
  }
  for (const one of await listed(account, '/v1/Sinks', 'sinks')) note('sink', destinationOf(one), one);
  for (const one of await listed(account, '/v1/Subscriptions', 'subscriptions'))
    note('subscription', one['sink_sid'], one);
  for (const one of await listed(account, '/v1/Configuration/Addresses', 'address_configurations'))
    note('address', one['address'], one);
  return all;
}

const contents = [
  ['Activities', 'activities', 'activity', 'friendly_name'],
  ['TaskChannels', 'channels', 'task-channel', 'unique_name'],
  ['TaskQueues', 'task_queues', 'task-queue', 'friendly_name'],
  ['Workflows', 'workflows', 'workflow', 'friendly_name'],
  ['Workers', 'workers', 'worker', 'friendly_name'],
] as const;

function destinationOf({ sink_configuration: configuration }: Resource): unknown {
  return typeof configuration === 'object' && configuration !== null && 'destination' in configuration
    ? configuration.destination
    : configuration;
}

/** Every name has one thing alone. */
export function nothingTwice(all: ReadonlyMap<string, readonly Resource[]>): void {
  expect([...all].filter(([, those]) => those.length > 1).map(([name]) => name)).toEqual([]);
}

/** The one thing of that kind and name. */
export function the(all: ReadonlyMap<string, readonly Resource[]>, name: string): Resource {
  const [one, ...others] = all.get(name) ?? [];
  if (one === undefined || others.length > 0) throw new Error(`there are ${others.length + 1} or none of ${name}`);
  return one;
}

async function listed(account: WiredAccount, path: string, key: string): Promise<readonly Resource[]> {
  const { status, json } = await call(account, 'GET', `${path}?PageSize=1000`);
  const items = json[key];
  if (status !== 200 || !Array.isArray(items)) throw new Error(`GET ${path} answered ${status}`);
  return items;
}

/** A request of somebody else's: the Console, another program. */
export async function call(
  { twilio }: WiredAccount,
  method: string,
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly json: Resource }> {
  const authorization = `Basic ${Buffer.from(`${stageAccount.accountSid}:${stageAccount.authToken}`).toString('base64')}`;
  const answer = await fetch(`${twilio.url}${path}`, {
    method,
    headers: { authorization },
    ...(form && { body: new URLSearchParams(form) }),
  });
  const body = await answer.text();
  return { status: answer.status, json: body === '' ? {} : JSON.parse(body) };
}
