import { readJsonObject, type JsonObject } from '../json.ts';
import {
  joinConversation,
  sayInConversation,
  setConversationState,
  startConversation,
} from '../state/conversation-life.ts';
import { closeAfter, openConversationWith } from '../state/open-conversations.ts';
import type { Conversation, ConversationMessage } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, notFound, ok, type Answer } from './answers.ts';
import {
  conversationNamed,
  conversationResource,
  messageResource,
  participantResource,
} from './conversation-routes.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const host = 'https://conversations.twilio.com';
const paged = { host, largestPageSize: 50 };
const fields = ['FriendlyName', 'UniqueName', 'Attributes', 'State', 'Timers.Inactive', 'Timers.Closed'] as const;

/** `/v1/Conversations`: create and update, who is there, what is said and whether it arrived. */
export function conversationWriteRoutes(world: World): readonly Route[] {
  const below = (
    method: Route['method'],
    path: string,
    work: (conversation: Conversation, request: RestRequest, groups: readonly string[]) => Answer,
  ): Route => ({
    method,
    path: new RegExp(`^/v1/Conversations/([^/]+)${path}$`),
    handle(request, [name = '', ...groups]) {
      const conversation = conversationNamed(world, name);
      return conversation === undefined ? notFound(request.path) : work(conversation, request, groups);
    },
  });
  return [
    { method: 'POST', path: /^\/v1\/Conversations$/, handle: ({ form }) => create(world, form) },
    below('POST', '', (conversation, { form }) => update(world, conversation, form)),
    below('POST', '/Participants', (conversation, { form }) => join(world, conversation, form)),
    below('POST', '/Messages', (conversation, { form }) => say(world, conversation, form)),
    below('GET', '/Messages/(IM[0-9a-f]{32})/Receipts', (conversation, request, [sid]) => {
      const message = conversation.messages.find((one) => one.sid === sid);
      if (message === undefined) return notFound(request.path);
      return metaPageAnswer(request, 'delivery_receipts', receipts(world, conversation, message), paged);
    }),
  ];
}

/** https://www.twilio.com/docs/api/errors/50353 (read 2026-11); that it comes with 409 is Twilio's way with names. */
const nameIsTaken = errorAnswer(409, 50_353, 'Conversation with provided unique name already exists');
/** https://www.twilio.com/docs/api/errors/50377 (read 2026-11); its status is documented nowhere. */
const isClosed = errorAnswer(400, 50_377, "Can't update conversation as it's in final closed state");

function create(world: World, form: URLSearchParams): Answer {
  const refused = refuseForm(form, fields, []) ?? fieldFault(form);
  if (refused !== undefined) return refused;
  const uniqueName = form.get('UniqueName');
  if (uniqueName !== null && conversationNamed(world, uniqueName) !== undefined) return nameIsTaken;
  const [friendlyName, attributes] = [form.get('FriendlyName'), form.get('Attributes')];
  const sid = startConversation(world, {
    ...(uniqueName !== null && { uniqueName }),
    ...(friendlyName !== null && { friendlyName }),
    ...(attributes !== null && { attributes }),
  });
  const conversation = world.conversations.get(sid);
  if (conversation === undefined) return notFound(sid);
  change(world, conversation, form);
  return ok(conversationResource(world, conversation), 201);
}

function update(world: World, conversation: Conversation, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['State', 'Timers.Closed'], []) ?? fieldFault(form);
  if (refused !== undefined) return refused;
  if (conversation.state === 'closed') return isClosed;
  change(world, conversation, form);
  return ok(conversationResource(world, conversation));
}

function change(world: World, conversation: Conversation, form: URLSearchParams): void {
  const state = form.get('State');
  const closesAfterMs = durationMs(form.get('Timers.Closed') ?? '');
  if (state === 'active' || state === 'inactive' || state === 'closed')
    setConversationState(world, conversation.sid, state);
  if (closesAfterMs !== undefined) closeAfter(world, conversation, closesAfterMs);
  conversation.updatedAtMs = world.clock.now();
}

