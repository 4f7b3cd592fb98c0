import { awaitIds } from './await-ids.ts';
import type { Journal } from './journal.ts';
import { nothingSent } from './needs.ts';
import type { SendSmsNeeds, Sending, SmsOutcome } from './needs.ts';
import { conversationClosed, noLongerOpen } from './problems.ts';
import { sayOnce } from './say-once.ts';
import { startConversation } from './start-conversation.ts';
import { failedAtTwilio } from './twilio-problems.ts';

/** A task for the agent, and the message in its conversation where there is one. */
export async function sendWithAgent(has: SendSmsNeeds, sending: Sending, journal: Journal): Promise<SmsOutcome> {
  const started = await startConversation(has, sending, journal);
  if (started.kind === 'problem') return started;
  if (journal.from.kind !== 'started' && journal.from.kind !== 'saying') await journal.write(started);
  const awaited = await awaitIds(has, sending, started.ids);
  if (awaited.kind === 'failed') return nothingSent(failedAtTwilio(awaited.errorCode));
  const { ids } = awaited;
  sending.note({ taskSid: ids.taskSid, conversationSid: ids.conversationSid });
  if (awaited.kind === 'not-yet' || ids.conversationSid === undefined) return { kind: 'accepted', ids };
  const { message } = sending.order;
  if (message === undefined) return { kind: 'sent', ids };
  const said = await sayOnce(has, sending, journal, { ...ids, conversationSid: ids.conversationSid });
  if (said.kind === 'problem') {
    // The task of this request is in a conversation that stays closed: the same key leads there again.
    const isOver = said.problem.name === conversationClosed.name;
    return {
      kind: 'problem',
      problem: isOver ? { ...said.problem, ...noLongerOpen() } : said.problem,
      isNothingSent: false,
    };
  }
  return { kind: 'sent', ids: { ...ids, messageSid: said.messageSid } };
}
