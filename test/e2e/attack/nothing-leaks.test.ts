import { GetObjectCommand } from '@aws-sdk/client-s3';
import { linkOutcome } from '../../support/e2e/call-outcome.ts';
import { account, startPipelineRun, workspace } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { endCall } from '../../support/e2e/recorded-call.ts';
import type { RecordedCall } from '../../support/e2e/recorded-call.ts';
import { runCli } from '../../support/e2e/run-cli.ts';
import { sendWebhook } from '../../support/e2e/send-webhook.ts';
import { wholeLedger } from '../../support/e2e/whole-ledger.ts';
import { sids } from '../../support/example-sids.ts';
import { bodySha256Of, twilioSignature } from '../../support/runtime/twilio-signature.ts';

/** What must not be found again: each is unlike anything else that is written. */
const person = { phone: '+12025550187', name: 'Canary Example', email: 'canary@example.com', note: 'canary-free-text' };
const personal = Object.values(person).join(' ');
const taskEvents = ['task.created', 'reservation.accepted', 'task.updated', 'task.wrapup', 'task.completed'];

/** The canaries in a text, however it was encoded into JSON. */
const found = (canaries: readonly string[], text: string): readonly string[] =>
  canaries.filter((canary) => text.includes(canary) || text.includes(JSON.stringify(canary).slice(1, -1)));

describe('after a day of genuine, broken and forged requests that carry personal data and secrets', () => {
  let run: PipelineRun;
  let call: RecordedCall;
  let link = '';
  let canaries: readonly string[] = [];

  beforeAll(async () => {
    run = await startPipelineRun({ taskEvents, rules: 'property-management' });
    call = await callOf(run);
    await run.quiet();
    await run.seconds(60);
    await run.quiet();
    link = (await linkOutcome(run, call)).link ?? '';
    await play(run, link);
    await broken(run);
    await forged(run);
    await run.quiet();
    const { authToken, apiKeySecret, apiKeySid, linkKey } = run.secrets;
    const code = new URL(link).searchParams.get('k')?.split('.')[1] ?? 'no link';
    canaries = [...Object.values(person), authToken, apiKeySecret, apiKeySid, linkKey, code, 'canary'];
  }, 120_000);
  afterAll(() => run.close());

  it('the day was one: the call is linked, archived and played', async () => {
    expect(link).toContain(call.recordingSid);
    expect(run.log.of('play-recording').join()).toContain('"status":302');
    expect(run.aws.s3.objects(run.cloud.archiveBucket, 'AC').map(({ key }) => key.slice(-4))).toEqual(['json', '.wav']);
  });

  it('no line and no metric of a function holds one', () => {
    const lines = run.cloud.functionNames.flatMap((name) => run.log.of(name));

    expect(lines.length).toBeGreaterThan(20);
    expect(found(canaries, lines.join('\n'))).toEqual([]);
  });

  it('no attribute of a message that was put aside holds one, though the messages do', () => {
    const aside = run.cloud.queues
      .filter(({ name }) => name === 'quarantine' || name.endsWith('-dead-letters'))
      .flatMap(({ arn }) => run.aws.sqs.messages(arn));

    const bodies = aside.map(({ body }) => Buffer.from(JSON.parse(body).body, 'base64').toString());

    expect(found(Object.values(person), decodeURIComponent(bodies.join().replaceAll('+', ' ')))).toEqual(
      Object.values(person),
    );
    expect(found(canaries, JSON.stringify(aside.map(({ messageAttributes }) => messageAttributes)))).toEqual([]);
  });

  it('nothing in the ledger holds one: no record, no line of a timeline, no alias, no index', async () => {
    const items = await wholeLedger(run);

    expect(items.length).toBeGreaterThan(5);
    expect(found(canaries, JSON.stringify(items))).toEqual([]);
  });

  it('nothing beside or about an archived recording holds one', async () => {
    const { archiveBucket } = run.cloud;
    run.operator.setClock();
    const told = await Promise.all(
      run.aws.s3.objects(archiveBucket, 'AC').map(async ({ key }) => {
        const { Body, Metadata } = await run.operator.s3.send(
          new GetObjectCommand({ Bucket: archiveBucket, Key: key }),
        );
        const body = (await Body?.transformToString('latin1')) ?? '';
        return [key, Metadata, key.endsWith('.json') ? body : ''];
      }),
    );

    expect(found(canaries, JSON.stringify(told))).toEqual([]);
  });

  it('what an operator counts of the messages that were put aside holds none', async () => {
    const { answer, stderr } = await runCli(run, ['redrive', 'all', '--dry-run']);

    expect(answer).toHaveProperty('dryRun', true);
    expect(found(canaries, JSON.stringify(answer) + stderr)).toEqual([]);
  }, 30_000);
});

