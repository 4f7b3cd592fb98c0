import type * as z from 'zod/mini';
import { PermanentError } from '../../domain/outcome.ts';
import type { ConversationSid } from '../../domain/sids.ts';
import type { Conversations } from '../../ports/conversations.ts';
import {
  conversationOf,
  conversationResource,
  messageOf,
  messagePage,
  participantOf,
  participantPage,
} from './conversation-resource.ts';
import { nextQuery } from './next-page.ts';
import type { pageMeta } from './next-page.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson, unreadable } from './twilio-failures.ts';

const TIMEOUT_SECONDS = 10;
/** The most that these lists give (conversations.v1 in the twilio package 6, read 2026-11). */
const PAGE_SIZE = 100;
/** A circle of pages must end. */
const MOST_PAGES = 1000;
/** Of JSON, in characters: a function of 512 MB holds that with all that is made of it. Some 25,000 short messages. */
const MOST_CHARACTERS = 20_000_000;

/**
 * The conversations of an account's default Conversations service, which is the only one that Flex works with.
 * https://www.twilio.com/docs/flex/developer/conversations/best-practices (read 2026-11)
 */
export function twilioConversations(client: TwilioClient): Conversations {
  return {
    async fetch(sid) {
      const request = get(addressOf(sid), new URLSearchParams());
      const answer = await client.send(request);
      return answer.status === 404 ? undefined : conversationOf(readJson(request, conversationResource, answer.body));
    },
    participants: (sid) => participants(client, sid),
    messages: (sid) => messages(client, sid),
    async deleteConversation(sid) {
      const url = new URL(addressOf(sid));
      const answer = await client.send({ method: 'DELETE', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [404] });
      return answer.status === 404 ? 'was-gone' : 'deleted';
    },
  };
}

async function participants(client: TwilioClient, sid: ConversationSid): ReturnType<Conversations['participants']> {
  const pages = await listed(client, `${addressOf(sid)}/Participants`, {}, participantPage);
  return pages.flatMap((page) => page.participants.map(participantOf));
}

async function messages(client: TwilioClient, sid: ConversationSid): ReturnType<Conversations['messages']> {
  const pages = await listed(client, `${addressOf(sid)}/Messages`, { Order: 'asc' }, messagePage);
  // What is written or deleted while we read may show a message on two pages.
  const bySid = new Map(pages.flatMap((page) => page.messages.map((one) => [one.sid, messageOf(one)] as const)));
  return [...bySid.values()].sort((a, b) => a.index - b.index);
}

function addressOf(sid: ConversationSid): string {
  return `https://conversations.twilio.com/v1/Conversations/${sid}`;
}

function get(address: string, query: URLSearchParams): TwilioRequest {
  const url = new URL(query.size === 0 ? address : `${address}?${query.toString()}`);
  return { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [404] };
}

/**
 * Every page of the list; none when there is nothing at the address, or no longer.
 *
 * @throws {PermanentError} `conversation-too-large`
 */
async function listed<Page extends { readonly meta: z.output<typeof pageMeta> }>(
  client: TwilioClient,
  address: string,
  filter: Readonly<Record<string, string>>,
  schema: z.ZodMiniType<Page>,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let characters = 0;
  let query: URLSearchParams | undefined = new URLSearchParams({ ...filter, PageSize: String(PAGE_SIZE) });
  while (query !== undefined) {
    const request = get(address, query);
    if (pages.length === MOST_PAGES) throw unreadable(request, `it has more than ${MOST_PAGES} pages`);
    const answer = await client.send(request);
    if (answer.status === 404) return [];
    characters += answer.body.length;
    if (characters > MOST_CHARACTERS) throw tooLarge(request);
    const page = readJson(request, schema, answer.body);
    pages.push(page);
    query = nextQuery(page.meta);
  }
  return pages;
}

function tooLarge({ url }: TwilioRequest): PermanentError {
  return new PermanentError(`${url.pathname} has more than ${MOST_CHARACTERS / 1e6} million characters of JSON`, {
    reason: 'conversation-too-large',
  });
}
