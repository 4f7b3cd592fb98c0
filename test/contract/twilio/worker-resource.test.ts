import { officialClient } from '../../support/twilio/official-client.ts';
import { account, apiKeyHeader, startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks } from '../../support/twilio/webhook-catcher.ts';

describe('the simulator’s worker resource', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const workers = () => officialClient(under.twilio.url).taskrouter.v1.workspaces(account.workspaceSid).workers;
  const hire = (name: string) =>
    under.twilio.taskRouter.createWorker({ name, attributes: { contact_uri: `client:${name}`, team: { id: 7 } } });
  const post = (sid: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${under.twilio.url}/v1/Workspaces/${account.workspaceSid}/Workers/${sid}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: apiKeyHeader, ...headers },
    });

  it('is read by Twilio’s own client, with its activity and the exact text of its attributes', async () => {
    const ada = hire('ada');
    under.twilio.taskRouter.setActivity(ada, 'Break');

    expect(await workers()(ada).fetch()).toMatchObject({
      sid: ada,
      friendlyName: 'ada',
      activityName: 'Break',
      available: false,
      attributes: '{"contact_uri":"client:ada","team":{"id":7}}',
      workspaceSid: account.workspaceSid,
    });
    await expect(workers()(`WK${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('is listed page by page', async () => {
    const sids = ['ada', 'bob', 'chika'].map(hire);

    const listed = await workers().list({ pageSize: 2 });

    expect(listed.map(({ sid }) => sid)).toEqual(sids);
    expect(under.twilio.requests().filter(({ path }) => path.endsWith('/Workers'))).toHaveLength(2);
  });

  it.each([
    ['contact_uri == "client:bob"', ['bob']],
    [`contact_uri == 'client:bob'`, ['bob']],
    ['contact_uri == "client:bob" AND team.id == 7', ['bob']],
    ['contact_uri == "client:bob" AND team.id == 8', []],
    ['friendly_name == "chika"', ['chika']],
    ['contact_uri == "client:ada AND bob"', []],
    ['nobody_has_this == "client:bob"', []],
  ])('is found by %s', async (targetWorkersExpression, names) => {
    ['ada', 'bob', 'chika'].map(hire);

    const found = await workers().list({ targetWorkersExpression });

    expect(found.map(({ friendlyName }) => friendlyName)).toEqual(names);
  });

  it.each([
    'contact_uri LIKE "client"',
    'contact_uri == client:bob',
    'contact_uri = "client:bob"',
    'contact_uri === "client:bob"',
    'contact-uri == "client:bob"',
    'team.the-id == 7',
    'contact_uri == "client:bob" and team.id == 7',
    '',
  ])(
    'refuses %j, which TaskRouter’s language does not know, or nobody here speaks',
    async (targetWorkersExpression) => {
      const answer = await fetch(
        `${under.twilio.url}/v1/Workspaces/${account.workspaceSid}/Workers?${new URLSearchParams({ TargetWorkersExpression: targetWorkersExpression }).toString()}`,
        { headers: { authorization: apiKeyHeader } },
      );

      expect(answer.status).toBe(400);
    },
  );

  it('takes new attributes, and tells of them', async () => {
    const ada = hire('ada');
    const catcher = await catchWebhooks();
    under.twilio.deliverTo({
      publicUrl: 'https://events.example.org/v1',
      apiUrl: `${catcher.url}/v1`,
      transports: [{ kind: 'task-events' }],
    });

    await workers()(ada).update({ attributes: '{"full_name":"Ada Example"}' });
    await under.twilio.settled();

    expect(under.twilio.taskRouter.worker(ada)).toMatchObject({
      name: 'ada',
      attributes: '{"full_name":"Ada Example"}',
    });
    expect(catcher.caught.map(({ body }) => new URLSearchParams(body).get('EventType'))).toEqual([
      'worker.attributes.update',
    ]);
    await catcher.close();
  });

  it('heeds If-Match where it is sent', async () => {
    const ada = hire('ada');
    const read = await workers()(ada).fetchWithHttpInfo();
    const etag = String(read.headers?.['etag']);

    expect((await post(ada, { Attributes: '{"a":1}' }, { 'if-match': etag })).status).toBe(200);
    const second = await post(ada, { Attributes: '{"a":2}' }, { 'if-match': etag });

    expect(second.status).toBe(412);
    expect(await second.json()).toMatchObject({ code: 20412 });
    expect((await post(ada, { Attributes: '{"a":3}' })).status).toBe(200);
    expect(under.twilio.taskRouter.worker(ada)?.attributes).toBe('{"a":3}');
  });

  it('refuses attributes that are too long or no object, and fields that it cannot change', async () => {
    const ada = hire('ada');
    const ofLength = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`;

    expect((await post(ada, { Attributes: ofLength(4096) })).status).toBe(200);
    for (const form of [
      { Attributes: ofLength(4097) },
      { Attributes: '[]' },
      { Attributs: '{}' },
      { ActivitySid: `WA${'0'.repeat(32)}` },
    ])
      expect((await post(ada, form as Record<string, string>)).status).toBe(400);

    expect(under.twilio.taskRouter.worker(ada)?.attributes).toHaveLength(4096);
  });
});
