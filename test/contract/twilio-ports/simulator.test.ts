import * as z from 'zod/mini';
import { accountSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { Secret } from '../../../lambdas/shared/runtime/secret.ts';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { startClock } from '../../../local/clock.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { recordingsSuite } from './recordings-suite.ts';
import { tasksSuite } from './tasks-suite.ts';

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
    workflowSid: () => workflowOf(twilio),
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
    newRunning: async () => twilio.voice.startRecording({ callSid: twilio.voice.startCall(), channels: 1 }),
    async newAbsent() {
      const recordingSid = twilio.voice.startRecording({ callSid: twilio.voice.startCall(), channels: 1 });
      twilio.voice.stopRecording(recordingSid, { kind: 'absent', processingMs: 0 });
      return recordingSid;
    },
    withoutLength: () => twilio.media.declareLength(false),
  }));
});

/** The SID of the workflow `Assign`, as a task that goes through it shows it. */
async function workflowOf({ url, taskRouter }: TwilioSimulator): Promise<string> {
  const taskSid = taskRouter.createTask({ attributes: {}, channel: 'voice', queue: 'Everyone', workflow: 'Assign' });
  const basic = Buffer.from(`${apiKey.apiKeySid}:${apiKey.apiKeySecret}`).toString('base64');
  const answer = await fetch(`${url}/v1/Workspaces/${workspace}/Tasks/${taskSid}`, {
    headers: { Authorization: `Basic ${basic}` },
  });
  const { workflow_sid: workflowSid } = z.parse(z.object({ workflow_sid: z.string() }), await answer.json());
  return workflowSid;
}
