import { taskSid as asTaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { InvocationFault } from '../../../local/cloud/functions/function-pool.ts';
import { furnishSmsDesk } from '../../../local/sms-desk.ts';
import { askForSms, goodMessage } from '../../support/e2e/ask-for-sms.ts';
import type { Answered } from '../../support/e2e/ask-for-sms.ts';
import { account, startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';

/** What makes something at Twilio: everything that is posted there. */
const made = (run: PipelineRun): readonly string[] =>
  run.twilio
    .requests()
    .filter(({ method }) => method === 'POST')
    .map(({ path }) => path.replaceAll(/[A-Z]{2}[0-9a-f]{32}/g, '{sid}'));

/** The problem's name: the last word of its type. */
const problemOf = ({ body }: Answered): string => String(body['type']).replace('urn:flex-task-pipeline:problem:', '');

/** A customer of each test's own: one conversation must not meet another's. */
const customer = (place: number) => ({ ...goodMessage, toNumber: `+120255501${String(50 + place)}` });

describe('POST /messages/sms on the local cloud', () => {
  let run: PipelineRun;
  let fault: InvocationFault | undefined;
  beforeAll(async () => {
    run = await startPipelineRun({
      onInvocation: ({ functionName }) => (functionName === 'send-sms' ? fault : undefined),
    });
    furnishSmsDesk(run.twilio);
  }, 120_000);
  beforeEach(async () => {
    fault = undefined;
    // The caller may ask five times a second.
    await run.seconds(5);
  });
  afterAll(() => run.close());

  const taskOf = ({ body }: Answered) => run.twilio.taskRouter.task(asTaskSid(String(body['taskSid'])));

  it('makes a task at Twilio for the agent whose number it is, and answers with everything’s ids', async () => {
    const answered = await askForSms(run, { body: customer(1) });
    const { conversationSid, taskSid } = answered.body;

    expect(answered.status).toBe(200);
    expect(answered.body).toEqual({
      conversationSid: expect.stringMatching(/^CH[0-9a-f]{32}$/),
      interactionSid: expect.stringMatching(/^KD[0-9a-f]{32}$/),
      channelSid: expect.stringMatching(/^UO[0-9a-f]{32}$/),
      taskSid: expect.stringMatching(/^WT[0-9a-f]{32}$/),
      reused: false,
      chatChannel: {
        sid: conversationSid,
        task_sid: taskSid,
        account_sid: account,
        identity: null,
        flex_flow_sid: null,
        user_sid: null,
        url: `https://conversations.twilio.com/v1/Conversations/${String(conversationSid)}`,
      },
      proxySession: null,
    });
    expect(taskOf(answered)).toMatchObject({ channel: 'sms' });
    expect(JSON.parse(taskOf(answered)?.attributes ?? '')).toMatchObject({
      targetWorkerPhone: '+12025550143',
      autoAnswer: true,
    });
  });

  it('sends nothing twice for one idempotency key, and answers the repeat as the first', async () => {
    const asking = { body: { ...customer(2), message: 'Good day' }, headers: { 'idempotency-key': 'order-4711' } };
    const first = await askForSms(run, asking);
    const before = made(run);

    const repeat = await askForSms(run, asking);

    expect([first.status, repeat.status]).toEqual([200, 200]);
    expect(repeat.body).toEqual(first.body);
    expect(repeat.headers.get('idempotency-replayed')).toBe('true');
    expect(made(run)).toEqual(before);
  });

  it('sends nothing twice either when the first run was killed after its work, and nobody heard of it', async () => {
    const asking = { body: { ...customer(3), message: 'Good day' }, headers: { 'idempotency-key': 'order-4712' } };
    fault = { kind: 'crash-after' };
    const first = await askForSms(run, asking);
    fault = undefined;
    const before = made(run);

    const repeat = await askForSms(run, asking);

    expect([first.status, repeat.status]).toEqual([502, 200]);
    expect(repeat.body).toMatchObject({ taskSid: expect.stringMatching(/^WT/), messageSid: expect.any(String) });
    expect(made(run)).toEqual(before);
  });

  it('goes on in the conversation of the pair when the task before is over, with a task of its own', async () => {
    const first = await askForSms(run, { body: customer(4) });
    run.twilio.chat.endChat(asTaskSid(String(first.body['taskSid'])), { keepOpen: true });

    const second = await askForSms(run, { body: customer(4) });

    expect(second.body).toMatchObject({ reused: true, conversationSid: first.body['conversationSid'] });
    expect(second.body['taskSid']).not.toBe(first.body['taskSid']);
  });

  it('has the customer’s answer in the conversation, and no second task for it', async () => {
    const { body } = await askForSms(run, { body: customer(5) });
    const { length } = run.twilio.taskRouter.tasks();

    const received = run.twilio.chat.receiveSms({
      from: customer(5).toNumber,
      to: goodMessage.fromNumber,
      body: 'Good day to you',
    });

    expect(received).toMatchObject({ conversationSid: body['conversationSid'], isNewConversation: false });
    expect(run.twilio.taskRouter.tasks()).toHaveLength(length);
  });

  it('sends a message alone, without a task, where nothing else is wanted', async () => {
    const { length } = run.twilio.taskRouter.tasks();

    const answered = await askForSms(run, { body: { ...customer(6), message: 'Good day', agent: false } });

    expect(answered.status).toBe(200);
    expect(answered.body).toMatchObject({
      taskSid: null,
      interactionSid: null,
      messageSid: expect.stringMatching(/^IM/),
    });
    expect(run.twilio.taskRouter.tasks()).toHaveLength(length);
  });

  it('answers each kind of bad request with a problem document of its own, which says what to do', async () => {
    const { taskRouter, chat } = run.twilio;
    const desk = (phone: string, activity?: string): void =>
      void taskRouter.createWorker({
        ...{ name: `desk ${phone} ${activity ?? ''}`, attributes: { phone } },
        ...(activity !== undefined && { activity }),
      });
    desk('+12025550170', 'Offline');
    desk('+12025550171');
    desk('+12025550171', 'Break');
    chat.optOut({ address: '+12025550172', proxyAddress: goodMessage.fromNumber });
    chat.refuseNumber('+12025550173', 21_211);
    chat.loseMessagesTo('+12025550174', 30_006);
    await askForSms(run, { body: customer(7), headers: { 'idempotency-key': 'taken' } });
    const alone = (toNumber: string) => ({ ...goodMessage, toNumber, message: 'Good day', agent: false });

    const kinds: readonly (readonly [number, string, RegExp, Parameters<typeof askForSms>[1]])[] = [
      [415, 'wrong-content-type', /send application\/json/, { headers: { 'content-type': 'text/plain' } }],
      [413, 'body-too-large', /bytes/, { body: { ...goodMessage, toName: 'A'.repeat(20_000) } }],
      [400, 'not-json', /quote|comma/, { body: '{"fromNumber": "+1202' }],
      [400, 'not-an-object', /Send one object/, { body: [goodMessage] }],
      [400, 'invalid-request', /fromNumber, toName, toNumber/, { body: {} }],
      [400, 'invalid-request', /toNumber/, { body: { ...goodMessage, toNumber: '2025550187' } }],
      [400, 'invalid-request', /to_number/, { body: { ...goodMessage, to_number: '+12025550187' } }],
      [400, 'invalid-request', /message/, { body: { ...goodMessage, agent: false } }],
      [400, 'idempotency-key-invalid', /visible ASCII/, { headers: { 'idempotency-key': 'a key' } }],
      [422, 'idempotency-key-reused', /new key/, { body: customer(8), headers: { 'idempotency-key': 'taken' } }],
      [409, 'no-worker-for-number', /Give it to the agent/, { body: { ...goodMessage, fromNumber: '+12025550179' } }],
      [
        409,
        'several-workers-for-number',
        /Leave it to one of them/,
        { body: { ...goodMessage, fromNumber: '+12025550171' } },
      ],
      [409, 'worker-unavailable', /Offline/, { body: { ...goodMessage, fromNumber: '+12025550170' } }],
      [422, 'recipient-opted-out', /STOP/, { body: alone('+12025550172') }],
      [422, 'invalid-to-number', /country code/, { body: alone('+12025550173') }],
      [422, 'to-number-cannot-receive', /landline/, { body: alone('+12025550174') }],
    ];
    const answers: Answered[] = [];
    for (const [, , , asking] of kinds) {
      answers.push(await askForSms(run, asking));
      await run.seconds(1);
    }

    expect(answers.map((answered) => [answered.status, problemOf(answered)])).toEqual(
      kinds.map(([status, name]) => [status, name]),
    );
    for (const [place, { headers, body }] of answers.entries()) {
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(JSON.stringify([body['detail'], body['errors']])).toMatch(kinds[place]?.[2] ?? 'no such kind');
      expect(body['instance']).toBe(`urn:flex-task-pipeline:request:${headers.get('x-amz-apigw-id')}`);
    }
    expect(new Set(answers.map(({ body }) => JSON.stringify([body['detail'], body['errors']]))).size).toBe(16);
    expect(answers.slice(-3).map(({ body }) => body['twilio'])).toEqual(
      [21_610, 21_211, 30_006].map((code) => expect.objectContaining({ code })),
    );
  }, 60_000);

  it('says nothing of Twilio’s absence but "come again", and what is asked again is sent once', async () => {
    const asking = { body: customer(9), headers: { 'idempotency-key': 'order-4713' } };
    run.twilio.faults.next(50, {}, { kind: 'answer', status: 503 });
    const first = await askForSms(run, asking);
    run.twilio.faults.clear();

    const repeat = await askForSms(run, asking);

    expect([first.status, problemOf(first)]).toEqual([503, 'twilio-unavailable']);
    expect(first.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(repeat.status).toBe(200);
  });
});
