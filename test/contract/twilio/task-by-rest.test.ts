import { officialClient } from '../../support/twilio/official-client.ts';
import { account, apiKeyHeader, startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

describe('a task that lives by REST alone', () => {
  let under: TwilioUnderTest;
  let workflowSid: string;
  beforeEach(async () => {
    under = await startAccount();
    workflowSid = under.twilio.taskRouter.createWorkflow({ name: 'Incoming', queue: 'Sales' });
  });
  afterEach(() => under.twilio.stop());

  const tasks = () => officialClient(under.twilio.url).taskrouter.v1.workspaces(account.workspaceSid).tasks;
  const hired = () => under.twilio.taskRouter.createWorker({ name: 'Ada', attributes: {} });
  const post = async (below: string, form: Record<string, string>): Promise<number> => {
    const url = `${under.twilio.url}/v1/Workspaces/${account.workspaceSid}/Tasks${below}`;
    const asked = { method: 'POST', body: new URLSearchParams(form), headers: { authorization: apiKeyHeader } };
    return (await fetch(url, asked)).status;
  };

  it('needs no workflow where there is but one, and no queue but the workflow’s', async () => {
    expect(await tasks().create({})).toMatchObject({ workflowSid, taskQueueFriendlyName: 'Sales' });
  });

  it('waits in the queue that it is put into, whatever its workflow says', async () => {
    const taskQueueSid = under.twilio.taskRouter.queueSid('Support');

    expect(await tasks().create({ workflowSid, taskQueueSid })).toMatchObject({
      workflowSid,
      taskQueueSid,
      routingTarget: null,
    });
    expect(await tasks().create({ routingTarget: taskQueueSid })).toMatchObject({
      taskQueueSid,
      routingTarget: taskQueueSid,
    });
  });

  it('knows its channel by unique name or SID, and its start', async () => {
    const [sms] = (
      await officialClient(under.twilio.url).taskrouter.v1.workspaces(account.workspaceSid).taskChannels.list()
    ).filter(({ uniqueName }) => uniqueName === 'sms');
    const virtualStartTime = new Date('2026-11-20T07:00:00Z');

    const one = await tasks().create({ taskChannel: 'sms', virtualStartTime });
    const other = await tasks().create({ taskChannel: sms?.sid ?? '' });

    expect(one).toMatchObject({ taskChannelUniqueName: 'sms', taskChannelSid: sms?.sid, virtualStartTime });
    expect(other).toMatchObject({ taskChannelUniqueName: 'sms' });
  });

  it.each<[string, Record<string, string>]>([
    ['a channel that is not there', { TaskChannel: 'pigeon' }],
    ['a queue that is not there', { TaskQueueSid: `WQ${'0'.repeat(32)}` }],
    ['a start in the future', { VirtualStartTime: '2026-11-20T08:00:01Z' }],
    ['a priority below 0', { Priority: '-1' }],
    ['a time to live of more than two weeks', { Timeout: '1209601' }],
  ])('is not made with %s', async (_case, form) => {
    expect(await post('', form)).toBe(400);
    expect(under.twilio.taskRouter.tasks()).toEqual([]);
  });

  it('takes a new priority, channel and start, and each is a new revision', async () => {
    const { sid } = await tasks().create({});

    await tasks()(sid).update({ priority: 9, taskChannel: 'voice', ifMatch: '"0"' });

    expect(await tasks()(sid).fetch()).toMatchObject({ priority: 9, taskChannelUniqueName: 'voice' });
    await expect(tasks()(sid).update({ priority: 1, ifMatch: '"0"' })).rejects.toMatchObject({ code: 20412 });
    expect(await post(`/${sid}`, { Priority: 'high' })).toBe(400);
    expect(await post(`/${sid}`, { TaskChannel: 'pigeon' })).toBe(400);
    expect(await post(`/${sid}`, { Prioritty: '1' })).toBe(400);
  });

  it('is wrapped up and completed with a reason, but not while nobody has it', async () => {
    const task = under.twilio.taskRouter.createTask({
      ...{ attributes: {}, channel: 'voice', queue: 'Sales', workflow: 'Incoming' },
    });
    expect(await post(`/${task}`, { AssignmentStatus: 'completed', Reason: 'done' })).toBe(400);
    under.twilio.taskRouter.accept(under.twilio.taskRouter.reserve(task, hired()));
    expect(await post(`/${task}`, { AssignmentStatus: 'canceled', Reason: 'late' })).toBe(400);

    await tasks()(task).update({ assignmentStatus: 'wrapping' });
    expect(under.twilio.taskRouter.task(task)?.reservations).toMatchObject([{ status: 'wrapping' }]);
    await tasks()(task).update({ assignmentStatus: 'completed', reason: 'done' });

    expect(under.twilio.taskRouter.task(task)).toMatchObject({ status: 'completed', reason: 'done' });
  });

  it('is found by priority, workflow and queue, in the order that is asked for', async () => {
    const other = under.twilio.taskRouter.createWorkflow({ name: 'Other', queue: 'Support' });
    const made = [
      await tasks().create({ workflowSid, priority: 1 }),
      await tasks().create({ workflowSid, priority: 5 }),
      await tasks().create({ workflowSid: other, priority: 5 }),
    ].map(({ sid }) => sid);
    const found = async (asked: object) => (await tasks().list(asked)).map(({ sid }) => made.indexOf(sid));

    expect(await found({ priority: 5 })).toEqual([1, 2]);
    expect(await found({ workflowName: 'Incoming' })).toEqual([0, 1]);
    expect(await found({ workflowSid: other })).toEqual([2]);
    expect(await found({ taskQueueName: 'Support' })).toEqual([2]);
    expect(await found({ hasAddons: true })).toEqual([]);
    expect(await found({ ordering: 'Priority:desc,DateCreated:asc' })).toEqual([1, 2, 0]);
    await expect(tasks().list({ ordering: 'Size:desc' })).rejects.toMatchObject({ code: 20001 });
  });
});
