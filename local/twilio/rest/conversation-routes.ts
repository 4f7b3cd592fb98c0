import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { deleteConversation } from '../state/conversation-life.ts';
import type { Conversation, ConversationMessage, ConversationParticipant } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { notFound } from './answers.ts';
import type { Answer } from './answers.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const host = 'https://conversations.twilio.com';
/** The most that the lists of this API give at once (conversations.v1 in the twilio package 6, read 2026-11). */
const largestPageSize = 100;

/** `/v1/Conversations/{CH}` of the default service: fetch and delete, and the lists of who is there and what was said. */
export function conversationRoutes(world: World): readonly Route[] {
  const route = (
    method: 'GET' | 'DELETE',
    below: string,
    work: (conversation: Conversation, request: RestRequest) => Answer,
  ): Route => ({
    method,
    path: new RegExp(`^/v1/Conversations/([^/]+)${below}$`),
    handle(request, [name = '']) {
      const conversation = conversationNamed(world, name);
      return conversation === undefined ? notFound(request.path) : work(conversation, request);
    },
  });
  return [
    route('GET', '', (conversation) => ({
      kind: 'json',
      status: 200,
      json: conversationResource(world, conversation),
    })),
    route('DELETE', '', ({ sid }) => {
      deleteConversation(world, sid);
      return { kind: 'empty', status: 204 };
    }),
    route('GET', '/Participants', (conversation, request) => {
      const items = conversation.participants.map((one) => participantResource(world, conversation, one));
      return metaPageAnswer(request, 'participants', items, { host, largestPageSize });
    }),
    route('GET', '/Messages', (conversation, request) => {
      const items = conversation.messages.map((one) => messageResource(world, conversation, one));
      const ordered = request.query.get('Order') === 'desc' ? items.toReversed() : items;
      return metaPageAnswer(request, 'messages', ordered, { host, largestPageSize });
    }),
  ];
}

/** By its SID, or by its unique name in the SID's place. */
export function conversationNamed(world: World, name: string): Conversation | undefined {
  if (conversationSid.is(name)) return world.conversations.get(name);
  return [...world.conversations.values()].find(({ uniqueName }) => uniqueName === name);
}

export const timersOf = ({ closesAtMs }: Conversation): JsonObject =>
  closesAtMs === undefined ? {} : { date_closed: iso(closesAtMs) };

const iso = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

export function conversationResource(world: World, conversation: Conversation): JsonObject {
  const { sid, state, createdAtMs, updatedAtMs, friendlyName, uniqueName, attributes } = conversation;
  const url = `${host}/v1/Conversations/${sid}`;
  return {
    account_sid: world.accountSid,
    chat_service_sid: world.sids.named('IS', 'Flex Chat Service'),
    messaging_service_sid: world.sids.named('MG', 'Flex Messaging Service'),
    sid,
    friendly_name: friendlyName ?? null,
    unique_name: uniqueName ?? null,
    attributes: attributes ?? '{}',
    state,
    date_created: iso(createdAtMs),
    date_updated: iso(updatedAtMs),
    timers: timersOf(conversation),
    bindings: null,
    url,
    links: {
      participants: `${url}/Participants`,
      messages: `${url}/Messages`,
      webhooks: `${url}/Webhooks`,
      export: `${url}/Export`,
    },
  };
}

export function participantResource(
  world: World,
  { sid }: Conversation,
  participant: ConversationParticipant,
): JsonObject {
  const { address, proxyAddress } = participant;
  return {
    account_sid: world.accountSid,
    conversation_sid: sid,
    sid: participant.sid,
    identity: participant.identity ?? null,
    attributes: '{}',
    messaging_binding: address === undefined ? null : { type: 'sms', address, proxy_address: proxyAddress ?? null },
    role_sid: world.sids.named('RL', 'participant'),
    date_created: iso(participant.joinedAtMs),
    date_updated: iso(participant.joinedAtMs),
    last_read_message_index: null,
    last_read_timestamp: null,
    url: `${host}/v1/Conversations/${sid}/Participants/${participant.sid}`,
  };
}

export function messageResource(world: World, { sid }: Conversation, message: ConversationMessage): JsonObject {
  const url = `${host}/v1/Conversations/${sid}/Messages/${message.sid}`;
  const media = message.media.map((one) => ({
    ...{ sid: one.sid, category: 'media', content_type: one.contentType },
    ...{ filename: one.filename ?? null, size: one.sizeBytes },
  }));
  return {
    account_sid: world.accountSid,
    conversation_sid: sid,
    sid: message.sid,
    index: message.index,
    author: message.author,
    body: message.body ?? null,
    media: media.length === 0 ? null : media,
    attributes: message.attributes ?? '{}',
    participant_sid: message.participantSid ?? null,
    date_created: iso(message.createdAtMs),
    date_updated: message.updatedAtMs === undefined ? null : iso(message.updatedAtMs),
    delivery: null,
    content_sid: null,
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  };
}
