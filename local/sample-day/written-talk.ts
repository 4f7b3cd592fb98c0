import type { ConversationSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../twilio/json.ts';
import type { NewParticipant } from '../twilio/simulator.ts';
import { accept } from './call.ts';
import type { Day, DayTask, WrittenLine } from './day.ts';

/** One message of a script, so many seconds after the one before. */
export interface ScriptedLine {
  readonly by: 'customer' | 'agent';
  readonly afterSeconds: number;
  readonly words?: string;
  readonly file?: WrittenLine['files'][number];
  /** What it says after it was edited, some seconds later. */
  readonly editedTo?: string;
}

interface WrittenTalk extends Omit<DayTask, 'attributes'> {
  readonly customer: NewParticipant;
  readonly attributes: (conversationSid: ConversationSid) => JsonObject;
  /** Until the agent's wrap-up. */
  readonly talk: readonly ScriptedLine[];
  /** What the agent still writes in it. */
  readonly goodbye: readonly ScriptedLine[];
}

/**
 * A customer writes, an agent answers, and both are done: the conversation from its first word to its end, with a task of
 * its own. At the end the agent is no longer in it, as Flex has it, and what was written is noted as the day's truth.
 */
export async function writtenTalk(day: Day, how: WrittenTalk): Promise<TaskSid> {
  const { chat, taskRouter } = day.twilio;
  const conversationSid = chat.start();
  const customer = chat.join(conversationSid, how.customer);
  const taskSid = day.newTask({ ...how, attributes: how.attributes(conversationSid) });
  await day.seconds(10);
  const agentName = day.staff.next();
  const reservationSid = await accept(day, taskSid, agentName);
  const agent = chat.join(conversationSid, { identity: agentName });
  const participants = { customer, agent };
  for (const line of how.talk) await write(day, conversationSid, participants, line);
  taskRouter.wrapUp(reservationSid);
  for (const line of how.goodbye) await write(day, conversationSid, participants, line);
  chat.leave(conversationSid, agent);
  await day.seconds(5);
  chat.setState(conversationSid, 'closed');
  taskRouter.completeTask(taskSid, 'done');
  const authors = { customer: addressOf(how.customer), agent: agentName };
  day.wrote(
    conversationSid,
    [...how.talk, ...how.goodbye].map(({ by, words, file, editedTo = words }) => ({
      author: authors[by],
      ...(editedTo !== undefined && { words: editedTo }),
      files: file === undefined ? [] : [file],
    })),
  );
  return taskSid;
}

async function write(
  day: Day,
  conversationSid: ConversationSid,
  participants: Readonly<Record<ScriptedLine['by'], string>>,
  { by, afterSeconds, words, file, editedTo }: ScriptedLine,
): Promise<void> {
  await day.seconds(afterSeconds);
  const { chat } = day.twilio;
  const messageSid = chat.say(conversationSid, {
    by: participants[by],
    ...(words !== undefined && { body: words }),
    ...(file !== undefined && {
      media: [{ filename: file.name, contentType: file.type, sizeBytes: file.sizeBytes }],
    }),
  });
  if (editedTo === undefined) return;
  await day.seconds(2);
  chat.edit(conversationSid, messageSid, editedTo);
}

function addressOf(who: NewParticipant): string {
  return 'identity' in who ? who.identity : who.address;
}
