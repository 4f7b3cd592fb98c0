import { call, everythingByName, the } from './everything.ts';
import type { WiredAccount } from './wired-account.ts';

/** What changes nothing of what is meant: other spellings, and what the configuration does not speak of. */
export async function meaninglessChanges(account: WiredAccount): Promise<void> {
  const all = await everythingByName(account);
  const base = `/v1/Workspaces/${String(the(all, 'workspace/Customer Support')['sid'])}`;
  const queueSid = (name: string): string => String(the(all, `task-queue/${name}`)['sid']);
  const filter = {
    targets: [{ priority: 2, queue: queueSid('Gold') }],
    expression: "customer_value == 'Gold' AND type == 'ticket'",
    filter_friendly_name: 'Gold Tickets',
  };
  const routing = { default_filter: { queue: queueSid('Everyone') }, filters: [filter] };
  const made = [
    await call(account, 'POST', `${base}/Workflows/${String(the(all, 'workflow/Incoming Call Flow')['sid'])}`, {
      Configuration: JSON.stringify({ task_routing: routing }, undefined, 4),
    }),
    await call(account, 'POST', `${base}/Workers/${String(the(all, 'worker/Jamie')['sid'])}`, {
      Attributes: '{ "languages": ["EN", "ES"], "contact_uri": "client:jamie", "phone": "+12025550143" }',
    }),
    await call(account, 'POST', `${base}/Activities`, { FriendlyName: 'Lunch' }),
    await call(account, 'POST', `${base}/TaskQueues`, { FriendlyName: 'By hand' }),
  ];
  expect(made.map(({ status }) => status)).toEqual([200, 200, 201, 201]);
}
