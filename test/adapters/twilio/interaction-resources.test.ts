import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { twilioConversationTasks } from '../../../lambdas/shared/adapters/twilio/conversation-tasks.ts';
import { twilioInteractions } from '../../../lambdas/shared/adapters/twilio/interactions.ts';
import { twilioOutboundConversations } from '../../../lambdas/shared/adapters/twilio/outbound-conversations.ts';
import { twilioPhoneWorkers } from '../../../lambdas/shared/adapters/twilio/phone-workers.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { interactionSid } from '../../../lambdas/shared/domain/sids.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

const digits = (digit: string): string => digit.repeat(32);
const settings = { workflowSid: `WW${digits('1')}`, queueSid: `WQ${digits('1')}`, taskChannel: 'sms' };
const pair = { address: '+12025550187', proxyAddress: '+12025550143' };
const interaction = { pair, workerSid: sids.worker(), attributes: { autoAnswer: true } };
const lastPage = { meta: { next_page_url: null } };

let answers: HttpAnswers;
let forms: Readonly<Record<string, unknown>>[];
const paths: string[] = [];
afterEach(() => answers.close());

/** Twilio, answering its requests one by one. */
async function twilioSays(...says: readonly { readonly status?: number; readonly json: object }[]) {
  forms = [];
  paths.length = 0;
  let next = 0;
  answers = await answerHttp((request, response) => {
    void text(request).then((body) => answer(request, body, response));
  });
  const answer = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    paths.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    forms.push(Object.fromEntries([...new URLSearchParams(body)].map(([name, value]) => [name, JSON.parse(value)])));
    const { status = 200, json } = says[next++] ?? { status: 500, json: {} };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
  };
  const client = twilioClient({ apiKey: keySource(oldKey), baseUrl: answers.url });
  const tasks = twilioTasks(client, sids.workspace());
  return {
    interactions: twilioInteractions(client, sids.workspace(), settings),
    conversations: twilioOutboundConversations(client),
    workers: twilioPhoneWorkers(client, sids.workspace()),
    conversationTasks: twilioConversationTasks(client, sids.workspace(), tasks),
  };
}

describe('an interaction', () => {
  const sid = `KD${digits('1')}`;

  it('is asked for as in Twilio’s example of an agent’s', async () => {
    const { interactions } = await twilioSays({ json: { sid } });

    await interactions.start(interaction);

    expect(paths).toEqual(['POST /v1/Interactions']);
    expect(forms).toEqual([
      {
        Channel: {
          type: 'sms',
          initiated_by: 'agent',
          participants: [{ address: '+12025550187', proxy_address: '+12025550143' }],
        },
        Routing: {
          properties: {
            workspace_sid: sids.workspace(),
            workflow_sid: settings.workflowSid,
            queue_sid: settings.queueSid,
            worker_sid: sids.worker(),
            task_channel_unique_name: 'sms',
            attributes: { autoAnswer: true },
          },
        },
      },
    ]);
  });

  it.each([
    { what: 'nothing but its SID', json: { sid } },
    { what: 'neither channel nor routing', json: { sid, channel: null, routing: null } },
    {
      what: 'what was asked for',
      json: { sid, channel: { type: 'sms' }, routing: { properties: { attributes: {} } } },
    },
    {
      what: 'placeholders',
      json: { sid, channel: 'sms', routing: { properties: { sid: 'WTxx', attributes: 'WWxx' } } },
    },
  ])('is one of which only the SID is known when Twilio answers $what', async ({ json }) => {
    const { interactions } = await twilioSays({ json });

    expect(await interactions.start(interaction)).toEqual({ kind: 'started', interactionSid: sid });
  });

  it('names an open conversation alone, and beside its participants where Twilio does not take that', async () => {
    const { interactions } = await twilioSays(
      { status: 400, json: { code: 20_001, message: 'participants are required' } },
      { json: { sid } },
    );

    expect(await interactions.start({ ...interaction, conversationSid: sids.conversation() })).toMatchObject({
      interactionSid: sid,
    });

    const properties = { media_channel_sid: sids.conversation() };
    const participants = [{ address: '+12025550187', proxy_address: '+12025550143' }];
    expect(forms.map(({ Channel }) => Channel)).toEqual([
      { type: 'sms', initiated_by: 'agent', properties },
      { type: 'sms', initiated_by: 'agent', properties, participants },
    ]);
  });

  it('is refused by what Twilio said of the first way when it takes neither', async () => {
    const { interactions } = await twilioSays(
      { status: 400, json: { code: 45_354 } },
      { status: 400, json: { code: 20_001 } },
    );

    expect(await interactions.start({ ...interaction, conversationSid: sids.conversation() })).toEqual({
      ...{ kind: 'refused', status: 400, code: 45_354 },
    });
  });

  it('is not asked for twice where Twilio does not answer', async () => {
    const { interactions } = await twilioSays({ status: 502, json: {} });

    await expect(interactions.start({ ...interaction, conversationSid: sids.conversation() })).rejects.toMatchObject({
      reason: 'twilio-unavailable',
    });
    expect(answers.requestCount()).toBe(1);
  });

  it('has no channel while there is none', async () => {
    const { interactions } = await twilioSays({ json: { channels: [], ...lastPage } });

    expect(await interactions.channel(interactionSid(sid))).toBeUndefined();
  });
});

describe('the conversation of a pair', () => {
  const listed = (n: number, proxyAddress: string, state: string) => ({
    conversation_sid: sids.conversation(n),
    conversation_state: state,
    participant_messaging_binding: { type: 'sms', address: pair.address, proxy_address: proxyAddress },
  });

  it('is looked for on every page of the customer’s conversations', async () => {
    const { conversations } = await twilioSays(
      {
        json: {
          conversations: [listed(1, '+12025550100', 'active'), listed(2, pair.proxyAddress, 'closed')],
          meta: { next_page_url: 'https://conversations.twilio.com/v1/ParticipantConversations?Page=1&PageToken=PT1' },
        },
      },
      { json: { conversations: [listed(3, pair.proxyAddress, 'inactive')], ...lastPage } },
    );

    const open = { conversationSid: sids.conversation(3), state: 'inactive', isForOneMessage: false };
    expect(await conversations.openWith(pair)).toEqual(open);

    expect(paths).toEqual([
      'GET /v1/ParticipantConversations?Address=+12025550187&PageSize=50',
      'GET /v1/ParticipantConversations?Page=1&PageToken=PT1',
    ]);
  });

  it('is none of one in the chat alone', async () => {
    const { conversations } = await twilioSays({
      json: { conversations: [{ ...listed(1, '', 'active'), participant_messaging_binding: null }], ...lastPage },
    });

    expect(await conversations.openWith(pair)).toBeUndefined();
  });
});

describe('the workers of a number', () => {
  it('are as Twilio found them where a list leaves their attributes out, and else those who have it', async () => {
    const worker = (n: number, attributes: string | null) => ({
      ...{ sid: sids.worker(n), activity_name: 'Available', available: true, attributes },
    });
    const { workers } = await twilioSays({
      json: { workers: [worker(1, null), worker(2, '{"phone":"+12025550143"}'), worker(3, '{"phone":"+1202555014"}')] },
    });

    expect((await workers.withPhone('+12025550143')).map(({ workerSid }) => workerSid)).toEqual([
      sids.worker(1),
      sids.worker(2),
    ]);
    expect(paths).toEqual([
      `GET /v1/Workspaces/${sids.workspace()}/Workers?TargetWorkersExpression=phone+==+"+12025550143"`,
    ]);
  });
});
