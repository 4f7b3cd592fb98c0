import type { IncomingMessage, ServerResponse } from 'node:http';
import { twilioRest } from '../../../cli/twilio/twilio-rest.ts';
import type { TwilioRest } from '../../../cli/twilio/twilio-rest.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from '../twilio/api-keys.ts';

const queues = 'https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/TaskQueues';

/** One answer after the other; `broken` ends the connection without any. */
type Scripted =
  { readonly status: number; readonly json?: object; readonly headers?: Record<string, string> } | 'broken';

describe("Twilio's REST API for commands", () => {
  let twilio: HttpAnswers;
  let asked: { readonly method: string; readonly url: string; readonly body: string }[];
  let pauses: number[];
  let told: string[];
  afterEach(() => twilio.close());

  async function scripted(...answers: readonly Scripted[]): Promise<TwilioRest> {
    const left = [...answers];
    [asked, pauses, told] = [[], [], []];
    twilio = await answerHttp((request, response) => void answer(request, response, left.shift()));
    return twilioRest(twilioClient({ apiKey: keySource(oldKey), baseUrl: twilio.url }), {
      pause: async (seconds) => void pauses.push(seconds),
      tell: (text) => void told.push(text),
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse, scripted: Scripted | undefined) {
    let body = '';
    for await (const text of request.setEncoding('utf8')) body += String(text);
    asked.push({ method: request.method ?? '', url: request.url ?? '', body });
    if (scripted === undefined) throw new Error('nobody was to ask once more');
    if (scripted === 'broken') return void response.destroy();
    response.writeHead(scripted.status, { 'Content-Type': 'application/json', ...scripted.headers });
    response.end(scripted.json === undefined ? '' : JSON.stringify(scripted.json));
  }

  it('lists every page of the newer APIs, asking for each as the one before it says', async () => {
    const next = `${queues}?PageSize=100&Page=1&PageToken=PT1`;
    const rest = await scripted(
      { status: 200, json: { task_queues: [{ sid: 'WQ1' }], meta: { next_page_url: next } } },
      { status: 200, json: { task_queues: [{ sid: 'WQ2' }], meta: { next_page_url: null } } },
    );
    expect(await rest.list(queues, 'task_queues')).toEqual([{ sid: 'WQ1' }, { sid: 'WQ2' }]);
    expect(asked.map(({ url }) => url.split('?')[1])).toEqual(['PageSize=100', 'PageSize=100&Page=1&PageToken=PT1']);
  });

  it('asks for as many at a time as the URL says, where Twilio gives no more', async () => {
    const rest = await scripted({ status: 200, json: { task_queues: [], meta: { next_page_url: null } } });
    await rest.list(`${queues}?PageSize=50`, 'task_queues');
    expect(asked.map(({ url }) => url.split('?')[1])).toEqual(['PageSize=50']);
  });

  it('lists every page of the API of 2010, whose next page stands beside the items', async () => {
    const rest = await scripted(
      { status: 200, json: { keys: [{ sid: 'SK1' }], next_page_uri: '/2010-04-01/Accounts/AC1/Keys.json?Page=1' } },
      { status: 200, json: { keys: [{ sid: 'SK2' }], next_page_uri: null } },
    );
    expect(await rest.list('https://api.twilio.com/2010-04-01/Accounts/AC1/Keys.json', 'keys')).toHaveLength(2);
  });

  it('says of a page without the list that it cannot be used', async () => {
    const rest = await scripted({ status: 200, json: { queues: [] } });
    await expect(rest.list(queues, 'task_queues')).rejects.toThrow('it has no list of task_queues');
  });

  it('gives nothing where there is none, and the ETag where there is one', async () => {
    const rest = await scripted({ status: 404 }, { status: 200, json: { sid: 'WQ1' }, headers: { ETag: '"3"' } });
    expect(await rest.fetch(`${queues}/WQ1`)).toBeUndefined();
    expect(await rest.fetch(`${queues}/WQ1`)).toEqual({ resource: { sid: 'WQ1' }, etag: '"3"' });
  });

  it('waits as long as Twilio says and asks again, also for a create: a call that is one too many was not done', async () => {
    const rest = await scripted(
      { status: 429, headers: { 'Retry-After': '7' } },
      { status: 201, json: { sid: 'WQ1' } },
    );
    expect(await rest.create(queues, { form: { FriendlyName: 'Sales' } })).toEqual({ sid: 'WQ1' });
    expect(pauses).toEqual([7]);
    expect(told).toEqual(['Twilio is busy (twilio-rate-limited); going on in 7 s']);
  });

  it('makes no create again of which nobody knows whether it was done', async () => {
    const rest = await scripted('broken');
    await expect(rest.create(queues, { form: { FriendlyName: 'Sales' } })).rejects.toMatchObject({
      reason: 'twilio-unavailable',
    });
    expect(asked).toHaveLength(1);
  });

  it('makes an update again after a broken connection: twice is as good as once', async () => {
    const rest = await scripted('broken', { status: 200, json: { sid: 'WQ1' } });
    expect(await rest.update(`${queues}/WQ1`, { form: { TaskOrder: 'LIFO' } })).toEqual({ sid: 'WQ1' });
    expect(asked.map(({ body }) => body)).toEqual(['TaskOrder=LIFO', 'TaskOrder=LIFO']);
  });

  it('gives nothing for an update of what changed meanwhile', async () => {
    const rest = await scripted({ status: 412, json: { code: 20412 } });
    expect(await rest.update(`${queues}/WQ1`, { form: { TaskOrder: 'LIFO' } }, '"3"')).toBeUndefined();
  });

  it('sends a field once for each of its texts', async () => {
    const rest = await scripted({ status: 201, json: { sid: 'DF1' } });
    await rest.create('https://events.twilio.com/v1/Subscriptions', {
      form: { Types: ['a b', '{"c":1}'], Description: 'd' },
    });
    expect([...new URLSearchParams(asked[0]?.body).entries()]).toEqual([
      ['Types', 'a b'],
      ['Types', '{"c":1}'],
      ['Description', 'd'],
    ]);
  });

  it('takes one that is gone already as removed', async () => {
    const rest = await scripted({ status: 404 }, { status: 204 });
    await rest.remove(`${queues}/WQ1`);
    await rest.remove(`${queues}/WQ2`);
    expect(asked.map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
  });

  it("says a refusal in Twilio's words, with where its code is explained", async () => {
    const rest = await scripted({ status: 400, json: { code: 20001, message: 'TaskQueue is in use' } });
    await expect(rest.remove(`${queues}/WQ1`)).rejects.toThrow(
      'Twilio answered DELETE /v1/Workspaces/WS00000000000000000000000000000001/TaskQueues/WQ1 with 400 "TaskQueue is in use", error 20001: https://www.twilio.com/docs/api/errors/20001',
    );
  });
});
