import * as z from 'zod/mini';
import { RetryableError } from '../../domain/outcome.ts';
import { conversationSid } from '../../domain/sids.ts';
import type { ConversationSid } from '../../domain/sids.ts';
import { jsonOf } from '../../messages/json-text.ts';
import type { NumberPair } from '../../ports/interactions.ts';
import type { OpenConversation, OutboundConversations } from '../../ports/outbound-conversations.ts';
import { participantPage } from './conversation-resource.ts';
import { nextQuery, pageMeta } from './next-page.ts';
import type { TwilioAnswer, TwilioClient, TwilioForm, TwilioRequest } from './twilio-client.ts';
import { errorCodeOf, readJson, unreadable } from './twilio-failures.ts';
import { sidOf } from './twilio-fields.ts';
import { isRefused, nothingDone, refusalIn } from './twilio-refusals.ts';

const TIMEOUT_SECONDS = 4;
/** The most that is allowed of a number's conversations and of receipts. (conversations.v1 in @twilio/cli-core 8.3.2, read 2026-11) */
const PAGE_SIZE = 50;
/** A circle of pages must end; nobody writes to one number in a thousand conversations. */
const MOST_PAGES = 20;
/** The friendly name by which conversations that close by themselves are known again. */
const FOR_ONE_MESSAGE = 'for one message';
/** The largest page of messages. */
const MOST_MESSAGES = 100;
const host = 'https://conversations.twilio.com/v1';
const all = `${host}/Conversations`;

/** https://www.twilio.com/docs/api/errors/50353 (read 2026-11) */
const NAME_IS_TAKEN = 50_353;
/** https://www.twilio.com/docs/api/errors/50377 (read 2026-11) */
const IS_CLOSED = 50_377;
/** The pair is bound somewhere: https://www.twilio.com/docs/api/errors/50416, and /50437 for this same conversation (read 2026-11). */
const PAIR_IS_BOUND: readonly (number | undefined)[] = [50_416, 50_437];

/** https://www.twilio.com/docs/conversations-classic/api/participant-conversation-resource (read 2026-11) */
const participantConversationPage = z.object({
  conversations: z.array(
    z.object({
      conversation_sid: sidOf(conversationSid),
      conversation_state: z.nullish(z.string()),
      conversation_unique_name: z.nullish(z.string()),
      conversation_friendly_name: z.nullish(z.string()),
      participant_messaging_binding: z.nullish(z.object({ proxy_address: z.nullish(z.string()) })),
    }),
  ),
  meta: pageMeta,
});
const namedResource = z.object({ sid: sidOf(conversationSid), state: z.nullish(z.string()) });
const messageSid = z.object({ sid: z.string() });
const messagePage = z.object({ messages: z.array(z.object({ sid: z.string(), attributes: z.nullish(z.string()) })) });
const receiptPage = z.object({
  delivery_receipts: z.array(z.object({ status: z.nullish(z.string()), error_code: z.nullish(z.number()) })),
});
const marks = z.object({ outboundRequest: z.string() });

/** The conversations of an account's default Conversations service, as far as we begin them and write to them. */
export function twilioOutboundConversations(client: TwilioClient): OutboundConversations {
  return {
    openWith: (pair) => openWith(client, pair),
    forOneMessage: (name, minutes) => forOneMessage(client, name, minutes),
    bind: (sid, pair) => bind(client, sid, pair),
    async say(sid, text, mark) {
      const marked = mark !== undefined && { Attributes: JSON.stringify({ outboundRequest: mark }) };
      const request = post(`${all}/${sid}/Messages`, { Body: text, ...marked });
      const answer = await client.send(request);
      if (isRefused(answer)) return refusalIn(answer);
      return { kind: 'said', messageSid: readJson(request, messageSid, answer.body).sid };
    },
    marked: (sid, mark) => marked(client, sid, mark),
    receipt: (sid, message) => receipt(client, sid, message),
    reopen: (sid) => change(client, sid, { State: 'active' }),
    close: (sid) => change(client, sid, { State: 'closed' }),
    closeAfter: (sid, minutes) => change(client, sid, closesAfter(minutes)),
  };
}

async function openWith(client: TwilioClient, pair: NumberPair): Promise<OpenConversation | undefined> {
  const asked = { Address: pair.address, PageSize: String(PAGE_SIZE) };
  let query: URLSearchParams | undefined = new URLSearchParams(asked);
  for (let pageCount = 1; query !== undefined; pageCount += 1) {
    const request = get(`${host}/ParticipantConversations?${query.toString()}`);
    if (pageCount > MOST_PAGES) throw unreadable(request, `it has more than ${MOST_PAGES} pages`);
    const answer = await client.send(request);
    if (isRefused(answer)) return undefined;
    const page = readJson(request, participantConversationPage, answer.body);
    for (const one of page.conversations) {
      const { conversation_state: state, conversation_unique_name: name, conversation_friendly_name: label } = one;
      if (one.participant_messaging_binding?.proxy_address !== pair.proxyAddress || state === 'closed') continue;
      return {
        conversationSid: one.conversation_sid,
        state: state === 'inactive' ? 'inactive' : 'active',
        ...(typeof name === 'string' && { uniqueName: name }),
        isForOneMessage: label === FOR_ONE_MESSAGE,
      };
    }
    query = nextQuery(page.meta);
  }
  return undefined;
}