/** A call whose attributes say everything of a customer, in every shape. */
async function callOf(run: PipelineRun): Promise<RecordedCall> {
  const { taskRouter, voice } = run.twilio;
  const customerCallSid = voice.startCall();
  const taskSid = taskRouter.createTask({
    attributes: {
      ...{ type: 'inbound', direction: 'inbound', from: person.phone, name: person.name, call_sid: customerCallSid },
      conference: { participants: { customer: person.phone } },
      customers: { email: person.email, phone: person.phone, name: person.name },
      conversations: { content: person.note, conversation_attribute_1: personal },
      [person.note]: personal,
    },
    ...{ channel: 'voice', queue: 'Sales', workflow: 'Assign to anyone' },
  });
  const workerSid = taskRouter.createWorker({ name: 'ada', attributes: { full_name: person.name } });
  const reservationSid = taskRouter.reserve(taskSid, workerSid);
  taskRouter.accept(reservationSid);
  const conferenceSid = voice.startConference({ taskSid, customerCallSid });
  voice.join(conferenceSid, 'worker');
  const recordingSid = voice.startRecording({ conferenceSid, channels: 1, callbacks: true });
  const call = { taskSid, reservationSid, conferenceSid, recordingSid };
  await run.seconds(2);
  await endCall(run, call);
  return call;
}

/** The right link, and wrong ones that carry canaries wherever a request can. */
async function play(run: PipelineRun, link: string): Promise<void> {
  const headers = { Authorization: 'Basic canary', 'User-Agent': personal, 'X-Forwarded-For': 'canary' };
  const paths = [
    link,
    `${link}&phone=${encodeURIComponent(person.phone)}`,
    `${link}canary`,
    `${run.cloud.apiUrl}/r/${sids.recording(7)}?k=k1.canary`,
    `${run.cloud.apiUrl}/r/canary?k=canary`,
    `${run.cloud.apiUrl}/canary/${encodeURIComponent(personal)}`,
  ];
  for (const path of paths) await fetch(path, { redirect: 'manual', headers });
}

/** Requests that Twilio's token signed and that nobody can use. */
async function broken(run: PipelineRun): Promise<void> {
  const task = {
    ...{ AccountSid: account, WorkspaceSid: workspace, TaskSid: sids.task(50), EventType: 'task.created' },
    ...{ Sid: sids.event(50), Timestamp: '1804147200' },
  };
  const forms: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['twilio/task-events', { ...task, TaskAttributes: `{"from":"${person.phone}"` }],
    ['twilio/task-events', { ...task, TaskAttributes: JSON.stringify([personal]) }],
    ['twilio/task-events', { ...task, Sid: person.phone, TaskAttributes: '{}', [person.note]: personal }],
    ['twilio/task-events', { ...task, TaskSid: person.phone }],
    ['twilio/task-events', { ...task, Timestamp: personal }],
    ['twilio/task-events', { ...task, EventType: person.note }],
    ['twilio/recording-events', { AccountSid: account, RecordingSid: sids.recording(50), RecordingStatus: personal }],
    ['twilio/recording-events', { AccountSid: person.name, RecordingSid: person.phone }],
  ];
  const { authToken } = run.secrets;
  const send = (
    route: string,
    type: string,
    signed: readonly (readonly [string, string])[],
    body: string,
    query = '',
  ) =>
    sendWebhook(run, {
      ...{ route, query, body },
      headers: [
        ['Content-Type', type],
        ['X-Twilio-Signature', twilioSignature(authToken, `${run.cloud.publicUrl}/${route}${query}`, signed)],
      ],
    });
  for (const [route, fields] of forms)
    await send(route, 'application/x-www-form-urlencoded', Object.entries(fields), String(new URLSearchParams(fields)));
  const bodies = [
    `[{"from":"${person.phone}"`,
    JSON.stringify([personal, { type: `com.twilio.taskrouter.${person.note}`, data: personal }]),
    JSON.stringify([
      { type: 'com.twilio.taskrouter.task.created', id: personal, data: { payload: { sid: personal } } },
    ]),
  ];
  for (const body of bodies)
    await send('twilio/event-streams', 'application/json', [], body, `?bodySHA256=${bodySha256Of(body)}`);
}

/** Requests that nobody signed, with canaries wherever a request can have them. */
async function forged(run: PipelineRun): Promise<void> {
  for (const route of ['twilio/task-events', 'twilio/event-streams', 'twilio/recording-events']) {
    await sendWebhook(run, {
      route,
      query: `?bodySHA256=canary&phone=${encodeURIComponent(person.phone)}`,
      headers: [
        ['Content-Type', `application/json; ${person.note}`],
        ['X-Twilio-Signature', 'canary-signature'],
        ['X-Forwarded-For', person.phone],
        ['Authorization', `Bearer ${run.secrets.authToken}`],
      ],
      body: JSON.stringify({ person, token: run.secrets.authToken }),
    });
  }
}
