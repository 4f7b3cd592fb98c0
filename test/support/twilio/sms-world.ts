import { createHash } from 'node:crypto';
import { sendSms } from '../../../lambdas/send-sms/handler.ts';
import { whenFailed } from '../../../lambdas/send-sms/when-failed.ts';
import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';
import { twilioConversationTasks } from '../../../lambdas/shared/adapters/twilio/conversation-tasks.ts';
import { twilioInteractions } from '../../../lambdas/shared/adapters/twilio/interactions.ts';
import { twilioOutboundConversations } from '../../../lambdas/shared/adapters/twilio/outbound-conversations.ts';
import { twilioPhoneWorkers } from '../../../lambdas/shared/adapters/twilio/phone-workers.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { EventIds } from '../../../lambdas/shared/ports/message-context.ts';
import type { HttpResponse } from '../../../lambdas/shared/ports/http.ts';
import type { RequestHash } from '../../../lambdas/shared/ports/request-hash.ts';
import { inMemorySmsRequests } from '../fakes/in-memory-sms-requests.ts';
import { startKiller } from '../journey/killable.ts';
import type { KillAt } from '../journey/killable.ts';
import { memorySecret } from '../runtime/memory-secret.ts';
import { account, startAccount } from './twilio-account.ts';
import type { TwilioUnderTest } from './twilio-account.ts';

/** The agent's number, and the customer's. */
export const agentNumber = '+12025550143';
export const customerNumber = '+12025550187';
export const order = { fromNumber: agentNumber, toName: 'Ada Example', toNumber: customerNumber };

/** Hashes that nobody can read and that are the same in every run; real ones have a key. */
const opaqueRequestHash: RequestHash = {
  of: async (purpose, texts) =>
    createHash('sha256')
      .update(`${purpose}:${JSON.stringify(texts)}`)
      .digest('hex')
      .slice(0, 32),
};

export interface Answered extends HttpResponse {
  /** The body's JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

interface SmsWorldOptions {
  readonly longLived?: boolean;
  readonly killAt?: KillAt | undefined;
  /** An account that is there already, and the base that leads to it. @default - one of its own */
  readonly account?: TwilioUnderTest & { readonly url: string };
}

/** send-sms against a simulated account with one agent, whose pauses move the clock. */
export async function startSmsWorld({ longLived = true, killAt, account: there }: SmsWorldOptions = {}) {
  const { twilio, clock } = there ?? (await startAccount());
  const { taskRouter } = twilio;
  const queueSid = taskRouter.createQueue({ name: 'Everyone' });
  const workflowSid = taskRouter.createWorkflow({ name: 'Match Worker', queue: 'Everyone' });
  const workerSid = taskRouter.createWorker({ name: 'Jamie', attributes: { phone: agentNumber } });
  const client = twilioClient({ apiKey: memorySecret(account), baseUrl: there?.url ?? twilio.url });
  const tasks = twilioTasks(client, account.workspaceSid);
  const requests = inMemorySmsRequests();
  const killer = startKiller(killAt);
  const interactions = twilioInteractions(client, account.workspaceSid, { workflowSid, queueSid, taskChannel: 'sms' });
  const conversations = twilioOutboundConversations(client);
  const measures: string[] = [];
  const notes: EventIds[] = [];
  const handle = sendSms({
    requests: { read: requests.read, save: killer.effect('save', requests.save) },
    requestHash: opaqueRequestHash,
    workers: twilioPhoneWorkers(client, account.workspaceSid),
    interactions: { ...interactions, start: killer.effect('start', interactions.start) },
    conversations: {
      ...conversations,
      forOneMessage: killer.effect('forOneMessage', conversations.forOneMessage),
      bind: killer.effect('bind', conversations.bind),
      say: killer.effect('say', conversations.say),
      reopen: killer.effect('reopen', conversations.reopen),
      close: killer.effect('close', conversations.close),
      closeAfter: killer.effect('closeAfter', conversations.closeAfter),
    },
    conversationTasks: twilioConversationTasks(client, account.workspaceSid, tasks),
    tasks,
    accountSid: account.accountSid,
    longLived,
    toE164: toE164In('US'),
    meter: { measure: ({ name, outcome }) => void measures.push(`${name} ${outcome}`) },
    now: () => new Date(clock.now()),
    pause: async (ms) => clock.advance(ms),
  });
  let requestCount = 0;
  /** As the HTTP door answers it, whatever is thrown. */
  const send = async (
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
    caller = 'crm',
  ): Promise<Answered> => {
    requestCount += 1;
    const requestId = `request-${requestCount}`;
    const request = {
      ...{ method: 'POST', pathParams: {}, query: {} },
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
    const context = { requestId, caller, note: (ids: EventIds) => void notes.push(ids) };
    const response = await handle(request, context).catch((error: unknown) => whenFailed(error, requestId));
    const json: Readonly<Record<string, unknown>> = JSON.parse(response.body);
    return { ...response, json };
  };
  return {
    ...{ twilio, clock, client, requests, killer, workerSid, measures, notes, send },
    /** How many requests were sent so far. */
    sentCount: () => requestCount,
    keyed: (key: string, body: unknown = order) => send(body, { 'idempotency-key': key }),
    /** What Twilio was asked to begin or to say, by path. */
    posts: (path: RegExp) => twilio.requests().filter((one) => one.method === 'POST' && path.test(one.path)).length,
    /** The agent takes the task. */
    accept() {
      const task = taskRouter.tasks().at(-1);
      const reservation = task?.reservations[0];
      if (task === undefined || reservation === undefined) throw new Error('there is no task to accept');
      taskRouter.accept(reservation.reservationSid);
      return task.taskSid;
    },
    stop: () => twilio.stop(),
  };
}

export type SmsWorld = Awaited<ReturnType<typeof startSmsWorld>>;
