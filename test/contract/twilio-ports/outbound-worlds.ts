import { twilioConversationTasks } from '../../../lambdas/shared/adapters/twilio/conversation-tasks.ts';
import { twilioInteractions } from '../../../lambdas/shared/adapters/twilio/interactions.ts';
import { twilioOutboundConversations } from '../../../lambdas/shared/adapters/twilio/outbound-conversations.ts';
import { twilioPhoneWorkers } from '../../../lambdas/shared/adapters/twilio/phone-workers.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import { agentNumber } from './interactions-suite.ts';
import type { InteractionsWorld } from './interactions-suite.ts';
import type { OutboundConversationsWorld } from './outbound-conversations-suite.ts';
import type { RestWorld } from './rest-worlds.ts';

/** What send-sms asks of Twilio, of a simulator. */
export async function restInteractions({ twilio, clock, client }: RestWorld): Promise<InteractionsWorld> {
  const { taskRouter, chat } = twilio;
  const { workspaceSid } = account;
  const queueSid = taskRouter.createQueue({ name: 'Everyone' });
  const workflowSid = taskRouter.createWorkflow({ name: 'Match Worker', queue: 'Everyone' });
  const workerSid = taskRouter.createWorker({ name: 'Jamie', attributes: { phone: agentNumber } });
  const tasks = twilioTasks(client, workspaceSid);
  let workers = 1;
  return {
    interactions: twilioInteractions(client, workspaceSid, { workflowSid, queueSid, taskChannel: 'sms' }),
    conversationTasks: twilioConversationTasks(client, workspaceSid, tasks),
    phoneWorkers: twilioPhoneWorkers(client, workspaceSid),
    workerSid,
    async takeSeconds(seconds) {
      chat.takeTime({ setupMs: seconds * 1_000 });
      return { over: async () => clock.advance(seconds * 1_000) };
    },
    refuseNumber: async (number, code) => chat.refuseNumber(number, code),
    failNext: async (code) => chat.failNextInteraction(code),
    async accept(taskSid) {
      const reservation = taskRouter.task(taskSid)?.reservations[0];
      if (reservation === undefined) throw new Error(`${taskSid} is offered to nobody`);
      taskRouter.accept(reservation.reservationSid);
    },
    endChat: async (taskSid, keepOpen) => chat.endChat(taskSid, { keepOpen }),
    makeUnavailable: async () => taskRouter.setActivity(workerSid, 'Break'),
    attributesOf: async (taskSid) => JSON.parse(taskRouter.task(taskSid)?.attributes ?? ''),
    async newWorker(phone) {
      workers += 1;
      return taskRouter.createWorker({ name: `Worker ${workers}`, attributes: { phone } });
    },
  };
}

export async function restOutboundConversations({
  twilio: { chat },
  clock,
  client,
}: RestWorld): Promise<OutboundConversationsWorld> {
  return {
    conversations: twilioOutboundConversations(client),
    bodiesIn: async (sid) => chat.conversation(sid)?.messages.map(({ body }) => body) ?? [],
    stateOf: async (sid) => chat.conversation(sid)?.state,
    setInactive: async (sid) => chat.setState(sid, 'inactive'),
    optOut: async (pair) => chat.optOut(pair),
    waitMinutes: async (minutes) => clock.advance(minutes * 60_000),
  };
}
