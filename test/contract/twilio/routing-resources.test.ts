import { taskQueueSid } from '../../../lambdas/shared/domain/sids.ts';
import { officialClient } from '../../support/twilio/official-client.ts';
import { apiKeyHeader, startEmptyAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

const nobody = '0'.repeat(32);

describe('what a workspace is made of, by REST', () => {
  let under: TwilioUnderTest;
  let workspace: string;
  beforeEach(async () => {
    under = await startEmptyAccount();
    workspace = (await workspaces().create({ friendlyName: 'Customer Support' })).sid;
  });
  afterEach(() => under.twilio.stop());

  const workspaces = () => officialClient(under.twilio.url).taskrouter.v1.workspaces;
  const here = () => workspaces()(workspace);
  const post = async (below: string, form: Record<string, string>) => {
    const answer = await fetch(`${under.twilio.url}/v1/Workspaces/${workspace}/${below}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: apiKeyHeader },
    });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  };
  const refused = { status: 400, code: 20001 };
  const queue = (friendlyName: string) => here().taskQueues.create({ friendlyName });
  const routing = (filters: readonly object[], defaultQueue?: string) =>
    JSON.stringify({
      task_routing: { filters, ...(defaultQueue !== undefined && { default_filter: { queue: defaultQueue } }) },
    });

  describe('an activity', () => {
    it('is made, renamed and deleted, and never becomes available', async () => {
      const made = await here().activities.create({ friendlyName: 'Coffee Break', available: true });
      await here().activities(made.sid).update({ friendlyName: 'Tea Break' });

      expect(await here().activities(made.sid).fetch()).toMatchObject({ friendlyName: 'Tea Break', available: true });
      expect(await post(`Activities/${made.sid}`, { Available: 'false' })).toMatchObject({ status: 400 });

      await here().activities(made.sid).remove();
      await expect(here().activities(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
    });

    it('has a name of its own, and is found by it', async () => {
      await expect(here().activities.create({ friendlyName: 'Available' })).rejects.toMatchObject(refused);

      expect(await here().activities.list({ friendlyName: 'Available' })).toHaveLength(1);
      expect(await here().activities.list({ available: 'false' })).toHaveLength(2);
    });

    it('is not deleted while it is the default, the timeout’s, a queue’s or a worker’s', async () => {
      const [offline] = await here().activities.list({ friendlyName: 'Offline' });
      const [busy, reserved, away, late] = await Promise.all(
        ['Busy', 'Reserved', 'Away', 'Late'].map((friendlyName) => here().activities.create({ friendlyName })),
      );
      await here().update({ timeoutActivitySid: late?.sid ?? '' });
      await here().taskQueues.create({
        friendlyName: 'Sales',
        assignmentActivitySid: busy?.sid ?? '',
        reservationActivitySid: reserved?.sid ?? '',
      });
      await here().workers.create({ friendlyName: 'Ada', activitySid: away?.sid ?? '' });

      for (const one of [offline, busy, reserved, away, late])
        await expect(
          here()
            .activities(one?.sid ?? '')
            .remove(),
        ).rejects.toMatchObject(refused);
    });
  });

  describe('a task channel', () => {
    it('is made, changed and deleted, and known by its unique name too', async () => {
      await here().taskChannels.create({ friendlyName: 'Follow', uniqueName: 'follow', channelOptimizedRouting: true });
      await here().taskChannels('follow').update({ friendlyName: 'Follow-up' });

      expect(await here().taskChannels('follow').fetch()).toMatchObject({
        friendlyName: 'Follow-up',
        uniqueName: 'follow',
        channelOptimizedRouting: true,
      });
      const again = here().taskChannels.create({ friendlyName: 'Other', uniqueName: 'follow' });
      await expect(again).rejects.toMatchObject(refused);

      await here().taskChannels('follow').remove();
      await expect(here().taskChannels('follow').fetch()).rejects.toMatchObject({ status: 404 });
    });
  });

  describe('a task queue', () => {
    it('has Twilio’s defaults', async () => {
      expect(await queue('Sales')).toMatchObject({
        targetWorkers: '1==1',
        maxReservedWorkers: 1,
        taskOrder: 'FIFO',
        assignmentActivitySid: null,
        reservationActivityName: null,
      });
    });

    it('takes every field, and gives its activities by name', async () => {
      const busy = await here().activities.create({ friendlyName: 'Busy' });
      const { sid } = await queue('Sales');

      await here().taskQueues(sid).update({
        friendlyName: 'Gold',
        targetWorkers: 'languages HAS "EN"',
        maxReservedWorkers: 5,
        taskOrder: 'LIFO',
        assignmentActivitySid: busy.sid,
      });

      expect(await here().taskQueues(sid).fetch()).toMatchObject({
        friendlyName: 'Gold',
        targetWorkers: 'languages HAS "EN"',
        maxReservedWorkers: 5,
        taskOrder: 'LIFO',
        assignmentActivitySid: busy.sid,
        assignmentActivityName: 'Busy',
      });
    });

    it('says in Twilio’s words that its name is taken', async () => {
      await queue('Sales');

      await expect(queue('Sales')).rejects.toMatchObject({
        ...refused,
        message: `Queue named Sales already exists for workspace ${workspace} for account AC00000000000000000000000000000001`,
      });
    });

    it.each<[string, Record<string, string>]>([
      ['an expression that is none', { TargetWorkers: 'languages HAS' }],
      ['51 workers at a time', { MaxReservedWorkers: '51' }],
      ['an order that is none', { TaskOrder: 'ANY' }],
      ['an activity that is not there', { AssignmentActivitySid: `WA${nobody}` }],
      ['a misspelt field', { TargetWorker: '1==1' }],
    ])('refuses %s', async (_case, form) => {
      const { sid } = await queue('Sales');

      expect(await post(`TaskQueues/${sid}`, form)).toMatchObject({ status: 400, body: { code: 20001 } });
    });

    it('is found by the workers that it is for', async () => {
      await here().taskQueues.create({ friendlyName: 'English', targetWorkers: 'languages HAS "EN"' });
      await here().taskQueues.create({ friendlyName: 'French', targetWorkers: `languages HAS 'FR'` });

      const found = await here().taskQueues.list({ evaluateWorkerAttributes: '{"languages":["EN","ES"]}' });

      expect(found.map(({ friendlyName }) => friendlyName)).toEqual(['English']);
    });

    it('is not deleted while a workflow names it', async () => {
      const { sid } = await queue('Sales');
      const flow = await here().workflows.create({ friendlyName: 'Flow', configuration: routing([], sid) });

      await expect(here().taskQueues(sid).remove()).rejects.toMatchObject(refused);
      await here().workflows(flow.sid).remove();
      await here().taskQueues(sid).remove();

      expect(await here().taskQueues.list()).toEqual([]);
    });
  });

  describe('a workflow', () => {
    it('keeps its configuration word for word', async () => {
      const { sid } = await queue('Everyone');
      const configuration = `{ "task_routing": {"filters":[], "default_filter": {"queue":"${sid}", "mine": 1} } }`;

      const made = await here().workflows.create({ friendlyName: 'Flow', configuration });

      expect(made).toMatchObject({ configuration, taskReservationTimeout: 120, assignmentCallbackUrl: null });
      expect(made.documentContentType).toBe('application/json');
    });

    it('takes its callbacks and timeout, and gives them up again', async () => {
      const { sid } = await queue('Everyone');
      const flow = await here().workflows.create({ friendlyName: 'Flow', configuration: routing([], sid) });
      const urls = { assignmentCallbackUrl: 'https://example.org/a', fallbackAssignmentCallbackUrl: 'https://b.org' };

      await here()
        .workflows(flow.sid)
        .update({ ...urls, taskReservationTimeout: 30 });
      expect(await here().workflows(flow.sid).fetch()).toMatchObject({ ...urls, taskReservationTimeout: 30 });

      await here().workflows(flow.sid).update({ assignmentCallbackUrl: '' });
      expect(await here().workflows(flow.sid).fetch()).toMatchObject({ assignmentCallbackUrl: null });
    });

    it.each([
      ['that is no JSON', '{'],
      ['without task_routing', '{}'],
      ['whose default queue is not there', `{"task_routing":{"default_filter":{"queue":"WQ${nobody}"}}}`],
      [
        'whose target’s queue is not there',
        `{"task_routing":{"filters":[{"expression":"1==1","targets":[{"queue":"WQ${nobody}"}]}]}}`,
      ],
      ['with a filter that has no targets', '{"task_routing":{"filters":[{"expression":"1==1"}]}}'],
    ])('refuses a configuration %s', async (_case, configuration) => {
      const answer = await post('Workflows', { FriendlyName: 'Flow', Configuration: configuration });

      expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
    });

    it('refuses an expression that is none', async () => {
      const { sid } = await queue('Everyone');
      const configuration = routing([{ expression: 'type = 1', targets: [{ queue: sid }] }], sid);

      const answer = await post('Workflows', { FriendlyName: 'Flow', Configuration: configuration });

      expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
    });

    it('routes a new task to the queue of the first filter that matches, with the target’s priority', async () => {
      const [gold, everyone, tickets] = await Promise.all(['Gold', 'Everyone', 'Tickets'].map(queue));
      const filters = [
        {
          filter_friendly_name: 'Gold Tickets',
          expression: `customer_value == 'Gold' AND type == 'ticket'`,
          targets: [{ queue: gold?.sid, priority: '2', expression: 'task.phone == worker.phone' }],
        },
        { expression: 'type == "ticket" OR urgency == 3', targets: [{ task_queue_sid: tickets?.sid }] },
      ];
      const configuration = routing(filters, everyone?.sid);
      const { sid: workflowSid } = await here().workflows.create({ friendlyName: 'Flow', configuration });
      const routed = async (attributes: object, priority?: number) => {
        const given = {
          workflowSid,
          attributes: JSON.stringify(attributes),
          ...(priority !== undefined && { priority }),
        };
        const task = await here().tasks.create(given);
        return [task.taskQueueFriendlyName, task.priority];
      };

      expect(await routed({ customer_value: 'Gold', type: 'ticket' }, 7)).toEqual(['Gold', 2]);
      expect(await routed({ customer_value: 'Silver', type: 'ticket' }, 7)).toEqual(['Tickets', 7]);
      expect(await routed({ urgency: 3 })).toEqual(['Tickets', 0]);
      expect(await routed({ urgency: '3' })).toEqual(['Everyone', 0]);
    });

    it('without a default filter takes no task that none of its filters matches', async () => {
      const { sid } = await queue('Everyone');
      const configuration = routing([{ expression: 'phone != null', targets: [{ queue: sid }] }]);
      await here().workflows.create({ friendlyName: 'Flow', configuration });

      await expect(here().tasks.create({ attributes: '{}' })).rejects.toMatchObject(refused);
      expect(await here().tasks.create({ attributes: '{"phone":"+12025550143"}' })).toMatchObject({
        taskQueueSid: sid,
      });
    });
  });

  describe('a worker', () => {
    it('begins in the default activity without attributes, and moves, is renamed and dismissed', async () => {
      const [available] = await here().activities.list({ friendlyName: 'Available' });
      const { sid } = await here().workers.create({ friendlyName: 'Ada' });
      expect(await here().workers(sid).fetch()).toMatchObject({
        activityName: 'Offline',
        available: false,
        attributes: '{}',
      });

      await here()
        .workers(sid)
        .update({ friendlyName: 'Ada Example', activitySid: available?.sid ?? '' });

      expect(await here().workers(sid).fetch()).toMatchObject({
        friendlyName: 'Ada Example',
        activityName: 'Available',
        available: true,
      });
      await here().workers(sid).remove();
      await expect(here().workers(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    });

    it('has a name of its own, and attributes that are an object', async () => {
      await here().workers.create({ friendlyName: 'Ada' });

      for (const form of [
        { friendlyName: 'Ada' },
        { friendlyName: 'Bob', attributes: '[]' },
        { friendlyName: 'Bob', activitySid: `WA${nobody}` },
      ])
        await expect(here().workers.create(form)).rejects.toMatchObject(refused);
      expect(await here().workers.list()).toHaveLength(1);
    });

    it('is not deleted at a revision that is over, nor with a task on hand', async () => {
      const worker = under.twilio.taskRouter.createWorker({ name: 'Ada', attributes: {} });
      const task = { attributes: {}, channel: 'voice', queue: 'Sales', workflow: 'Flow' };
      const reservation = under.twilio.taskRouter.reserve(under.twilio.taskRouter.createTask(task), worker);

      await expect(here().workers(worker).remove({ ifMatch: '"7"' })).rejects.toMatchObject({ status: 412 });
      await expect(here().workers(worker).remove()).rejects.toMatchObject(refused);
      under.twilio.taskRouter.reject(reservation);

      expect(await here().workers(worker).remove({ ifMatch: '"0"' })).toBe(true);
    });

    it('is listed by name, activity and queue', async () => {
      const one = { friendlyName: 'Ada', attributes: '{"languages":["EN"]}' };
      await here().workers.create(one);
      await here().workers.create({ friendlyName: 'Bob' });
      await here().taskQueues.create({ friendlyName: 'English', targetWorkers: 'languages HAS "EN"' });
      const found = async (asked: object) => (await here().workers.list(asked)).map(({ friendlyName }) => friendlyName);

      expect(await found({ friendlyName: 'Bob' })).toEqual(['Bob']);
      expect(await found({ activityName: 'Offline' })).toEqual(['Ada', 'Bob']);
      expect(await found({ available: 'true' })).toEqual([]);
      expect(await found({ taskQueueName: 'English' })).toEqual(['Ada']);
    });
  });

  it('is the same for REST and for the verbs', async () => {
    const sales = under.twilio.taskRouter.queueSid('Sales');
    const review = under.twilio.taskRouter.createWorkflow({ name: 'Review', queue: 'Sales' });
    const ada = under.twilio.taskRouter.createWorker({ name: 'Ada', attributes: {}, activity: 'Lunch' });

    expect(await here().taskQueues(sales).fetch()).toMatchObject({ friendlyName: 'Sales' });
    expect(await here().workflows(review).fetch()).toMatchObject({ friendlyName: 'Review' });
    const [lunch] = await here().activities.list({ friendlyName: 'Lunch' });
    expect(await here().workers(ada).fetch()).toMatchObject({ activitySid: lunch?.sid });

    await here().taskQueues(sales).update({ friendlyName: 'Support' });
    expect(under.twilio.taskRouter.queueSid('Support')).toBe(sales);
  });

  it('takes from a verb the SID that a queue is to have, and keeps to it', async () => {
    const sid = taskQueueSid(`WQ${'ab'.repeat(16)}`);

    expect(under.twilio.taskRouter.createQueue({ name: 'SMS', sid, targetWorkers: 'phone != null' })).toBe(sid);
    expect(under.twilio.taskRouter.queueSid('SMS')).toBe(sid);
    const review = under.twilio.taskRouter.createWorkflow({ name: 'Review', queue: 'SMS' });
    const again = under.twilio.taskRouter.createWorkflow({ name: 'Review', queue: 'Sales' });

    expect(await here().taskQueues(sid).fetch()).toMatchObject({ targetWorkers: 'phone != null' });
    expect(again).toBe(review);
    expect(await here().tasks.create({})).toMatchObject({ workflowSid: review, taskQueueFriendlyName: 'Sales' });
  });

  it('is not there for another workspace', async () => {
    const { sid } = await queue('Sales');
    const other = await workspaces().create({ friendlyName: 'Another' });

    await expect(workspaces()(other.sid).taskQueues(sid).fetch()).rejects.toMatchObject({ status: 404 });
    expect(await workspaces()(other.sid).taskQueues.create({ friendlyName: 'Sales' })).toMatchObject({
      friendlyName: 'Sales',
    });
  });
});
