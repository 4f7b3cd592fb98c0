import { generateKeyPairSync } from 'node:crypto';
import { twilioCalls } from '../../../lambdas/shared/adapters/twilio/calls.ts';
import { twilioConferences } from '../../../lambdas/shared/adapters/twilio/conferences.ts';
import { twilioConversations } from '../../../lambdas/shared/adapters/twilio/conversations.ts';
import { twilioRecordingList } from '../../../lambdas/shared/adapters/twilio/recording-list.ts';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import type { TwilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { twilioWorkers } from '../../../lambdas/shared/adapters/twilio/workers.ts';
import { workerSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../../../local/clock.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import type { CallsWorld } from './calls-suite.ts';
import type { ConferencesWorld } from './conferences-suite.ts';
import { agentWords, customerWords, editedWords, photo } from './conversations-suite.ts';
import type { ConversationsWorld } from './conversations-suite.ts';
import type { RecordingListWorld } from './recording-list-suite.ts';
import type { RecordingsWorld } from './recordings-suite.ts';
import type { TasksWorld } from './tasks-suite.ts';
import type { WorkersWorld } from './workers-suite.ts';

/** A simulator of the example account, its clock, and a client that reaches it. */
export interface RestWorld {
  readonly twilio: TwilioSimulator;
  readonly clock: Clock;
  readonly client: TwilioClient;
}

const inEveryone = { attributes: {}, channel: 'voice', queue: 'Everyone', workflow: 'Assign' } as const;

export const restTasks = async ({ twilio: { taskRouter }, client }: RestWorld): Promise<TasksWorld> => ({
  tasks: twilioTasks(client, account.workspaceSid),
  newTask: async (attributes) => taskRouter.createTask({ ...inEveryone, attributes: JSON.parse(attributes) }),
  async changeElsewhere(taskSid, attributes) {
    taskRouter.writeAttributes(taskSid, JSON.parse(attributes), { by: 'plug-in' });
  },
  remove: async (taskSid) => taskRouter.deleteTask(taskSid),
  workflowSid: async () => taskRouter.createWorkflow({ name: 'Assign', queue: 'Everyone' }),
});

export const restWorkers = async ({ twilio: { taskRouter }, client }: RestWorld): Promise<WorkersWorld> => ({
  workers: twilioWorkers(client, account.workspaceSid),
  newWorker: async (name, attributes) =>
    taskRouter.createWorker({ name, attributes: JSON.parse(attributes), activity: 'Available' }),
  changeElsewhere: async (sid, attributes) => taskRouter.setWorkerAttributes(sid, JSON.parse(attributes)),
  absentWorker: async () => workerSid(`WK${'f'.repeat(32)}`),
});

export const restCalls = async ({ twilio: { voice }, client }: RestWorld): Promise<CallsWorld> => ({
  calls: twilioCalls(client),
  accountSid: account.accountSid,
  async newCall({ direction, ...ends }) {
    const words = { inbound: 'inbound', outbound: 'outbound-dial', unsaid: 'trunking-originating' } as const;
    return voice.startCall({ ...ends, direction: words[direction ?? 'unsaid'] });
  },
});

export async function restConferences({ twilio, client }: RestWorld): Promise<ConferencesWorld> {
  const { taskRouter, voice } = twilio;
  const begin = () => {
    const customerCallSid = voice.startCall();
    const taskSid = taskRouter.createTask(inEveryone);
    const conferenceSid = voice.startConference({ taskSid, customerCallSid });
    voice.join(conferenceSid, 'worker');
    return { conferenceSid, taskSid, customerCallSid };
  };
  return {
    conferences: twilioConferences(client),
    accountSid: account.accountSid,
    newRunning: async () => begin(),
    async newEndedByCustomer() {
      const begun = begin();
      voice.hangUp(begun.conferenceSid, begun.customerCallSid);
      return begun;
    },
  };
}

export async function restRecordings({ twilio, client }: RestWorld): Promise<RecordingsWorld> {
  const { taskRouter, voice, media } = twilio;
  return {
    recordings: twilioRecordings(client),
    accountSid: account.accountSid,
    async newFinished({ channels, durationSeconds }) {
      const customerCallSid = voice.startCall();
      const conferenceSid = voice.startConference({ taskSid: taskRouter.createTask(inEveryone), customerCallSid });
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
      const call = { callSid: voice.startCall(), channels: 1 } as const;
      const recordingSid = voice.placeRecording({ ...call, durationSeconds: 1, encryption });
      const sha256 = (): string => media.served(recordingSid)?.sha256 ?? '';
      // A second of one channel, a header of 44 bytes and a tag of 16.
      return { recordingSid, sizeBytes: 16_060, sha256 };
    },
    newRunning: async () => voice.startRecording({ callSid: voice.startCall(), channels: 1 }),
    async newAbsent() {
      const recordingSid = voice.startRecording({ callSid: voice.startCall(), channels: 1 });
      voice.stopRecording(recordingSid, { kind: 'absent', processingMs: 0 });
      return recordingSid;
    },
    withoutLength: () => media.declareLength(false),
  };
}

export async function restRecordingList({ twilio: { voice }, client }: RestWorld): Promise<RecordingListWorld> {
  const place = (startedAt: Date) =>
    voice.placeRecording({ callSid: voice.startCall(), channels: 1, durationSeconds: 3, startedAt });
  return {
    list: twilioRecordingList(client),
    accountSid: account.accountSid,
    newFinished: async (startedAt) => place(startedAt),
    async newDeleted(startedAt) {
      const recordingSid = place(startedAt);
      voice.deleteRecording(recordingSid);
      return recordingSid;
    },
  };
}

export async function restConversations({ twilio: { chat }, clock, client }: RestWorld): Promise<ConversationsWorld> {
  const nextMinute = (): void => clock.advance(60_000);
  return {
    conversations: twilioConversations(client),
    accountSid: account.accountSid,
    beganAt: new Date(clock.now()),
    async newWritten() {
      const conversationSid = chat.start();
      const agent = chat.join(conversationSid, { identity: 'ada' });
      const customer = chat.join(conversationSid, { address: '+12025550143', proxyAddress: '+15005550006' });
      for (const said of [
        { by: agent, body: agentWords },
        { by: customer, body: customerWords },
        { by: customer, media: [photo] },
        { body: 'closing' },
      ]) {
        nextMinute();
        chat.say(conversationSid, said);
      }
      nextMinute();
      const last = chat.say(conversationSid, { by: customer, body: 'Since Monday.' });
      nextMinute();
      chat.edit(conversationSid, last, editedWords);
      return { conversationSid, agent, customer };
    },
    async newLong(count) {
      const conversationSid = chat.start();
      const by = chat.join(conversationSid, { identity: 'ada' });
      for (let place = 1; place <= count; place += 1) chat.say(conversationSid, { by, body: String(place) });
      return conversationSid;
    },
    async newEmpty() {
      const conversationSid = chat.start();
      chat.setState(conversationSid, 'closed');
      return conversationSid;
    },
  };
}
