import type { Scenario } from '../day.ts';
import { chat, sms } from '../shapes/messaging.ts';
import { owedToChat, owedToSms } from '../shapes/owed.ts';
import { writtenTalk } from '../written-talk.ts';
import { aboutAFlat, aboutATap } from '../written-words.ts';

export const webChat: Scenario = {
  title: 'web chat',
  async play(day) {
    const customer = day.customers.next();
    const taskSid = await writtenTalk(day, {
      ...{ channel: 'chat', queue: 'Leasing', ...aboutAFlat },
      customer: { identity: customer.email },
      attributes: (conversationSid) => chat(customer, conversationSid),
    });
    day.promised(taskSid, owedToChat(customer.name));
  },
};

export const textMessage: Scenario = {
  title: 'SMS',
  async play(day) {
    const customer = day.customers.next();
    const taskSid = await writtenTalk(day, {
      ...{ channel: 'sms', queue: 'Residents', ...aboutATap },
      customer: { address: customer.number, proxyAddress: '+15005550006' },
      attributes: (conversationSid) => sms(customer, conversationSid),
    });
    day.promised(taskSid, owedToSms);
  },
};
