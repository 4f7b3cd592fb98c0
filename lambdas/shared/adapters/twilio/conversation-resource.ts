import * as z from 'zod/mini';
import { accountSid, conversationSid } from '../../domain/sids.ts';
import type {
  ConversationMessage,
  ConversationParticipant,
  MessageMedia,
} from '../../domain/transcripts/conversation.ts';
import type { ConversationResource } from '../../ports/conversations.ts';
import { pageMeta } from './next-page.ts';
import { sidOf, timeOf } from './twilio-fields.ts';

/** https://www.twilio.com/docs/conversations-classic/api/conversation-resource (read 2026-11) */
export const conversationResource = z.object({
  sid: sidOf(conversationSid),
  account_sid: sidOf(accountSid),
  state: z.string(),
  date_created: timeOf,
});

/**
 * Who uses the chat SDK has an `identity`; who writes from a phone has a `messaging_binding` instead.
 * https://www.twilio.com/docs/conversations-classic/api/conversation-participant-resource (read 2026-11)
 */
const participantResource = z.object({
  sid: z.string(),
  identity: z.nullish(z.string()),
  messaging_binding: z.nullish(z.object({ address: z.nullish(z.string()), proxy_address: z.nullish(z.string()) })),
  date_created: z.nullish(timeOf),
});

export const participantPage = z.object({ participants: z.array(participantResource), meta: pageMeta });

const mediaResource = z.object({
  sid: z.string(),
  content_type: z.nullish(z.string()),
  filename: z.nullish(z.string()),
  size: z.nullish(z.number()),
});

/**
 * "Indices may skip numbers, but will always be in order of when the message was received"; `media` is null where there
 * is none, `date_updated` where the message was not edited, `participant_sid` where the system wrote it.
 * https://www.twilio.com/docs/conversations-classic/api/conversation-message-resource (read 2026-11)
 */
const messageResource = z.object({
  sid: z.string(),
  index: z.number(),
  author: z.nullish(z.string()),
  participant_sid: z.nullish(z.string()),
  body: z.nullish(z.string()),
  media: z.nullish(z.array(mediaResource)),
  date_created: timeOf,
  date_updated: z.nullish(timeOf),
});

export const messagePage = z.object({ messages: z.array(messageResource), meta: pageMeta });

export function conversationOf(resource: z.output<typeof conversationResource>): ConversationResource {
  return {
    conversationSid: resource.sid,
    accountSid: resource.account_sid,
    status: statusOf(resource.state),
    startedAt: resource.date_created,
  };
}

/** `initializing`, and any state that Twilio may add, is of one that goes on. */
function statusOf(state: string): ConversationResource['status'] {
  return state === 'inactive' || state === 'closed' ? state : 'active';
}

export function participantOf(resource: z.output<typeof participantResource>): ConversationParticipant {
  const { identity, messaging_binding: binding, date_created: joinedAt } = resource;
  return {
    participantSid: resource.sid,
    ...(isSaid(identity) && { identity }),
    ...(isSaid(binding?.address) && { address: binding.address }),
    ...(isSaid(binding?.proxy_address) && { proxyAddress: binding.proxy_address }),
    ...(isSaid(joinedAt) && { joinedAt }),
  };
}

export function messageOf(resource: z.output<typeof messageResource>): ConversationMessage {
  const {
    author,
    participant_sid: participantSid,
    body,
    media,
    date_created: sentAt,
    date_updated: updatedAt,
  } = resource;
  return {
    messageSid: resource.sid,
    index: resource.index,
    ...(isSaid(author) && { author }),
    ...(isSaid(participantSid) && { participantSid }),
    ...(isSaid(body) && { body }),
    media: (media ?? []).map(mediaOf),
    sentAt,
    ...(isSaid(updatedAt) && updatedAt.getTime() !== sentAt.getTime() && { editedAt: updatedAt }),
  };
}

function mediaOf({ sid, content_type: contentType, filename, size }: z.output<typeof mediaResource>): MessageMedia {
  return {
    mediaSid: sid,
    ...(isSaid(contentType) && { contentType }),
    ...(isSaid(filename) && { filename }),
    ...(isSaid(size) && { sizeBytes: size }),
  };
}

function isSaid<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
