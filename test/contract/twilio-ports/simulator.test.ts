import { generateKeyPairSync } from 'node:crypto';
import { accountSid, workerSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { Secret } from '../../../lambdas/shared/runtime/secret.ts';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioWorkers } from '../../../lambdas/shared/adapters/twilio/workers.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { startClock } from '../../../local/clock.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { recordingsSuite } from './recordings-suite.ts';
import { tasksSuite } from './tasks-suite.ts';
import { workersSuite } from './workers-suite.ts';

const account = accountSid('AC00000000000000000000000000000001');
const workspace = workspaceSid('WS00000000000000000000000000000001');
const apiKey = { apiKeySid: 'SK00000000000000000000000000000001', apiKeySecret: 'not a secret' };

describe('against the simulator', () => {
  let twilio: TwilioSimulator;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    const clock = startClock({ jumps: false, startAtEpochMs: Date.UTC(2026, 10, 20, 10) });
    twilio = await startTwilio({
      clock,
      ...apiKey,
      accountSid: account,
      workspaceSid: workspace,
      authToken: 'not a token',
    });
    stop = async () => {
      await twilio.stop();
      clock.stop();
    };
  });
  afterEach(() => stop());

  const client = () => {
    const secret = new Secret(apiKey);
    return twilioClient({ apiKey: { current: async () => secret, fresh: async () => secret }, baseUrl: twilio.url });
  };

  tasksSuite('tasks over REST', async () => ({
    tasks: twilioTasks(client(), workspace),
    newTask: async (attributes) =>
      twilio.taskRouter.createTask({
        attributes: JSON.parse(attributes),
        channel: 'voice',
        queue: 'Everyone',
        workflow: 'Assign',
      }),
    changeElsewhere: async (taskSid, attributes) => {
      twilio.taskRouter.writeAttributes(taskSid, JSON.parse(attributes), { by: 'plug-in' });
    },
    remove: async (taskSid) => twilio.taskRouter.deleteTask(taskSid),
    workflowSid: async () => twilio.taskRouter.createWorkflow({ name: 'Assign', queue: 'Everyone' }),
  }));

  workersSuite('workers over REST', async () => ({
    workers: twilioWorkers(client(), workspace),
    newWorker: async (name, attributes) =>
      twilio.taskRouter.createWorker({ name, attributes: JSON.parse(attributes), activity: 'Available' }),
    changeElsewhere: async (sid, attributes) => twilio.taskRouter.setWorkerAttributes(sid, JSON.parse(attributes)),
    absentWorker: async () => workerSid(`WK${'f'.repeat(32)}`),
  }));

  recordingsSuite('recordings over REST', async () => ({
    recordings: twilioRecordings(client()),
    accountSid: account,
    async newFinished({ channels, durationSeconds }) {
      const { taskRouter, voice, media } = twilio;
      const customerCallSid = voice.startCall();
      const taskSid = taskRouter.createTask({
        attributes: {},
        channel: 'voice',
        queue: 'Everyone',
        workflow: 'Assign',
      });
      const conferenceSid = voice.startConference({ taskSid, customerCallSid });
      const recordingSid = voice.placeRecording({ conferenceSid, callSid: customerCallSid, channels, durationSeconds });
      return {
        ...{ recordingSid, conferenceSid, callSid: customerCallSid },
        sizeBytes: { 1: media.sizeBytes(recordingSid, 1), 2: media.sizeBytes(recordingSid, 2) },
        sha256: { 1: await media.sha256(recordingSid, 1), 2: await media.sha256(recordingSid, 2) },
      };
    },
    async newSealed() {
      const { publicKey } = generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const encryption = { publicKeySid: `CR${'1'.repeat(32)}`, publicKey };
      const call = { callSid: twilio.voice.startCall(), channels: 1 } as const;
      const recordingSid = twilio.voice.placeRecording({ ...call, durationSeconds: 1, encryption });
      const sha256 = (): string => twilio.media.served(recordingSid)?.sha256 ?? '';
      // A second of one channel, a header of 44 bytes and a tag of 16.
      return { recordingSid, sizeBytes: 16_060, sha256 };
    },
    newRunning: async () => twilio.voice.startRecording({ callSid: twilio.voice.startCall(), channels: 1 }),
    async newAbsent() {
      const recordingSid = twilio.voice.startRecording({ callSid: twilio.voice.startCall(), channels: 1 });
      twilio.voice.stopRecording(recordingSid, { kind: 'absent', processingMs: 0 });
      return recordingSid;
    },
    withoutLength: () => twilio.media.declareLength(false),
  }));
});
