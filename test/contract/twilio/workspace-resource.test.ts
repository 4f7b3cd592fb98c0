import { officialClient } from '../../support/twilio/official-client.ts';
import {
  account,
  apiKeyHeader,
  startAccount,
  startEmptyAccount,
  type TwilioUnderTest,
} from '../../support/twilio/twilio-account.ts';

describe('the simulator’s workspaces', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startEmptyAccount()));
  afterEach(() => under.twilio.stop());

  const workspaces = () => officialClient(under.twilio.url).taskrouter.v1.workspaces;
  const support = () => workspaces().create({ friendlyName: 'Customer Support' });
  const namesOf = async (list: Promise<readonly { friendlyName: string }[]>) =>
    (await list).map(({ friendlyName }) => friendlyName);

  it('are none in an empty account, and the stage’s own otherwise, as Flex makes it', async () => {
    expect(await workspaces().list()).toEqual([]);
    const other = await startAccount();

    const listed = await officialClient(other.twilio.url).taskrouter.v1.workspaces.list();
    const activities = officialClient(other.twilio.url).taskrouter.v1.workspaces(account.workspaceSid).activities;

    expect(listed).toMatchObject([{ sid: account.workspaceSid, friendlyName: 'Flex Task Assignment' }]);
    expect(await namesOf(activities.list())).toEqual(['Offline', 'Available', 'Unavailable', 'Break']);
    await other.twilio.stop();
  });

  it('begin with Twilio’s three activities and the default channels, and nobody is available by default', async () => {
    const made = await support();

    const activities = await workspaces()(made.sid).activities.list();
    const channels = await workspaces()(made.sid).taskChannels.list();

    expect(made).toMatchObject({
      friendlyName: 'Customer Support',
      multiTaskEnabled: true,
      prioritizeQueueOrder: 'FIFO',
      defaultActivityName: 'Offline',
      timeoutActivityName: 'Offline',
      eventCallbackUrl: '',
      eventsFilter: null,
    });
    expect(activities.map(({ friendlyName, available }) => [friendlyName, available])).toEqual([
      ['Offline', false],
      ['Available', true],
      ['Unavailable', false],
    ]);
    expect(channels.map(({ uniqueName }) => uniqueName)).toEqual(['default', 'voice', 'chat', 'sms', 'video', 'email']);
    expect(await workspaces()(made.sid).taskQueues.list()).toEqual([]);
  });

  it('made from the template FIFO have one queue, and one workflow that sends everything to it', async () => {
    const { sid } = await workspaces().create({ friendlyName: 'First in', template: 'FIFO' });

    const [queue, ...more] = await workspaces()(sid).taskQueues.list();
    const [workflow] = await workspaces()(sid).workflows.list();

    expect(more).toEqual([]);
    expect(queue).toMatchObject({ targetWorkers: '1==1', taskOrder: 'FIFO', maxReservedWorkers: 1 });
    expect(JSON.parse(workflow?.configuration ?? '')).toEqual({
      task_routing: { filters: [], default_filter: { queue: queue?.sid } },
    });
  });

  it('are found by their name, page by page, and are several in one account', async () => {
    for (const friendlyName of ['One', 'Two', 'Three']) await workspaces().create({ friendlyName });

    expect(await namesOf(workspaces().list({ pageSize: 2 }))).toEqual(['One', 'Two', 'Three']);
    expect(await namesOf(workspaces().list({ friendlyName: 'Two' }))).toEqual(['Two']);
  });

  it('take every field that Twilio lets one change', async () => {
    const { sid } = await support();
    const one = workspaces()(sid);
    const away = await one.activities.create({ friendlyName: 'Away' });

    await one.update({
      friendlyName: 'Support',
      defaultActivitySid: away.sid,
      timeoutActivitySid: away.sid,
      eventCallbackUrl: 'https://example.org/events#rc=5&rp=all',
      eventsFilter: 'task.created,task.canceled',
      prioritizeQueueOrder: 'LIFO',
    });

    expect(await one.fetch()).toMatchObject({
      friendlyName: 'Support',
      defaultActivitySid: away.sid,
      defaultActivityName: 'Away',
      timeoutActivityName: 'Away',
      eventCallbackUrl: 'https://example.org/events#rc=5&rp=all',
      eventsFilter: 'task.created,task.canceled',
      prioritizeQueueOrder: 'LIFO',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['a name that is taken', { FriendlyName: 'Other' }],
    ['a name of 65 characters', { FriendlyName: 'x'.repeat(65) }],
    ['an activity that is none', { DefaultActivitySid: `WA${'0'.repeat(32)}` }],
    ['a callback that is no URL', { EventCallbackUrl: 'example' }],
    ['an order that is none', { PrioritizeQueueOrder: 'RANDOM' }],
    ['a way back from multi-tasking', { MultiTaskEnabled: 'false' }],
    ['a misspelt field', { EventCallbackURL: 'https://example.org' }],
  ])('refuse %s, and stay as they were', async (_case, form) => {
    const made = await support();
    await workspaces().create({ friendlyName: 'Other' });

    const answer = await fetch(`${under.twilio.url}/v1/Workspaces/${made.sid}`, {
      method: 'POST',
      body: new URLSearchParams({ PrioritizeQueueOrder: 'LIFO', ...form }),
      headers: { authorization: apiKeyHeader },
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 20001 });
    expect(await workspaces()(made.sid).fetch()).toMatchObject({
      friendlyName: 'Customer Support',
      prioritizeQueueOrder: 'FIFO',
    });
  });

  it('take all that is in them along when they are deleted', async () => {
    const { sid } = await support();
    const one = workspaces()(sid);
    const worker = await one.workers.create({ friendlyName: 'Ada' });

    await one.remove();

    await expect(one.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(one.workers(worker.sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('are where the verbs work, the first that was made', async () => {
    expect(() => under.twilio.taskRouter.queueSid('Sales')).toThrow('no workspace');
    const { sid } = await support();

    const queue = under.twilio.taskRouter.queueSid('Sales');

    expect(await workspaces()(sid).taskQueues(queue).fetch()).toMatchObject({ friendlyName: 'Sales' });
  });
});
