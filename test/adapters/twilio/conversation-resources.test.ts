import type { IncomingMessage } from 'node:http';
import { twilioConversations } from '../../../lambdas/shared/adapters/twilio/conversations.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { Conversations } from '../../../lambdas/shared/ports/conversations.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

const address = `/v1/Conversations/${sids.conversation()}`;

/** Twilio's examples, with our SIDs: https://www.twilio.com/docs/conversations-classic/api, read 2026-11. */
const conversation = {
  sid: sids.conversation(),
  account_sid: sids.account(),
  chat_service_sid: `IS${'0'.repeat(32)}`,
  messaging_service_sid: `MG${'0'.repeat(32)}`,
  friendly_name: 'My First Conversation',
  unique_name: null,
  attributes: '{ "topic": "feedback" }',
  date_created: '2015-12-16T22:18:37Z',
  date_updated: '2015-12-16T22:18:38Z',
  state: 'inactive',
  timers: { date_inactive: '2015-12-16T22:19:38Z' },
  bindings: null,
};
const message = {
  sid: `IM${'a'.repeat(32)}`,
  index: 9,
  author: null,
  participant_sid: null,
  body: null,
  media: null,
  attributes: '{}',
  date_created: '2016-03-24T20:37:57Z',
  date_updated: null,
  delivery: null,
  content_sid: null,
};

describe('Twilio’s conversations', () => {
  let server: HttpAnswers;
  const asked: string[] = [];
  afterEach(async () => {
    asked.length = 0;
    await server.close();
  });

  /** Conversations whose every request is answered as `answer` says. */
  async function answered(answer: (request: IncomingMessage) => unknown, status = 200): Promise<Conversations> {
    server = await answerHttp((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status).end(JSON.stringify(answer(request)));
    });
    return twilioConversations(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }));
  }

  it('are asked for where the default service has them', async () => {
    const conversations = await answered(() => conversation);

    expect(await conversations.fetch(sids.conversation())).toEqual({
      conversationSid: sids.conversation(),
      accountSid: sids.account(),
      status: 'inactive',
      startedAt: new Date('2015-12-16T22:18:37Z'),
    });
    expect(asked).toEqual([`GET ${address}`]);
  });

  it.each(['initializing', 'active', 'a state of tomorrow'])('go on while they are %s', async (state) => {
    const conversations = await answered(() => ({ ...conversation, state }));

    expect(await conversations.fetch(sids.conversation())).toMatchObject({ status: 'active' });
  });

  it('have participants with neither identity nor address', async () => {
    const participant = { sid: `MB${'a'.repeat(32)}`, identity: null, messaging_binding: null, date_created: null };
    const conversations = await answered(() => ({ participants: [participant], meta: { next_page_url: null } }));

    expect(await conversations.participants(sids.conversation())).toEqual([{ participantSid: `MB${'a'.repeat(32)}` }]);
    expect(asked).toEqual([`GET ${address}/Participants?PageSize=100`]);
  });

  it('have messages without author, words and files, and files of which only the SID is known', async () => {
    const media = [{ sid: `ME${'a'.repeat(32)}`, filename: null, content_type: null, size: null }];
    const edited = { ...message, index: 3, sid: `IM${'b'.repeat(32)}`, media, date_updated: '2016-03-24T20:38:00Z' };
    const conversations = await answered(() => ({ messages: [message, edited], meta: { next_page_url: null } }));

    expect(await conversations.messages(sids.conversation())).toEqual([
      {
        messageSid: `IM${'b'.repeat(32)}`,
        index: 3,
        media: [{ mediaSid: `ME${'a'.repeat(32)}` }],
        sentAt: new Date('2016-03-24T20:37:57Z'),
        editedAt: new Date('2016-03-24T20:38:00Z'),
      },
      { messageSid: `IM${'a'.repeat(32)}`, index: 9, media: [], sentAt: new Date('2016-03-24T20:37:57Z') },
    ]);
  });

  it('are read page by page, of whose address nothing but the query is believed', async () => {
    const conversations = await answered(({ url = '' }) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('Page') ?? '0');
      const next = 'https://169.254.169.254/latest/meta-data?Order=asc&PageSize=100&Page=1&PageToken=PA1';
      return {
        messages: [{ ...message, sid: `IM${page}`, index: page }],
        meta: { next_page_url: page === 0 ? next : null },
      };
    });

    expect((await conversations.messages(sids.conversation())).map(({ messageSid }) => messageSid)).toEqual([
      'IM0',
      'IM1',
    ]);
    expect(asked).toEqual([
      `GET ${address}/Messages?Order=asc&PageSize=100`,
      `GET ${address}/Messages?Order=asc&PageSize=100&Page=1&PageToken=PA1`,
    ]);
  });

  it('name a message once that stands on two pages', async () => {
    const next = `${address}/Messages?Page=1`;
    const conversations = await answered(({ url = '' }) => ({
      messages: [message],
      meta: { next_page_url: url.includes('Page=1') ? null : next },
    }));

    expect(await conversations.messages(sids.conversation())).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it('are given up where a list is larger than a function can hold', async () => {
    const body = 'x'.repeat(9_999_000);
    const conversations = await answered(() => ({
      messages: [{ ...message, body }],
      meta: { next_page_url: `${address}/Messages?Page=1` },
    }));

    await expect(conversations.messages(sids.conversation())).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'conversation-too-large',
    });
    expect(asked).toHaveLength(3);
  });

  it('are not read where something else than a conversation answers, and no word of it is repeated', async () => {
    const conversations = await answered(() => ({ messages: [{ ...message, date_created: 'my secret' }], meta: {} }));

    const failing = conversations.messages(sids.conversation());

    await expect(failing).rejects.toMatchObject({ name: 'RetryableError', reason: 'twilio-unreadable' });
    await expect(failing).rejects.toThrow(/messages\.0\.date_created/);
    await expect(failing).rejects.not.toThrow(/secret/);
  });

  it('are there or not when they are deleted', async () => {
    const conversations = await answered(() => ({ code: 20404 }), 404);

    expect(await conversations.deleteConversation(sids.conversation())).toBe('was-gone');
    expect(asked).toEqual([`DELETE ${address}`]);
  });
});
