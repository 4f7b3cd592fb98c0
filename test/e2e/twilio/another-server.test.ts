import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import { run } from '../../unit/cli/run-typed.ts';

/*
 * Twilio's OpenAPI file of TaskRouter lets nearly everything be null and requires nothing (twilio_taskrouter_v1.json,
 * read 2026-11): this server keeps what it is sent, and gives no more than that with a SID.
 */
const fields: Readonly<Record<string, string>> = {
  ...{ FriendlyName: 'friendly_name', UniqueName: 'unique_name', Available: 'available', Attributes: 'attributes' },
  ...{ TargetWorkers: 'target_workers', MaxReservedWorkers: 'max_reserved_workers', TaskOrder: 'task_order' },
  ...{ Configuration: 'configuration', TaskReservationTimeout: 'task_reservation_timeout' },
  ...{ DefaultActivitySid: 'default_activity_sid', PrioritizeQueueOrder: 'prioritize_queue_order' },
  ...{ AssignmentCallbackUrl: 'assignment_callback_url' },
};
const spelt = (value: string): unknown => (/^(true|false|\d+)$/.test(value) ? JSON.parse(value) : value);
const lists: Readonly<Record<string, readonly [key: string, prefix: string]>> = {
  ...{ Workspaces: ['workspaces', 'WS'], Activities: ['activities', 'WA'], TaskQueues: ['task_queues', 'WQ'] },
  ...{ Workflows: ['workflows', 'WW'], Workers: ['workers', 'WK'], TaskChannels: ['channels', 'TC'] },
};

async function startBareTwilio() {
  const made = new Map<string, Record<string, unknown>>();
  const server = await answerHttp((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://twilio');
    const [key, prefix] = lists[url.pathname.split('/').at(-1) ?? ''] ?? [];
    const form = new URLSearchParams(await text(request));
    const sent = Object.fromEntries([...form].map(([name, value]) => [fields[name] ?? name, spelt(value)]));
    const give = (status: number, json: object) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
    if (key === undefined) {
      const one = made.get(url.pathname);
      if (one !== undefined) return give(200, Object.assign(one, sent));
      return give(404, { message: null, code: 20404 });
    }
    if (request.method === 'GET') return give(200, page(url, key));
    const sid = `${prefix}${String(made.size + 1).padStart(32, '0')}`;
    const one = { ...sent, sid, ...{ date_created: null, links: null } };
    made.set(`${url.pathname}/${sid}`, one);
    return give(201, one);
  }
  /** Two at a time; the last page has neither a next one nor anything else. */
  function page({ pathname, searchParams }: URL, key: string): object {
    const all = [...made].filter(([at]) => at.slice(0, at.lastIndexOf('/')) === pathname).map(([, one]) => one);
    const at = Number(searchParams.get('Page') ?? 0);
    const next = (at + 1) * 2 < all.length ? { next_page_url: `https://x.example.com/?Page=${at + 1}` } : {};
    return { [key]: all.slice(at * 2, at * 2 + 2), meta: next };
  }
  return { made, ...server };
}

const config = {
  workspace: { name: 'Support', prioritizeQueueOrder: 'FIFO', defaultActivity: 'Offline' },
  activities: ['Offline', 'Lunch', 'Available'].map((name) => ({ name, available: name === 'Available' })),
  taskChannels: [{ uniqueName: 'default', name: 'Default', optimizedRouting: false }],
  taskQueues: [{ name: 'Gold', targetWorkers: '1==1', maxReservedWorkers: 2, taskOrder: 'FIFO' }],
  workflows: [
    {
      name: 'Calls',
      assignmentCallbackUrl: null,
      fallbackAssignmentCallbackUrl: null,
      taskReservationTimeoutSeconds: 30,
      configuration: { task_routing: { filters: [], default_filter: { task_queue: 'Gold' } } },
    },
  ],
  workers: [{ name: 'Jamie', attributes: { team: 'x' } }, { name: 'Ada' }],
};

it('twilio plan and apply come to an end with a Twilio that says no more than it must', async () => {
  const twilio = await startBareTwilio();
  const folder = await mkdtemp(path.join(tmpdir(), 'bare-'));
  const file = path.join(folder, 'taskrouter.json');
  await writeFile(file, JSON.stringify(config));
  const environment = { TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken };
  const twilioAnd = async (...typed: readonly string[]) => {
    const words = ['twilio', ...typed, '--config', file, '--twilio-url', twilio.url];
    return (await run(words, new Error('these credentials need no pipeline'), { environment })).code;
  };
  const untilDone = async () => [await twilioAnd('plan'), await twilioAnd('apply', '--yes'), await twilioAnd('plan')];
  const attributesBecome = (text: string | null, was: (text: unknown) => boolean): void => {
    for (const one of twilio.made.values()) if (was(one['attributes'])) one['attributes'] = text;
  };

  try {
    expect(await untilDone()).toEqual([2, 0, 0]);
    attributesBecome(null, (was) => was === '{}');
    expect(await twilioAnd('plan')).toBe(0);
    attributesBecome(null, (was) => was === '{"team":"x"}');
    expect(await untilDone()).toEqual([2, 0, 0]);
  } finally {
    await twilio.close();
    await rm(folder, { recursive: true });
  }
});
