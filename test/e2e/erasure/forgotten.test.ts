import type { ConversationSid, RecordingSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { NewParticipant } from '../../../local/twilio/simulator.ts';
import { account, startPipelineRun, workspace } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { endCall } from '../../support/e2e/recorded-call.ts';
import { runCli } from '../../support/e2e/run-cli.ts';
import { sendWebhook } from '../../support/e2e/send-webhook.ts';
import { wholeStore } from '../../support/e2e/whole-store.ts';
import type { Kept } from '../../support/e2e/whole-store.ts';
import { sids } from '../../support/example-sids.ts';
import { twilioSignature } from '../../support/runtime/twilio-signature.ts';

/** Invented people, each unlike anything else that is written. */
interface Person {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}
const ada: Person = { name: 'Ada Forgotten', phone: '+12025550187', email: 'ada.forgotten@example.com' };
const grace: Person = { name: 'Grace Remembered', phone: '+12025550164', email: 'grace.remembered@example.com' };

/** As it may be written anywhere: with its country or without, its address in any case, in latin1 or escaped. */
const tracesOf = ({ name, phone, email }: Person): readonly string[] => [name, phone.slice(2), email];

interface Life {
  readonly tasks: readonly TaskSid[];
  readonly recordings: readonly RecordingSid[];
  readonly conversation: ConversationSid;
  readonly sounds: readonly string[];
}

const fourDaysSeconds = 4 * 24 * 3_600;

describe('a person who asks to be forgotten', () => {
  let run: PipelineRun;
  let adas: Life;
  let graces: Life;
  let before: readonly Kept[] = [];
  let erasureId = '';

  beforeAll(async () => {
    run = await startPipelineRun({ rules: 'property-management' });
    run.twilio.deliverTo({
      ...{ publicUrl: run.cloud.publicUrl, apiUrl: run.cloud.apiUrl },
      transports: [{ kind: 'event-streams' }, { kind: 'recording-events' }, { kind: 'conference-events' }],
    });
    adas = await liveWith(run, ada);
    graces = await liveWith(run, grace);
    for (const person of [ada, grace]) await putAside(run, person, person === ada ? 51 : 61);
    await run.quiet();
    await run.seconds(fourDaysSeconds);
    // What was put aside so far is moved to parked/.
    await reconcile(run);
    for (const person of [ada, grace]) await putAside(run, person, person === ada ? 71 : 81);
    await run.quiet();
    before = await wholeStore(run);
  }, 240_000);
  afterAll(() => run.close());

  it('is all over the place at first: in S3, in the ledger, in dead letters, quarantine and parked messages', () => {
    const places = new Set(found(before, tracesOf(ada)).map((where) => where.split(' ')[0]));
    expect([...places].toSorted()).toEqual(expect.arrayContaining(['ledger', 's3', 'sqs']));
    expect(found(before, tracesOf(ada)).filter((where) => where.startsWith('s3 parked/')).length).toBeGreaterThan(0);
    const quarantine = run.cloud.queue('quarantine').arn.split(':').at(-1) ?? '';
    expect(found(before, tracesOf(ada)).some((where) => where.startsWith(`sqs ${quarantine} `))).toBe(true);

    const sounds = before.filter(({ sha256 }) => adas.sounds.includes(sha256));
    expect(sounds.length).toBeGreaterThanOrEqual(adas.recordings.length);
  });

  it('is erased by a command that neither prints nor keeps the number', async () => {
    const typed = ['erase', '--phone', ada.phone, '--email', ada.email, '--who', 'Operator', '--why', 'DSR-17'];
    const asked = await runCli(run, [...typed, '--yes', '--detach']);

    expect(asked).toMatchObject({ exitCode: 0, answer: { state: 'open' } });
    expect(`${JSON.stringify(asked.answer)}${asked.stderr}`).not.toContain(ada.phone.slice(2));
    erasureId = idOf(asked.answer);
    await run.quiet();
    await run.seconds(17 * 60);
    await reconcile(run);
    // reconcile's message of an erasure waits a minute for its own look through the queues.
    await run.seconds(90);
    await run.quiet();
    const certificate = await runCli(run, ['erase', 'status', erasureId]);
    expect(certificate.answer).toMatchObject({ state: 'finished' });
  }, 120_000);

  it('is then nowhere: in no object or version, item, message, file or line, and neither is any sound of theirs', async () => {
    const after = await wholeStore(run);

    expect(found(after, tracesOf(ada))).toEqual([]);
    expect(after.filter(({ sha256 }) => adas.sounds.includes(sha256)).map(({ where }) => where)).toEqual([]);
    const named = [...adas.recordings, adas.conversation];
    expect(after.filter(({ where }) => where.startsWith('s3') && named.some((sid) => where.includes(sid)))).toEqual([]);
  }, 60_000);

  it('is gone at Twilio as well', () => {
    for (const sid of adas.recordings) expect(run.twilio.voice.recording(sid)?.status).toBe('deleted');
    expect(run.twilio.chat.conversation(adas.conversation)).toBeUndefined();
  });

  it('has left everybody else’s things as they were, byte for byte', async () => {
    const after = await wholeStore(run);
    const ofGrace = (all: readonly Kept[]): readonly string[] =>
      all
        .filter(({ where }) => where.startsWith('s3') || where.startsWith('sqs') || where.startsWith('ledger'))
        .filter((one) => isOf(one, graces) || found([one], tracesOf(grace)).length > 0)
        .map(({ where, sha256 }) => `${where} ${sha256}`)
        .toSorted();

    expect(ofGrace(before).length).toBeGreaterThan(10);
    expect(ofGrace(after)).toEqual(ofGrace(before));
  }, 60_000);

  it('does not come back when every old message is delivered again', async () => {
    const again = await run.twilio.playDeliveriesAgain();
    await run.quiet();
    await run.seconds(3 * 3_600);
    await reconcile(run);

    const after = await wholeStore(run);

    expect(again).toBeGreaterThan(20);
    expect(found(after, tracesOf(ada))).toEqual([]);
    expect(after.filter(({ sha256 }) => adas.sounds.includes(sha256)).map(({ where }) => where)).toEqual([]);
    for (const sid of adas.recordings)
      expect((await run.operator.ledger.readRecording(sid))?.erasure.state).toBe('erased');
  }, 120_000);

  it('has a certificate that says what went, and nothing of them', async () => {
    const { answer } = await runCli(run, ['erase', 'certificate', erasureId]);

    const text = JSON.stringify(answer);
    expect(text).toContain('lastCopyEndsAt');
    for (const sid of [...adas.recordings, adas.conversation, ...adas.tasks]) expect(text).toContain(sid);
    expect(tracesOf(ada).filter((trace) => text.includes(trace))).toEqual([]);
  }, 30_000);
});

/** Where any of the traces is found. */
function found(all: readonly Kept[], traces: readonly string[]): readonly string[] {
  const wanted = traces.map((trace) => trace.toLowerCase());
  return all
    .filter(({ texts }) => texts.some((text) => wanted.some((trace) => text.toLowerCase().includes(trace))))
    .map(({ where }) => where);
}

function isOf({ where }: Kept, { tasks, recordings, conversation }: Life): boolean {
  return [...tasks, ...recordings, conversation].some((sid) => where.includes(sid));
}

async function reconcile(run: PipelineRun): Promise<void> {
  await run.cloud.invoke('reconcile', {});
  await run.quiet();
}

/** Two calls and a chat of one person, from the first ring to the settled ledger. */
async function liveWith(run: PipelineRun, person: Person): Promise<Life> {
  const calls = [await call(run, person), await call(run, person)];
  const chat = await write(run, person, { identity: person.email });
  await run.quiet();
  await run.seconds(600);
  await reconcile(run);
  return {
    tasks: [...calls.map(({ taskSid }) => taskSid), chat.taskSid],
    recordings: calls.map(({ recordingSid }) => recordingSid),
    conversation: chat.conversationSid,
    sounds: await Promise.all(calls.map(({ recordingSid }) => run.twilio.media.sha256(recordingSid, 1))),
  };
}

async function call(run: PipelineRun, person: Person) {
  const { taskRouter, voice } = run.twilio;
  const customerCallSid = voice.startCall();
  const taskSid = taskRouter.createTask({
    attributes: {
      ...{ type: 'inbound', direction: 'inbound', from: person.phone, name: person.name, call_sid: customerCallSid },
      customers: { email: person.email, phone: person.phone, name: person.name },
      conversations: { segment_link: `https://recordings.example.com/?caller=${encodeURIComponent(person.phone)}` },
    },
    ...{ channel: 'voice', queue: 'Sales', workflow: 'Assign to anyone' },
  });
  const reservationSid = taskRouter.reserve(
    taskSid,
    taskRouter.createWorker({ name: `agent-${taskSid}`, attributes: {} }),
  );
  await run.seconds(3);
  taskRouter.accept(reservationSid);
  const conferenceSid = voice.startConference({ taskSid, customerCallSid });
  voice.join(conferenceSid, 'worker');
  const recordingSid = voice.startRecording({ conferenceSid, channels: 1, callbacks: true });
  await run.seconds(2);
  await endCall(run, { taskSid, reservationSid, conferenceSid, recordingSid });
  return { taskSid, recordingSid };
}

async function write(run: PipelineRun, person: Person, customer: NewParticipant) {
  const { chat, taskRouter } = run.twilio;
  const conversationSid = chat.start();
  const by = chat.join(conversationSid, customer);
  const taskSid = taskRouter.createTask({
    attributes: { channelSid: conversationSid, channelType: 'web', name: person.name, rdJson: { email: person.email } },
    ...{ channel: 'chat', queue: 'Leasing', workflow: 'Assign to anyone' },
  });
  const reservationSid = taskRouter.reserve(
    taskSid,
    taskRouter.createWorker({ name: `agent-${taskSid}`, attributes: {} }),
  );
  taskRouter.accept(reservationSid);
  chat.say(conversationSid, { by, body: `This is ${person.name}, call me at ${person.phone}` });
  await run.seconds(10);
  taskRouter.wrapUp(reservationSid);
  chat.setState(conversationSid, 'closed');
  taskRouter.completeTask(taskSid, 'done');
  return { taskSid, conversationSid };
}

/** A dead letter, by a task that nobody can read, and a quarantined message, by a forged signature; both of nobody's known task. */
async function putAside(run: PipelineRun, { name, phone, email }: Person, n: number): Promise<void> {
  const fields = {
    ...{ AccountSid: account, WorkspaceSid: workspace, TaskSid: sids.task(n), EventType: 'task.created' },
    ...{ Sid: sids.event(n), Timestamp: '1804147200' },
    TaskAttributes: JSON.stringify([{ from: phone, name, email }]),
  };
  const route = 'twilio/task-events';
  const genuine = twilioSignature(run.secrets.authToken, `${run.cloud.publicUrl}/${route}`, Object.entries(fields));
  for (const signature of [genuine, 'forged']) {
    await sendWebhook(run, {
      ...{ route, body: String(new URLSearchParams(fields)) },
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['X-Twilio-Signature', signature],
      ],
    });
  }
}

function idOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'erasureId' in answer) return String(answer.erasureId);
  throw new Error('the command did not name the erasure');
}
