import { exampleProperties } from '../../support/twilio/openapi-example.ts';
import { restCalls, textOf, type RestAnswer } from '../../support/twilio/rest-calls.ts';
import { startAccount, talk, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const created = 'com.twilio.taskrouter.task.created';
const accepted = 'com.twilio.taskrouter.reservation.accepted';

describe('the simulator’s subscriptions', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
    under.twilio.account.letSinksBegin('active');
  });
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const calls = () => restCalls(under);
  const sink = async (destination = `${catcher.url}/sink`): Promise<string> => {
    const SinkConfiguration = JSON.stringify({ destination, method: 'POST', batch_events: false });
    return textOf(
      await calls().post('/v1/Sinks', { Description: 'Sink', SinkType: 'webhook', SinkConfiguration }),
      'sid',
    );
  };
  const subscribe = (SinkSid: string, ...types: readonly object[]): Promise<RestAnswer> =>
    calls().post('/v1/Subscriptions', {
      ...{ Description: 'Tasks', SinkSid, Types: types.map((type) => JSON.stringify(type)) },
    });
  const typesOf = async (sid: string): Promise<unknown> =>
    (await calls().get(`/v1/Subscriptions/${sid}/SubscribedEvents`)).json['types'];

  it('have every property of Twilio’s examples, and their types in the versions that were asked for', async () => {
    const made = await subscribe(await sink(), { type: created, schema_version: 3 }, { type: accepted });

    expect(made.status).toBe(201);
    expect(Object.keys(made.json).sort()).toEqual(
      exampleProperties('events_v1', { method: 'post', path: '/v1/Subscriptions', example: 'create' }),
    );
    const types = await typesOf(textOf(made, 'sid'));
    // Without a version the latest one: 4, by Twilio's page about TaskRouter's events.
    expect(types).toMatchObject([
      { type: created, schema_version: 3 },
      { type: accepted, schema_version: 4 },
    ]);
    const path = '/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents';
    expect(Array.isArray(types) && Object.keys({ ...types[0] }).sort()).toEqual(
      exampleProperties('events_v1', { method: 'get', path, example: 'readResults', list: 'types' }),
    );
  });

  it('get the events of their types and no others, in the version of their schema, once each', async () => {
    await subscribe(await sink(), { type: created, schema_version: 2 }, { type: accepted, schema_version: 4 });

    const { task } = talk(under);
    await under.twilio.settled();

    const events = catcher.caught.map(({ body }): unknown => JSON.parse(body));
    expect(events).toHaveLength(2);
    expect(events).toMatchObject([
      [
        {
          type: created,
          dataschema: 'https://events-schemas.twilio.com/TaskRouter.WDSEvent/2',
          data: { payload: { task_sid: task } },
        },
      ],
      [{ type: accepted, dataschema: 'https://events-schemas.twilio.com/TaskRouter.WDSEvent/4' }],
    ]);
    expect(under.twilio.deliveries()).toMatchObject([
      { transport: 'event-streams', eventType: 'task.created', state: 'delivered', taskSid: task },
      { transport: 'event-streams', eventType: 'reservation.accepted', state: 'delivered', taskSid: task },
    ]);
  });

  it('get them besides what is delivered to the target, with the same retries', async () => {
    under.twilio.deliverTo({
      ...{ publicUrl: 'https://pipeline.example.com/v1', apiUrl: `${catcher.url}/stage` },
      transports: [{ kind: 'task-events', events: ['task.created'] }],
    });
    await subscribe(await sink('https://pipeline.example.com/v1/twilio/event-streams'), { type: created });
    catcher.answerNext(503, 503);

    under.twilio.taskRouter.createTask({ attributes: {}, channel: 'chat', queue: 'Support', workflow: 'Web' });
    await under.twilio.settled();
    under.clock.advance(1_000);
    await under.twilio.settled();

    expect(catcher.caught.map(({ url }) => url.split('?')[0]).sort()).toEqual([
      ...['/stage/twilio/event-streams', '/stage/twilio/event-streams'],
      ...['/stage/twilio/task-events', '/stage/twilio/task-events'],
    ]);
    expect(under.twilio.deliveryCounts()).toMatchObject({ emitted: 2, attempts: 4, delivered: 2 });
  });

  it('get nothing any more once their sink is gone', async () => {
    const sid = await sink();
    await subscribe(sid, { type: created });
    under.twilio.account.deleteSink(sid);

    talk(under);
    await under.twilio.settled();

    expect(catcher.caught).toEqual([]);
    expect((await calls().get('/v1/Subscriptions')).json['subscriptions']).toEqual([]);
  });

  it('want a sink that is active and that no other subscription uses, which cannot be deleted then', async () => {
    const used = await sink();
    await subscribe(used, { type: created });
    under.twilio.account.letSinksBegin('initialized');

    expect((await subscribe(used, { type: accepted })).json).toMatchObject({
      message: `Sink with SID ${used} is in use`,
    });
    expect((await subscribe(await sink(), { type: created })).status).toBe(400);
    expect((await calls().delete(`/v1/Sinks/${used}`)).status).toBe(400);
    expect(under.twilio.account.sinks()).toHaveLength(2);
  });

  it.each([
    ['no type of Twilio’s', { type: 'com.twilio.taskrouter.task.craeted' }],
    ['no version of the schema', { type: created, schema_version: 5 }],
    ['no name of a property', { type: created, schemaVersion: 4 }],
  ])('are refused with what is %s', async (_what, type) => {
    expect((await subscribe(await sink(), type)).status).toBe(400);
    expect((await calls().get('/v1/Subscriptions')).json['subscriptions']).toEqual([]);
  });

  it('can gain, change and lose a type, be described anew, and be deleted', async () => {
    const sid = textOf(await subscribe(await sink(), { type: created, schema_version: 4 }), 'sid');
    const events = `/v1/Subscriptions/${sid}/SubscribedEvents`;

    expect((await calls().post(events, { Type: accepted, SchemaVersion: '3' })).status).toBe(201);
    expect((await calls().post(`${events}/${created}`, { SchemaVersion: '1' })).json).toMatchObject({
      schema_version: 1,
    });
    expect(await typesOf(sid)).toMatchObject([
      { type: created, schema_version: 1 },
      { type: accepted, schema_version: 3 },
    ]);
    expect((await calls().delete(`${events}/${created}`)).status).toBe(204);
    expect((await calls().get(`${events}/${created}`)).status).toBe(404);
    expect((await calls().post(`/v1/Subscriptions/${sid}`, { Description: 'New' })).json).toMatchObject({
      description: 'New',
    });
    expect((await calls().delete(`/v1/Subscriptions/${sid}`)).status).toBe(204);
    expect((await calls().get(`/v1/Subscriptions/${sid}`)).status).toBe(404);
  });

  it('can be made of the types that are listed, each of a schema that has versions', async () => {
    const { json } = await calls().get('/v1/Types?PageSize=200&SchemaId=TaskRouter.WDSEvent');
    const types = Array.isArray(json['types']) ? json['types'].map((one: { readonly type: string }) => one.type) : [];

    expect(types).toEqual(expect.arrayContaining([created, accepted]));
    expect((await subscribe(await sink(), ...types.map((type) => ({ type, schema_version: 4 })))).status).toBe(201);
    expect((await calls().get(`/v1/Types/${created}`)).json).toMatchObject({ schema_id: 'TaskRouter.WDSEvent' });
    expect((await calls().get('/v1/Schemas/TaskRouter.WDSEvent')).json).toMatchObject({ latest_version: 4 });
    expect((await calls().get('/v1/Schemas/TaskRouter.WDSEvent/Versions')).json['schema_versions']).toHaveLength(4);
  });
});
