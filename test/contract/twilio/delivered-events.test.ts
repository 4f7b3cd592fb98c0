import { createHmac } from 'node:crypto';
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Transport } from '../../../local/twilio/delivery/delivery-target.ts';
import { account, startAccount, talk, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks, type CaughtWebhook, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const publicUrl = 'https://events.example.org/v1';

describe('an event that the simulator delivers', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
  });
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const deliverBy = (...transports: readonly Transport[]): void =>
    under.twilio.deliverTo({ publicUrl, apiUrl: `${catcher.url}/v1`, transports });
  const formOf = (caught: CaughtWebhook): Record<string, string> =>
    Object.fromEntries(new URLSearchParams(caught.body));
  const forms = (): readonly Record<string, string>[] => catcher.caught.map(formOf);
  const signatureOf = (caught: CaughtWebhook): string => String(caught.headers['x-twilio-signature']);

  it('as a workspace callback is a form that Twilio’s own validator accepts over the public URL', async () => {
    deliverBy({ kind: 'task-events' });

    talk(under);
    await under.twilio.settled();

    expect(catcher.caught.length).toBeGreaterThan(5);
    for (const caught of catcher.caught) {
      expect(caught.url).toBe('/v1/twilio/task-events');
      expect(caught.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=UTF-8');
      expect(
        validateRequest(account.authToken, signatureOf(caught), `${publicUrl}/twilio/task-events`, formOf(caught)),
      ).toBe(true);
    }
  });

  it('has the fields of Twilio’s reference', async () => {
    deliverBy({ kind: 'task-events', events: ['task.created', 'reservation.accepted'] });

    const { task, reservation, worker } = talk(under);
    await under.twilio.settled();

    const byType = Object.fromEntries(forms().map((form) => [form['EventType'], form]));
    expect(byType['task.created']).toEqual({
      ...{ EventType: 'task.created', AccountSid: account.accountSid, WorkspaceSid: account.workspaceSid },
      ...{
        WorkspaceName: 'Flex Task Assignment',
        EventDescription: expect.any(String),
        Sid: expect.stringMatching(/^EV[0-9a-f]{32}$/),
      },
      ...{ ResourceType: 'task', ResourceSid: task, Timestamp: '1795161600', TimestampMs: '1795161600000' },
      ...{
        TaskSid: task,
        TaskAttributes: expect.stringMatching(/^\{"type":"inbound"/),
        TaskAge: '0',
        TaskPriority: '0',
      },
      ...{ TaskAssignmentStatus: 'pending', TaskCanceledReason: '', TaskCompletedReason: '' },
      ...{ TaskChannelSid: expect.stringMatching(/^TC/), TaskChannelUniqueName: 'voice' },
      ...{ WorkflowSid: expect.stringMatching(/^WW/), WorkflowName: 'Incoming' },
    });
    expect(byType['reservation.accepted']).toMatchObject({
      ...{ ResourceType: 'reservation', ResourceSid: reservation, ReservationSid: reservation, TaskSid: task },
      ...{ TaskQueueSid: under.twilio.taskRouter.queueSid('Sales'), TaskQueueName: 'Sales', WorkerSid: worker },
      ...{ WorkerName: 'ada', WorkerAttributes: '{"full_name":"Ada Example"}', WorkerActivityName: 'Available' },
    });
  });

  it('as a CloudEvent is an array that Twilio’s own validator accepts with its body hash', async () => {
    deliverBy({ kind: 'event-streams' });

    talk(under);
    await under.twilio.settled();

    expect(catcher.caught.length).toBeGreaterThan(5);
    for (const caught of catcher.caught) {
      const url = publicUrl + caught.url.slice('/v1'.length);
      expect(caught.headers['content-type']).toBe('application/json');
      expect(validateRequestWithBody(account.authToken, signatureOf(caught), url, caught.body)).toBe(true);
      expect(JSON.parse(caught.body)).toHaveLength(1);
    }
  });

  it('has the shape of schema TaskRouter.WDSEvent 4, in snake case, `eventtype` in one word', async () => {
    deliverBy({ kind: 'event-streams', events: ['reservation.accepted'] });

    const { task, reservation } = talk(under);
    await under.twilio.settled();

    const [event] = cloudEvents(catcher);
    expect(event).toMatchObject({
      ...{ specversion: '1.0', type: 'com.twilio.taskrouter.reservation.accepted' },
      ...{ dataschema: 'https://events-schemas.twilio.com/TaskRouter.WDSEvent/4', datacontenttype: 'application/json' },
      data: {
        ...{ name: 'ReservationAccepted', account_sid: account.accountSid, timestamp: '2026-11-20T08:00:00.000Z' },
        payload: {
          ...{ eventtype: 'reservation.accepted', task_sid: task, reservation_sid: reservation, task_age: 0 },
          ...{ workspace_sid: account.workspaceSid, task_queue_name: 'Sales', task_channel_unique_name: 'voice' },
          ...{ task_version: 2, task_date_created: '2026-11-20T08:00:00.000Z', task_completed_reason: null },
          task_attributes: expect.stringMatching(/^\{"type":"inbound"/),
        },
      },
    });
  });

  it('has its data as a JSON text when asked for that', async () => {
    deliverBy({ kind: 'event-streams', events: ['task.created'], dataAs: 'text' });

    const { task } = talk(under);
    await under.twilio.settled();

    const [event] = cloudEvents(catcher);
    expect(JSON.parse(String(event?.['data']))).toMatchObject({
      payload: { eventtype: 'task.created', task_sid: task },
    });
  });

  it('is the same EV… on both transports', async () => {
    deliverBy({ kind: 'task-events', events: ['task.created'] }, { kind: 'event-streams', events: ['task.created'] });

    talk(under);
    await under.twilio.settled();

    const classic = catcher.caught.find((caught) => caught.url.includes('task-events'));
    const streamed = catcher.caught.find((caught) => caught.url.includes('event-streams'));
    expect(JSON.parse(streamed?.body ?? '')).toMatchObject([
      { data: { payload: { sid: formOf(classic ?? nothing)['Sid'] } } },
    ]);
  });

  it('of a recording is a form with its conference or its call, and its length only at the end', async () => {
    deliverBy({ kind: 'recording-events' });
    const { conference, workerCall } = talk(under);

    const native = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 2 });
    await under.twilio.settled();
    under.clock.advance(61_000);
    under.twilio.voice.stopRecording(native);
    under.clock.advance(4_000);
    await under.twilio.settled();
    const leg = under.twilio.voice.startRecording({ callSid: workerCall, channels: 1 });
    under.twilio.voice.stopRecording(leg, { kind: 'absent', processingMs: 0 });
    under.clock.advance(0);
    await under.twilio.settled();

    const common = { AccountSid: account.accountSid, RecordingTrack: 'both' };
    const ofNative = {
      ...{
        ...common,
        ConferenceSid: conference,
        RecordingSid: native,
        RecordingChannels: '2',
        RecordingSource: 'Conference',
      },
      ...{
        RecordingUrl: under.twilio.voice.recordingUrl(native),
        RecordingStartTime: 'Fri, 20 Nov 2026 08:00:00 +0000',
      },
    };
    expect(forms().slice(0, 2)).toEqual([
      { ...ofNative, RecordingStatus: 'in-progress' },
      { ...ofNative, RecordingStatus: 'completed', RecordingDuration: '61' },
    ]);
    const ofLeg = forms().filter((form) => form['RecordingSid'] === leg);
    expect(ofLeg.map((form) => [form['RecordingStatus'], form['CallSid'], form['ErrorCode']]).sort()).toEqual([
      ['absent', workerCall, '16101'],
      ['in-progress', workerCall, undefined],
    ]);
    for (const caught of catcher.caught) {
      expect(
        validateRequest(account.authToken, signatureOf(caught), `${publicUrl}/twilio/recording-events`, formOf(caught)),
      ).toBe(true);
    }
  });

  it('of a recording without callbacks is never sent', async () => {
    deliverBy({ kind: 'recording-events' });
    const { conference } = talk(under);

    const sid = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1, callbacks: false });
    under.twilio.voice.stopRecording(sid);
    under.clock.advance(4_000);
    await under.twilio.settled();

    expect(under.twilio.voice.recording(sid)?.status).toBe('completed');
    expect(catcher.caught).toEqual([]);
  });

  it('of a worker says which activity was left and how long it had lasted', async () => {
    deliverBy({ kind: 'task-events', events: ['worker.activity.update', 'worker.attributes.update'] });
    const worker = under.twilio.taskRouter.createWorker({ name: 'ada', attributes: {} });
    under.clock.advance(90_500);

    under.twilio.taskRouter.setActivity(worker, 'Break');
    await under.twilio.settled();
    under.twilio.taskRouter.setWorkerAttributes(worker, { full_name: 'Ada Example' });
    await under.twilio.settled();

    expect(forms()).toMatchObject([
      {
        ...{ EventType: 'worker.activity.update', WorkerSid: worker, WorkerActivityName: 'Break' },
        ...{ WorkerPreviousActivityName: 'Available', WorkerTimeInPreviousActivity: '90' },
        ...{ WorkerTimeInPreviousActivityMs: '90500' },
      },
      {
        EventType: 'worker.attributes.update',
        WorkerAttributes: '{"full_name":"Ada Example"}',
        WorkerActivityName: 'Break',
      },
    ]);
  });

  it.each([
    ['a workspace callback', 'task-events'],
    ['Event Streams', 'event-streams'],
  ] as const)('of a transfer says by %s who gave the task to whom, and how', async (_by, kind) => {
    deliverBy({ kind, events: ['task.transfer-initiated'] });
    const { task, reservation, worker } = talk(under);
    const other = under.twilio.taskRouter.createWorker({ name: 'bob', attributes: {} });
    const { taskRouter } = under.twilio;

    taskRouter.initiateTransfer({ taskSid: task, from: reservation, mode: 'WARM', to: { workerSid: other } });
    taskRouter.initiateTransfer({ taskSid: task, from: reservation, mode: 'COLD', to: { queue: 'Sales' } });
    await under.twilio.settled();

    const told =
      kind === 'task-events'
        ? forms().map((form) => [
            form['TransferMode'],
            form['TransferType'],
            form['TransferTo'],
            form['TransferInitiatingWorkerSid'],
          ])
        : catcher.caught.map(transferOf);
    expect(told.sort()).toEqual([
      ['COLD', 'QUEUE', taskRouter.queueSid('Sales'), worker],
      ['WARM', 'WORKER', other, worker],
    ]);
  });

  it.each([
    ['task.completed', 'task_completed_reason', 'TaskCompletedReason'],
    ['task.canceled', 'task_canceled_reason', 'TaskCanceledReason'],
  ] as const)('of type %s says why, by both transports', async (eventType, inStream, inForm) => {
    deliverBy({ kind: 'task-events', events: [eventType] }, { kind: 'event-streams', events: [eventType] });
    const { taskRouter } = under.twilio;

    if (eventType === 'task.completed') taskRouter.completeTask(talk(under).task, 'appointment set');
    else
      taskRouter.cancelTask(
        taskRouter.createTask({ attributes: {}, channel: 'voice', queue: 'Sales', workflow: 'Incoming' }),
        'appointment set',
      );
    await under.twilio.settled();

    expect(forms().filter((form) => form[inForm] === 'appointment set')).toHaveLength(1);
    const streamed = catcher.caught.filter(({ url }) => url.includes('event-streams'));
    expect(streamed.map(({ body }) => JSON.parse(body))).toMatchObject([
      [{ data: { payload: { [inStream]: 'appointment set' } } }],
    ]);
  });

  it('of another workspace says so', async () => {
    deliverBy({ kind: 'task-events', events: ['task.created'] });
    const foreign = workspaceSid('WS00000000000000000000000000000002');

    under.twilio.taskRouter.createTask({
      attributes: {},
      channel: 'chat',
      queue: 'Q',
      workflow: 'W',
      workspaceSid: foreign,
    });
    await under.twilio.settled();

    expect(forms()).toMatchObject([{ WorkspaceSid: foreign, AccountSid: account.accountSid }]);
  });

  it('is signed with the new token from the rotation on', async () => {
    deliverBy({ kind: 'task-events', events: ['task.created'] });
    under.twilio.rotateAuthToken('the-next-token');

    talk(under);
    await under.twilio.settled();

    const [caught = nothing] = catcher.caught;
    const check = (token: string): boolean =>
      validateRequest(token, signatureOf(caught), `${publicUrl}/twilio/task-events`, formOf(caught));
    expect([check('the-next-token'), check(account.authToken)]).toEqual([true, false]);
  });

  it('that is forged is refused by Twilio’s own validator, whichever way it is forged', async () => {
    under.twilio.deliverTo({
      ...{ publicUrl, apiUrl: `${catcher.url}/v1`, transports: [{ kind: 'task-events', events: ['task.created'] }] },
      policy: () => [
        { afterMs: 0, forged: 'signature' },
        { afterMs: 0, forged: 'body' },
        { afterMs: 0, forged: 'unsigned' },
      ],
    });

    talk(under);
    await under.twilio.settled();

    expect(catcher.caught).toHaveLength(3);
    expect(catcher.caught.filter((caught) => caught.headers['x-twilio-signature'] === undefined)).toHaveLength(1);
    for (const caught of catcher.caught) {
      const signature = caught.headers['x-twilio-signature'] === undefined ? '' : signatureOf(caught);
      expect(validateRequest(account.authToken, signature, `${publicUrl}/twilio/task-events`, formOf(caught))).toBe(
        false,
      );
    }
    expect(under.twilio.deliveryCounts()).toMatchObject({ emitted: 1, forgedSent: 3, delivered: 0 });
  });

  it('has a signature that anybody can compute by hand', async () => {
    deliverBy({ kind: 'recording-events', statuses: ['in-progress'] });
    const { conference } = talk(under);

    const sid = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });
    await under.twilio.settled();

    const text =
      `https://events.example.org/v1/twilio/recording-eventsAccountSid${account.accountSid}ConferenceSid${conference}` +
      `RecordingChannels1RecordingSid${sid}RecordingSourceConferenceRecordingStartTimeFri, 20 Nov 2026 08:00:00 +0000` +
      `RecordingStatusin-progressRecordingTrackbothRecordingUrlhttps://api.twilio.com/2010-04-01/Accounts/` +
      `${account.accountSid}/Recordings/${sid}`;
    const [caught = nothing] = catcher.caught;
    expect(signatureOf(caught)).toBe(createHmac('sha1', account.authToken).update(text).digest('base64'));
  });
});

const nothing: CaughtWebhook = { url: '', headers: {}, body: '' };

function transferOf({ body }: CaughtWebhook): readonly unknown[] {
  const [event]: readonly [{ readonly data: { readonly payload: Record<string, unknown> } }] = JSON.parse(body);
  const { payload } = event.data;
  return ['transfer_mode', 'transfer_type', 'transfer_to', 'transfer_initiating_worker_sid'].map((key) => payload[key]);
}

function cloudEvents(catcher: WebhookCatcher): readonly Record<string, unknown>[] {
  return catcher.caught.flatMap((caught): readonly Record<string, unknown>[] => JSON.parse(caught.body));
}
