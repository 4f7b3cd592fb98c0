import { officialClient } from '../../support/twilio/official-client.ts';
import { account, apiKeyHeader, startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

describe('the simulator’s list of tasks', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const tasks = () => officialClient(under.twilio.url).taskrouter.v1.workspaces(account.workspaceSid).tasks;
  const made = (attributes: Readonly<Record<string, string | number>>) =>
    under.twilio.taskRouter.createTask({ attributes, channel: 'voice', queue: 'Sales', workflow: 'Incoming' });
  const review = () => under.twilio.taskRouter.createWorkflow({ name: 'Review', queue: 'Listening' });

  it('takes a task that Twilio’s own client creates, and routes it as the workflow says', async () => {
    const created = await tasks().create({
      workflowSid: review(),
      taskChannel: 'default',
      attributes: '{"review_of_recording_sid":"RE1"}',
      priority: 3,
      timeout: 600,
    });

    expect(created).toMatchObject({ assignmentStatus: 'pending', priority: 3, timeout: 600 });
    expect(under.twilio.taskRouter.tasks()).toMatchObject([
      { taskSid: created.sid, queue: 'Listening', channel: 'default', attributes: '{"review_of_recording_sid":"RE1"}' },
    ]);
  });

  it('shows and tells the SID that its workflow was given', async () => {
    const workflowSid = `WW${'ab'.repeat(16)}`;
    const input = { name: 'Given', queue: 'Listening', sid: workflowSid };

    expect(under.twilio.taskRouter.createWorkflow(input)).toBe(workflowSid);

    const created = await tasks().create({ workflowSid });
    expect(created).toMatchObject({ workflowSid, workflowFriendlyName: 'Given' });
    expect(created.links['workflow']).toContain(workflowSid);
  });

  it('gives a new task Twilio’s own defaults', async () => {
    const created = await tasks().create({ workflowSid: review() });

    expect(created).toMatchObject({
      attributes: '{}',
      priority: 0,
      timeout: 86_400,
      taskChannelUniqueName: 'default',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['without a workflow where there are two', { Attributes: '{}' }],
    ['with a workflow that is none', { WorkflowSid: `WW${'0'.repeat(32)}` }],
    ['with attributes that are no object', { Attributes: '[]', WorkflowSid: 'ours' }],
    ['with attributes that are too long', { Attributes: `{"a":"${'x'.repeat(4_096)}"}`, WorkflowSid: 'ours' }],
    ['with a priority that is no number', { Priority: 'high', WorkflowSid: 'ours' }],
    ['with a field that is none', { Priorty: '3', WorkflowSid: 'ours' }],
  ])('refuses a task %s', async (_case, form) => {
    const sid = review();
    under.twilio.taskRouter.createWorkflow({ name: 'Another', queue: 'Listening' });

    const answer = await fetch(`${under.twilio.url}/v1/Workspaces/${account.workspaceSid}/Tasks`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, ...(form['WorkflowSid'] === 'ours' && { WorkflowSid: sid }) }),
      headers: { authorization: apiKeyHeader },
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 20001 });
    expect(under.twilio.taskRouter.tasks()).toEqual([]);
  });

  it('finds tasks by what their attributes say, while Twilio has them', async () => {
    const one = made({ review_of_recording_sid: 'RE1' });
    const other = made({ review_of_recording_sid: 'RE2' });
    const again = made({ review_of_recording_sid: 'RE1' });
    const found = async (evaluateTaskAttributes: string) =>
      (await tasks().list({ evaluateTaskAttributes })).map(({ sid }) => sid);

    expect(await found('review_of_recording_sid == "RE1"')).toEqual([one, again]);
    expect(await found('review_of_recording_sid == "RE2"')).toEqual([other]);
    expect(await found('review_of_recording_sid == "RE3"')).toEqual([]);
    under.twilio.taskRouter.deleteTask(one);
    expect(await found('review_of_recording_sid == "RE1"')).toEqual([again]);
  });

  it('lists page by page, and by status', async () => {
    const all = [1, 2, 3].map((count) => made({ count }));
    under.twilio.taskRouter.cancelTask(all[1] ?? made({}), 'hangup');

    const listed = await tasks().list({ pageSize: 2 });
    const pending = await tasks().list({ assignmentStatus: ['pending'] });

    expect(listed.map(({ sid }) => sid)).toEqual(all);
    expect(pending.map(({ sid }) => sid)).toEqual([all[0], all[2]]);
  });
});