function fieldFault(form: URLSearchParams): Answer | undefined {
  if (!['active', 'inactive', 'closed'].includes(form.get('State') ?? 'active'))
    return badRequest('State must be active, inactive or closed');
  if (readJsonObject(form.get('Attributes') ?? '{}') === undefined) return badRequest('Attributes are not JSON');
  const timer = form.get('Timers.Closed');
  // "Minimum value for this timer is 10 minutes." (twilio_conversations_v1.json, @twilio/cli-core 8.3.2, read 2026-11)
  if (timer !== null && (durationMs(timer) ?? 0) < 600_000) return badRequest('Timers.Closed must be PT10M or longer');
  return undefined;
}

/** The part of ISO 8601 that anybody here speaks. */
function durationMs(text: string): number | undefined {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(text) ?? [];
  const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return ms === 0 ? undefined : ms;
}

function join(world: World, conversation: Conversation, form: URLSearchParams): Answer {
  const [address, proxyAddress] = ['MessagingBinding.Address', 'MessagingBinding.ProxyAddress'];
  const refused = refuseForm(form, ['Identity', address, proxyAddress, 'Attributes'], []);
  if (refused !== undefined) return refused;
  if (conversation.state === 'closed') return isClosed;
  const identity = form.get('Identity');
  if (identity !== null) return joined(world, conversation, joinConversation(world, conversation.sid, { identity }));
  const pair = { address: form.get(address) ?? '', proxyAddress: form.get(proxyAddress) ?? '' };
  const fault = pairFault(world, pair);
  return fault ?? joined(world, conversation, joinConversation(world, conversation.sid, pair));
}

/** https://www.twilio.com/docs/api/errors/50407, /50408, /50409 and /50416 (read 2026-11) */
function pairFault(
  world: World,
  pair: { readonly address: string; readonly proxyAddress: string },
): Answer | undefined {
  const isNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text);
  if (!isNumber(pair.address)) return errorAnswer(400, 50_407, 'Invalid messaging binding address');
  if (!isNumber(pair.proxyAddress)) return errorAnswer(400, 50_408, 'Invalid messaging binding proxy address');
  if (pair.address === pair.proxyAddress) return errorAnswer(400, 50_409, 'Participant address equals proxy address');
  const { refusedNumbers } = world.messaging;
  const code = refusedNumbers.get(pair.address) ?? refusedNumbers.get(pair.proxyAddress);
  if (code !== undefined) return errorAnswer(400, code, 'The number is refused');
  if (openConversationWith(world, pair) === undefined) return undefined;
  return errorAnswer(409, 50_416, 'Participant and proxy address pair is already in use');
}

function joined(world: World, conversation: Conversation, sid: string): Answer {
  const participant = conversation.participants.find((one) => one.sid === sid);
  return participant === undefined ? notFound(sid) : ok(participantResource(world, conversation, participant), 201);
}

function say(world: World, conversation: Conversation, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['Author', 'Body', 'Attributes'], ['Body']) ?? fieldFault(form);
  if (refused !== undefined) return refused;
  if (conversation.state === 'closed') return isClosed;
  const author = form.get('Author');
  const by = conversation.participants.find((one) => author !== null && [one.identity, one.address].includes(author));
  const [body, attributes] = [form.get('Body') ?? '', form.get('Attributes')];
  const sid = sayInConversation(world, conversation.sid, {
    body,
    ...(attributes !== null && { attributes }),
    ...(by !== undefined && { by: by.sid }),
  });
  const message = conversation.messages.find((one) => one.sid === sid);
  return message === undefined ? notFound(sid) : ok(messageResource(world, conversation, message), 201);
}

function receipts(world: World, { sid }: Conversation, message: ConversationMessage): readonly JsonObject[] {
  const atMs = message.createdAtMs + world.messaging.receiptMs;
  if (world.clock.now() < atMs) return [];
  return message.receipts.map((one) => ({
    sid: one.sid,
    account_sid: world.accountSid,
    conversation_sid: sid,
    message_sid: message.sid,
    channel_message_sid: world.sids.named('SM', one.sid),
    participant_sid: one.participantSid,
    status: one.errorCode === undefined ? 'sent' : 'failed',
    error_code: one.errorCode ?? 0,
    date_created: isoSeconds(atMs),
    date_updated: isoSeconds(atMs),
    url: `${host}/v1/Conversations/${sid}/Messages/${message.sid}/Receipts/${one.sid}`,
  }));
}