const closesAfter = (minutes: number): TwilioForm => ({ 'Timers.Closed': `PT${minutes}M` });

async function forOneMessage(
  client: TwilioClient,
  name: string | undefined,
  closesAfterMinutes: number,
): ReturnType<OutboundConversations['forOneMessage']> {
  // A timer is only taken with a state: https://www.twilio.com/docs/api/errors/50382 (read 2026-11).
  const closing = { State: 'active', ...closesAfter(closesAfterMinutes) };
  const request = post(all, {
    FriendlyName: FOR_ONE_MESSAGE,
    ...closing,
    ...(name !== undefined && { UniqueName: name }),
  });
  const answer = await client.send(request);
  if (!isRefused(answer)) return there(request, answer);
  if (name === undefined || errorCodeOf(answer.body) !== NAME_IS_TAKEN) return refusalIn(answer);
  const before = get(`${all}/${name}`);
  const found = await client.send(before);
  if (!isRefused(found)) return there(before, found);
  throw unreadable(before, 'its name is taken and nobody has it');
}

function there(request: TwilioRequest, answer: TwilioAnswer) {
  const { sid, state } = readJson(request, namedResource, answer.body);
  return { kind: 'there' as const, conversationSid: sid, isClosed: state === 'closed' };
}

async function bind(
  client: TwilioClient,
  sid: ConversationSid,
  pair: NumberPair,
): ReturnType<OutboundConversations['bind']> {
  const form = { 'MessagingBinding.Address': pair.address, 'MessagingBinding.ProxyAddress': pair.proxyAddress };
  const answer = await client.send(post(`${all}/${sid}/Participants`, form));
  if (!isRefused(answer)) return { kind: 'bound' };
  if (!PAIR_IS_BOUND.includes(errorCodeOf(answer.body))) return refusalIn(answer);
  const request = get(`${all}/${sid}/Participants?PageSize=${PAGE_SIZE}`);
  const { participants } = readJson(request, participantPage, (await client.send(request)).body);
  const isHere = participants.some(
    ({ messaging_binding: binding }) =>
      binding?.address === pair.address && binding.proxy_address === pair.proxyAddress,
  );
  return isHere ? { kind: 'bound' } : refusalIn(answer);
}

/** The newest hundred: what is looked for was said at most a day ago, by ourselves. */
async function marked(
  client: TwilioClient,
  sid: ConversationSid,
  mark: string,
): ReturnType<OutboundConversations['marked']> {
  const request = get(`${all}/${sid}/Messages?Order=desc&PageSize=${MOST_MESSAGES}`);
  const answer = await client.send(request);
  if (isRefused(answer)) return undefined;
  const { messages } = readJson(request, messagePage, answer.body);
  const found = messages.find(
    ({ attributes }) => z.safeParse(marks, jsonOf(attributes ?? '')).data?.outboundRequest === mark,
  );
  return found === undefined ? undefined : { kind: 'said', messageSid: found.sid };
}

/** One of a phone at most is in a conversation of ours; where there are several, one failure is a failure. */
async function receipt(
  client: TwilioClient,
  sid: ConversationSid,
  message: string,
): ReturnType<OutboundConversations['receipt']> {
  const request = get(`${all}/${sid}/Messages/${message}/Receipts?PageSize=${PAGE_SIZE}`);
  const answer = await client.send(request);
  if (isRefused(answer)) return undefined;
  const told = readJson(request, receiptPage, answer.body).delivery_receipts.filter(({ status }) => status !== null);
  const failed = told.find(({ status }) => status === 'failed' || status === 'undelivered');
  if (failed === undefined) return told.length === 0 ? undefined : { isFailed: false };
  const { error_code: code } = failed;
  // 0 is what the API's files say where there was no error.
  return { isFailed: true, ...(typeof code === 'number' && code !== 0 && { errorCode: code }) };
}

/**
 * One that is gone or closed for good is left as it is: nothing is to be changed about it any more.
 *
 * @throws {RetryableError} `twilio-refused`
 */
async function change(client: TwilioClient, sid: ConversationSid, form: TwilioForm): Promise<void> {
  const request = post(`${all}/${sid}`, form);
  const answer = await client.send(request);
  const code = errorCodeOf(answer.body);
  if (!isRefused(answer) || answer.status === 404 || code === IS_CLOSED) return;
  const said = `${answer.status}${code === undefined ? '' : ` (${code})`}`;
  throw new RetryableError(`Twilio answered POST ${request.url.pathname} with ${said}`, { reason: 'twilio-refused' });
}

function post(address: string, form: TwilioForm): TwilioRequest {
  return { method: 'POST', url: new URL(address), form, timeoutSeconds: TIMEOUT_SECONDS, expects: nothingDone };
}

/** Only 404 has a meaning, where it is said. */
function get(address: string): TwilioRequest {
  return { method: 'GET', url: new URL(address), timeoutSeconds: TIMEOUT_SECONDS, expects: [404] };
}
