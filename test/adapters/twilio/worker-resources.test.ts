import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { twilioWorkers } from '../../../lambdas/shared/adapters/twilio/workers.ts';
import type { Workers } from '../../../lambdas/shared/ports/workers.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { basicOf, keySource, oldKey } from './api-keys.ts';

const workspaceUrl = `/v1/Workspaces/${sids.workspace()}/Workers`;

/** https://www.twilio.com/docs/taskrouter/api/worker, read 2026-11 */
const workerJson = (n: number, attributes = '{}') => ({
  account_sid: sids.account(),
  activity_name: 'Available',
  activity_sid: `WA${'0'.repeat(32)}`,
  attributes,
  available: true,
  friendly_name: `agent ${n}`,
  sid: sids.worker(n),
  workspace_sid: sids.workspace(),
});

const pageJson = (workers: readonly object[], nextPageUrl: string | null = null) => ({
  workers,
  meta: { page: 0, page_size: 1000, key: 'workers', next_page_url: nextPageUrl, previous_page_url: null },
});

interface Request {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
  readonly form: URLSearchParams;
}

type Reply = readonly [status: number, json: unknown, headers?: Readonly<Record<string, string>>];

describe('the workers of a workspace, by REST', () => {
  let server: HttpAnswers | undefined;
  afterEach(async () => {
    await server?.close();
  });

  /** Workers behind a Twilio that gives these answers, one after the other, and what it was asked. */
  async function answeredWith(...replies: readonly Reply[]): Promise<{ workers: Workers; asked: readonly Request[] }> {
    const asked: Request[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const url = new URL(request.url ?? '', 'http://twilio.example');
      const ifMatch = request.headers['if-match'];
      asked.push({
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        authorization: request.headers.authorization,
        ifMatch,
        form: new URLSearchParams(await text(request)),
      });
      const [status, json, headers = {}] = replies[asked.length - 1] ?? [599, {}];
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(json));
    };
    server = await answerHttp((request, response) => void answer(request, response));
    const client = twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url });
    return { workers: twilioWorkers(client, sids.workspace()), asked };
  }

  it('are fetched with the ETag that Twilio gives, to the letter', async () => {
    const { workers, asked } = await answeredWith([200, workerJson(1, '{"n": 1}'), { ETag: '"7"' }]);

    expect(await workers.fetch(sids.worker())).toEqual({
      kind: 'worker',
      worker: {
        workerSid: sids.worker(),
        friendlyName: 'agent 1',
        activityName: 'Available',
        attributes: '{"n": 1}',
        etag: '"7"',
      },
    });
    expect(asked).toMatchObject([
      { method: 'GET', path: `${workspaceUrl}/${sids.worker()}`, authorization: basicOf(oldKey) },
    ]);
  });

  it('are fetched without an ETag where Twilio gives none', async () => {
    const { workers } = await answeredWith([200, workerJson(1)]);

    const fetched = await workers.fetch(sids.worker());

    expect(fetched.kind === 'worker' && 'etag' in fetched.worker).toBe(false);
  });

  it('are written on the revision that was read, and without one where there was none', async () => {
    const { workers, asked } = await answeredWith([200, workerJson(1)], [200, workerJson(1)]);

    await workers.replaceAttributes(sids.worker(), '{"name":"Ada & Co"}', '"7"');
    await workers.replaceAttributes(sids.worker(), '{}');

    expect(asked.map(({ method, path, ifMatch, form }) => [method, path, ifMatch, form.get('Attributes')])).toEqual([
      ['POST', `${workspaceUrl}/${sids.worker()}`, '"7"', '{"name":"Ada & Co"}'],
      ['POST', `${workspaceUrl}/${sids.worker()}`, undefined, '{}'],
    ]);
  });

  it.each([
    [412, 'changed-meanwhile'],
    [404, 'gone'],
  ])('answer a write with %i when they are %s', async (status, kind) => {
    const { workers } = await answeredWith([status, { code: 20000, message: '', status }]);

    expect(await workers.replaceAttributes(sids.worker(), '{}', '"1"')).toEqual({ kind });
  });

  it('refuse attributes for good with 400, and nobody repeats what was in them', async () => {
    const { workers } = await answeredWith([400, { code: 20001, message: 'phone +12025550143', status: 400 }]);

    const failure = await failureOf(workers.replaceAttributes(sids.worker(), '{"phone":"+12025550143"}'));

    expect(failure).toMatchObject({ name: 'PermanentError', reason: 'worker-attributes-refused' });
    expect(failure).toHaveProperty('message', expect.not.stringContaining('2025550143'));
  });

  it('are listed page by page, wherever Twilio says that the next page lies', async () => {
    const next = `https://elsewhere.example/steal?PageSize=1000&Page=1&PageToken=PA${sids.worker(1)}`;
    const { workers, asked } = await answeredWith(
      [200, pageJson([workerJson(1), workerJson(2)], next)],
      [200, pageJson([workerJson(3)])],
    );

    expect((await workers.list()).map(({ workerSid }) => workerSid)).toEqual([1, 2, 3].map((n) => sids.worker(n)));

    expect(asked.map(({ method, path }) => [method, path])).toEqual([
      ['GET', workspaceUrl],
      ['GET', workspaceUrl],
    ]);
    expect(asked.map(({ query }) => Object.fromEntries(query))).toEqual([
      { PageSize: '1000' },
      { PageSize: '1000', Page: '1', PageToken: `PA${sids.worker(1)}` },
    ]);
  });

  // The property's description says that a list leaves them null; the list's example has them.
  it('are fetched one by one where a list comes without their attributes', async () => {
    const { workers, asked } = await answeredWith(
      [200, pageJson([{ ...workerJson(1), attributes: null }, workerJson(2), { ...workerJson(3), attributes: null }])],
      [200, workerJson(1, '{"n":1}')],
      [404, { code: 20404, message: '', status: 404 }],
    );

    expect((await workers.list()).map(({ workerSid, attributes }) => [workerSid, attributes])).toEqual([
      [sids.worker(1), '{"n":1}'],
      [sids.worker(2), '{}'],
    ]);
    expect(asked.map(({ path }) => path)).toEqual([
      workspaceUrl,
      `${workspaceUrl}/${sids.worker(1)}`,
      `${workspaceUrl}/${sids.worker(3)}`,
    ]);
  });

  it('are nobody where TaskRouter cannot read the expression that looks for them', async () => {
    const refused: Reply = [400, { code: 20001, message: 'Invalid expression', status: 400 }];
    const { workers } = await answeredWith(refused, refused);

    expect(await workers.findByContactUri('client:ada-example')).toEqual([]);
    expect(await failureOf(workers.list())).toMatchObject({ name: 'RetryableError', reason: 'twilio-refused' });
  });

  it('are not listed for ever', async () => {
    const endless: Reply = [200, pageJson([workerJson(1)], 'https://taskrouter.twilio.com/v1/x?PageToken=again')];
    const { workers } = await answeredWith(...Array.from({ length: 101 }, () => endless));

    expect(await failureOf(workers.list())).toMatchObject({ name: 'RetryableError', reason: 'twilio-unreadable' });
    expect(server?.requestCount()).toBe(100);
  });

  it.each([
    ['client:ada', 'contact_uri == "client:ada"'],
    ["client:o'hara", `contact_uri == "client:o'hara"`],
    ['client:"ada"', `contact_uri == 'client:"ada"'`],
  ])('are looked for by the contact URI %s in quotes that it has not', async (contactUri, expression) => {
    const attributes = JSON.stringify({ contact_uri: contactUri });
    const { workers, asked } = await answeredWith([200, pageJson([workerJson(1, attributes)])]);

    expect(await workers.findByContactUri(contactUri)).toMatchObject([{ workerSid: sids.worker(1) }]);
    expect(asked[0]?.query.get('TargetWorkersExpression')).toBe(expression);
  });

  it.each([`client:"o'hara"`, 'client:ada\\', 'client:ada\n'])(
    'are not asked for by a contact URI that no quotes can hold: %j',
    async (contactUri) => {
      const { workers } = await answeredWith();

      expect(await workers.findByContactUri(contactUri)).toEqual([]);
      expect(server?.requestCount()).toBe(0);
    },
  );

  it('are none for a contact URI that no agent can have, and Twilio is not asked for it', async () => {
    const { workers, asked } = await answeredWith();

    expect(await workers.findByContactUri(`client:${'x'.repeat(4000)}`)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('are only those whose contact URI is the very one, whoever else Twilio finds', async () => {
    const found = [
      workerJson(1, '{"contact_uri":"client:Ada"}'),
      workerJson(2, '{"contact_uri":"client:ada"}'),
      workerJson(3, 'no JSON'),
      workerJson(4, '{}'),
    ];
    const { workers } = await answeredWith([200, pageJson(found)]);

    expect((await workers.findByContactUri('client:ada')).map(({ workerSid }) => workerSid)).toEqual([sids.worker(2)]);
  });

  it.each([
    [401, 'twilio-credentials'],
    [429, 'twilio-rate-limited'],
    [500, 'twilio-unavailable'],
  ])('are worth another try after %i: %s', async (status, reason) => {
    const refused: Reply = [status, { code: 20000, message: '', status }, { 'Retry-After': '9' }];
    const { workers } = await answeredWith(refused, refused, refused, refused);

    const failures = [
      await failureOf(workers.fetch(sids.worker())),
      await failureOf(workers.list()),
      await failureOf(workers.findByContactUri('client:ada')),
      await failureOf(workers.replaceAttributes(sids.worker(), '{}')),
    ];

    for (const failure of failures) expect(failure).toMatchObject({ name: 'RetryableError', reason });
  });

  it.each([
    ['no JSON object', []],
    ['a worker without SID', { ...workerJson(1), sid: 'WK1' }],
    ['a worker without attributes', { ...workerJson(1), attributes: null }],
  ])('are not made of %s', async (_case, json) => {
    const { workers } = await answeredWith([200, json]);

    expect(await failureOf(workers.fetch(sids.worker()))).toMatchObject({ reason: 'twilio-unreadable' });
  });
});
