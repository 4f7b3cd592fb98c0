import type { JsonObject } from '../json.ts';
import type { Conversation, ConversationParticipant } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { badRequest, type Answer } from './answers.ts';
import { timersOf } from './conversation-routes.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const host = 'https://conversations.twilio.com';

/** `/v1/ParticipantConversations`: the conversations of whoever writes from an address, or under an identity. */
export function participantConversationRoutes(world: World): readonly Route[] {
  const path = /^\/v1\/ParticipantConversations$/;
  return [{ method: 'GET', path, handle: (request) => listOfParticipant(world, request) }];
}

/** "The returned data will be sorted by the conversationSid alphabetically." (twilio.com/docs/conversations/api/participant-conversation-resource, read 2026-11) */
function listOfParticipant(world: World, request: RestRequest): Answer {
  const [address, identity] = [request.query.get('Address'), request.query.get('Identity')];
  if ((address === null) === (identity === null)) return badRequest('Give either Address or Identity');
  const items = [...world.conversations.values()]
    .sort((one, other) => one.sid.localeCompare(other.sid))
    .flatMap((conversation) =>
      conversation.participants
        .filter((one) => (address === null ? one.identity === identity : one.address === address))
        .map((one) => participantConversation(world, conversation, one)),
    );
  return metaPageAnswer(request, 'conversations', items, { host, largestPageSize: 50 });
}

function participantConversation(world: World, conversation: Conversation, one: ConversationParticipant): JsonObject {
  const { sid, state, uniqueName, friendlyName, attributes, createdAtMs, updatedAtMs } = conversation;
  const url = `${host}/v1/Conversations/${sid}`;
  const { address, proxyAddress, identity } = one;
  return {
    account_sid: world.accountSid,
    chat_service_sid: world.sids.named('IS', 'Flex Chat Service'),
    participant_sid: one.sid,
    participant_user_sid: null,
    participant_identity: identity ?? null,
    participant_messaging_binding:
      address === undefined ? null : { type: 'sms', address, proxy_address: proxyAddress ?? null },
    conversation_sid: sid,
    conversation_unique_name: uniqueName ?? null,
    conversation_friendly_name: friendlyName ?? null,
    conversation_attributes: attributes ?? '{}',
    conversation_date_created: isoSeconds(createdAtMs),
    conversation_date_updated: isoSeconds(updatedAtMs),
    conversation_created_by: 'system',
    conversation_state: state,
    conversation_timers: timersOf(conversation),
    links: { participant: `${url}/Participants/${one.sid}`, conversation: url },
  };
}
