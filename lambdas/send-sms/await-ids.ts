import type { SmsRequestIds } from '../shared/domain/sms-request.ts';
import { conversationSid, interactionChannelSid, interactionSid } from '../shared/domain/sids.ts';
import type { TaskSid } from '../shared/domain/sids.ts';
import { parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { InteractionIds } from '../shared/ports/interactions.ts';
import type { SendSmsNeeds, Sending } from './needs.ts';

/** The first look comes soon, because Flex is mostly fast. */
const pausesMs: readonly number[] = [200, 400, 800];
const laterPausesMs = 1_500;

type Awaited =
  | { readonly kind: 'known' | 'not-yet'; readonly ids: SmsRequestIds }
  | { readonly kind: 'failed'; readonly errorCode: number | undefined };

/**
 * Asks Flex what it made of an interaction that it accepted, until it has said everything or the caller must be answered.
 *
 * "A 200 response only indicates that the server has accepted the request. You need to use the getter methods to check if
 * the interaction channel was set up successfully."
 * (https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions, read 2026-11)
 */
export async function awaitIds(has: SendSmsNeeds, { answerBy }: Sending, known: SmsRequestIds): Promise<Awaited> {
  let ids = known;
  for (let look = 0; ; look += 1) {
    const channel = ids.interactionSid === undefined ? undefined : await has.interactions.channel(ids.interactionSid);
    if (channel?.isFailed === true) return { kind: 'failed', errorCode: channel.errorCode };
    ids = { ...ids, ...(channel !== undefined && { channelSid: channel.channelSid }) };
    ids = { ...ids, ...(await taskOf(has, ids)) };
    if (ids.taskSid !== undefined && ids.conversationSid === undefined)
      ids = { ...ids, ...(await idsOnTask(has, ids.taskSid)) };
    if (ids.taskSid !== undefined && ids.conversationSid !== undefined) return { kind: 'known', ids };
    const pauseMs = pausesMs[look] ?? laterPausesMs;
    if (has.now().getTime() + pauseMs >= answerBy.getTime()) return { kind: 'not-yet', ids };
    await has.pause(pauseMs);
  }
}

async function taskOf(has: SendSmsNeeds, ids: SmsRequestIds): Promise<Pick<SmsRequestIds, 'taskSid'>> {
  const { interactionSid: interaction, channelSid, taskSid } = ids;
  if (taskSid !== undefined || interaction === undefined || channelSid === undefined) return {};
  const invited = await has.interactions.invitedTask(interaction, channelSid);
  return invited === undefined ? {} : { taskSid: invited };
}

async function idsOnTask(has: SendSmsNeeds, taskSid: TaskSid): Promise<InteractionIds> {
  const fetched = await has.tasks.fetch(taskSid);
  if (fetched.kind === 'gone') return {};
  const parsed = parseTaskAttributes(fetched.task.attributes);
  return parsed.kind === 'object' ? idsIn(parsed.attributes) : {};
}

/** What Flex writes onto a task of its own. */
export function idsIn(attributes: TaskAttributes): Omit<InteractionIds, 'taskSid'> {
  const {
    flexInteractionSid: interaction,
    flexInteractionChannelSid: channel,
    conversationSid: conversation,
  } = attributes;
  return {
    ...(interactionSid.is(interaction) && { interactionSid: interaction }),
    ...(interactionChannelSid.is(channel) && { channelSid: channel }),
    ...(conversationSid.is(conversation) && { conversationSid: conversation }),
  };
}
