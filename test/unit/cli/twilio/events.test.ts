// Long because every way in which events can come, and go astray, is planned by this one section.
import type { EventsSettings } from '../../../../cli/twilio/events/events-settings.ts';
import { eventsSection } from '../../../../cli/twilio/events/section.ts';
import { restCalls } from '../../../support/twilio/rest-calls.ts';
import { account } from '../../../support/twilio/twilio-account.ts';
import { actionsOf, apply, planOf, PluggedOutError, startWired } from './wired-account.ts';
import type { Crash, WiredAccount } from './wired-account.ts';

const agentNews = {
  transport: 'event-streams',
  features: ['worker-attributes', 'agent-states'],
  flexRecordingWebhook: false,
} satisfies EventsSettings;
const agentTypes = {
  'com.twilio.taskrouter.worker.attributes.update': 4,
  'com.twilio.taskrouter.worker.activity.update': 4,
};

describe("the events of an account's configuration", () => {
  let wired: WiredAccount;
  beforeEach(async () => {
    wired = await startWired();
  });
  afterEach(() => wired.stop());

  const calls = () => restCalls(wired.under);
  const sinks = () => wired.twilio.account.sinks();
  const onlySink = () => {
    const [sink, ...more] = sinks();
    if (sink === undefined || more.length > 0) throw new Error(`there are ${sinks().length} sinks`);
    return sink;
  };
  const makeSink = async (destination: string, more: object = {}): Promise<string> => {
    const { json } = await calls().post('/v1/Sinks', {
      Description: 'By hand',
      SinkType: 'webhook',
      SinkConfiguration: JSON.stringify({ destination, method: 'POST', batch_events: false, ...more }),
    });
    return String(json['sid']);
  };
  const workspace = async () => (await calls().get(`/v1/Workspaces/${account.workspaceSid}`)).json;
  const setWorkspace = (fields: Readonly<Record<string, string>>) =>
    calls().post(`/v1/Workspaces/${account.workspaceSid}`, fields);

  describe('by Event Streams', () => {
    it('come through one sink that a delivered test made active, and one subscription pinned to the version', async () => {
      const plan = await apply(wired.events(agentNews));

      expect(actionsOf(plan)).toEqual(['create sink', 'create subscription']);
      expect(plan.changes[0]).toMatchObject({
        name: `${wired.publicUrl}/twilio/event-streams`,
        differences: [
          { field: 'destination', to: `${wired.publicUrl}/twilio/event-streams` },
          { field: 'method', to: 'POST' },
          { field: 'batch_events', to: 'false' },
          { field: 'status', to: 'active' },
        ],
      });
      expect(plan.changes[1]?.differences).toEqual([
        { field: 'types', to: 'worker.attributes.update, worker.activity.update' },
        { field: 'schema_version', to: '4' },
      ]);
      expect(onlySink()).toMatchObject({
        destination: `${wired.publicUrl}/twilio/event-streams`,
        batchEvents: false,
        status: 'active',
        subscription: { types: agentTypes },
      });
      expect(onlySink().description).toBe(
        `Flex task pipeline at ${new URL(wired.publicUrl).host}: TaskRouter's events`,
      );
    });

    it('have all seventeen types for all features', async () => {
      await apply(wired.events({ ...agentNews, features: ['voice', 'digital', 'worker-attributes', 'agent-states'] }));

      expect(Object.keys(onlySink().subscription?.types ?? {})).toHaveLength(17);
    });

    it('need nothing more once they come', async () => {
      await apply(wired.events(agentNews));

      expect(await planOf(wired.events(agentNews))).toMatchObject({ changes: [], unmanaged: [], warnings: [] });
    });

    it('are tested before they are subscribed to where Twilio calls every new sink active', async () => {
      wired.twilio.account.letSinksBegin('active');

      await apply(wired.events(agentNews));

      expect((await wired.world.ledger.readSinkTests())?.tests).toHaveLength(1);
      expect(onlySink().subscription?.types).toEqual(agentTypes);
    });

    it.each<Crash>(
      [1, 2, 3, 4].flatMap((atWrite) => [
        { atWrite, when: 'before' },
        { atWrite, when: 'after' },
      ]),
    )('come through one sink and one subscription after a crash at write %j', async (crash) => {
      await expect(apply(wired.events(agentNews, { crash }))).rejects.toThrow(PluggedOutError);

      await apply(wired.events(agentNews));

      expect(onlySink()).toMatchObject({ status: 'active', subscription: { types: agentTypes } });
      expect(await planOf(wired.events(agentNews))).toMatchObject({ changes: [], warnings: [] });
    });

    it.each<Crash>(
      [1, 2, 3].flatMap((atWrite) => [
        { atWrite, when: 'before' },
        { atWrite, when: 'after' },
      ]),
    )('are put right after a crash at write %j of a correction', async (crash) => {
      await apply(wired.events(agentNews));
      await spoil();

      await expect(apply(wired.events(agentNews, { crash }))).rejects.toThrow(PluggedOutError);
      await apply(wired.events(agentNews));

      expect(onlySink().subscription?.types).toEqual(agentTypes);
    });

    /** One type is missing, one has another version, one is too much. */
    async function spoil(): Promise<void> {
      const at = `/v1/Subscriptions/${onlySink().subscription?.sid}/SubscribedEvents`;
      await calls().post(`${at}/com.twilio.taskrouter.worker.attributes.update`, { SchemaVersion: '1' });
      await calls().delete(`${at}/com.twilio.taskrouter.worker.activity.update`);
      await calls().post(at, { Type: 'com.twilio.taskrouter.worker.created', SchemaVersion: '4' });
    }

    it('are shown type by type where somebody changed the subscription, and nothing else is', async () => {
      await apply(wired.events(agentNews));
      await spoil();

      const plan = await planOf(wired.events(agentNews));

      expect(actionsOf(plan)).toEqual(['update subscription']);
      expect(plan.changes[0]?.differences).toEqual([
        { field: 'com.twilio.taskrouter.worker.attributes.update', from: 'schema version 1', to: 'schema version 4' },
        { field: 'com.twilio.taskrouter.worker.activity.update', to: 'schema version 4' },
        { field: 'com.twilio.taskrouter.worker.created', from: 'schema version 4' },
      ]);
    });

    it('are shown missing where somebody deleted the subscription, or the sink with it', async () => {
      await apply(wired.events(agentNews));
      await calls().delete(`/v1/Subscriptions/${onlySink().subscription?.sid}`);
      expect(actionsOf(await planOf(wired.events(agentNews)))).toEqual(['create subscription']);

      wired.twilio.account.deleteSink(onlySink().sid);
      expect(actionsOf(await planOf(wired.events(agentNews)))).toEqual(['create sink', 'create subscription']);
    });

    it('are tested again where the sink is not active', async () => {
      await makeSink(`${wired.publicUrl}/twilio/event-streams`);

      const plan = await apply(wired.events(agentNews));

      expect(actionsOf(plan)).toEqual(['update sink', 'create subscription']);
      expect(plan.changes[0]?.differences).toEqual([{ field: 'status', from: 'initialized', to: 'active' }]);
      expect(onlySink().status).toBe('active');
    });

    it('are not mistaken by the test of somebody else that arrives first', async () => {
      const needs = wired.needs(agentNews);
      const { account: its } = needs;
      if (its.pipeline === undefined) throw new Error('no pipeline is known');
      const other = { testId: 'TI-other', receivedAt: new Date('2026-11-20T08:00:00Z'), contentType: '' };
      let looks = 0;
      const readSinkTests = async () => {
        looks += 1;
        return looks === 2 ? { version: 1, tests: [other] } : wired.world.ledger.readSinkTests();
      };
      const pipeline = { ...its.pipeline, controls: { ...its.pipeline.controls, readSinkTests } };

      await apply(eventsSection({ ...needs, account: { ...its, pipeline } }));

      expect(onlySink().status).toBe('active');
      expect(looks).toBeGreaterThan(2);
    });

    it('do not take a probe of doctor’s for their test where Twilio calls every test valid', async () => {
      wired.twilio.account.letSinksBegin('active');
      await wired.breakGateway();
      const needs = wired.needs(agentNews);
      const { account: its } = needs;
      if (its.pipeline === undefined) throw new Error('no pipeline is known');
      const probe = { testId: 'doctor-1-é😀', receivedAt: new Date('2026-11-20T08:00:00Z'), contentType: '' };
      let looks = 0;
      const readSinkTests = async () => {
        looks += 1;
        return looks === 1 ? undefined : { version: 1, tests: [probe] };
      };
      const pipeline = { ...its.pipeline, controls: { ...its.pipeline.controls, readSinkTests } };

      await expect(apply(eventsSection({ ...needs, account: { ...its, pipeline } }))).rejects.toThrow(
        'did not arrive within 60 s',
      );

      expect(onlySink().subscription).toBeUndefined();
    });

    it('say after a minute that no test arrived, and leave the sink to the next run', async () => {
      await wired.breakGateway();

      await expect(apply(wired.events(agentNews))).rejects.toMatchObject({
        name: 'CannotBeMadeError',
        message: expect.stringContaining(`sent to ${wired.publicUrl}/twilio/event-streams did not arrive within 60 s`),
      });

      expect(wired.pauseSeconds()).toBe(60);
      expect(wired.told.at(-1)).toBe(`waiting for the test event of ${onlySink().sid}: 60 s`);
      expect(onlySink().subscription).toBeUndefined();
    });

    it('want the id of their test where no pipeline knows it, and take it from whoever has read it', async () => {
      await expect(apply(wired.events(agentNews, { isPipelineKnown: false }))).rejects.toMatchObject({
        name: 'CannotBeMadeError',
        message: expect.stringMatching(/--stage or --data.*CONTROL#sink-tests.*--test-id/),
      });
      await wired.twilio.settled();
      const [test] = (await wired.world.ledger.readSinkTests())?.tests ?? [];

      await apply(wired.events(agentNews, { isPipelineKnown: false, typed: { 'test-id': test?.testId ?? '' } }));

      expect(onlySink()).toMatchObject({ status: 'active', subscription: { types: agentTypes } });
    });

    it('are taken at Twilio’s word where no pipeline knows of tests and the new sink is active', async () => {
      wired.twilio.account.letSinksBegin('active');

      await apply(wired.events(agentNews, { isPipelineKnown: false }));

      expect(onlySink().subscription?.types).toEqual(agentTypes);
      expect(await wired.world.ledger.readSinkTests()).toBeUndefined();
    });

    it('are not waited for twice in one run', async () => {
      await wired.breakGateway();
      const { changes } = await planOf(wired.events(agentNews));
      const [sink, subscription] = changes.flatMap(({ how }) => (how.kind === 'make' ? [how] : []));

      await expect(sink?.make()).rejects.toThrow('did not arrive within 60 s');
      await expect(subscription?.make()).rejects.toThrow('its own change has to be made first');

      expect(wired.pauseSeconds()).toBe(60);
    });

    it('are refused an id that was typed wrongly, in Twilio’s words', async () => {
      await makeSink(`${wired.publicUrl}/twilio/event-streams`);

      await expect(apply(wired.events(agentNews, { typed: { 'test-id': 'TI-typo' } }))).rejects.toMatchObject({
        name: 'TwilioSaidNoError',
        message: expect.stringContaining('TestId is not that of the last test'),
      });
    });

    it('warn of a second sink, use the oldest active one, and delete the other where it is named', async () => {
      const older = await makeSink(`${wired.publicUrl}/twilio/event-streams`);
      wired.twilio.account.letSinksBegin('active');
      const active = await makeSink(`${wired.publicUrl}/twilio/event-streams`);

      const plan = await apply(wired.events(agentNews));
      expect(actionsOf(plan)).toEqual(['create subscription']);
      expect(plan.warnings).toEqual([
        `2 sinks would lead to the pipeline, and ${active} is used. Delete what is not needed with --prune sink/${older}`,
      ]);
      expect(plan.unmanaged).toEqual([
        { kind: 'sink', name: `${older} to ${wired.publicUrl}/twilio/event-streams`, sid: older },
      ]);

      expect(actionsOf(await apply(wired.events(agentNews, { typed: { prune: `sink/${older}` } })))).toEqual([
        'delete sink',
      ]);
      expect(onlySink()).toMatchObject({ sid: active, subscription: { types: agentTypes } });
    });

    it('get a new sink where the one that is there sends many at once, before the old one may go', async () => {
      wired.twilio.account.letSinksBegin('active');
      const batched = await makeSink(`${wired.publicUrl}/twilio/event-streams`, { batch_events: true });

      const plan = await apply(wired.events(agentNews));

      expect(actionsOf(plan)).toEqual(['create sink', 'create subscription']);
      expect(plan.warnings[0]).toContain('a new one is made; Twilio cannot change the method of a sink');
      await apply(wired.events(agentNews, { typed: { prune: `sink/${batched}` } }));
      expect(onlySink()).toMatchObject({ batchEvents: false, subscription: { types: agentTypes } });
    });

    it('leave sinks to elsewhere alone, and show them without a password', async () => {
      const sid = await makeSink('https://ada:not-a-secret@warehouse.example.com/events');

      const plan = await apply(wired.events(agentNews));

      expect(plan.unmanaged).toEqual([
        { kind: 'sink', name: `${sid} to https://ada:***@warehouse.example.com/events`, sid },
      ]);
      expect(sinks()).toHaveLength(2);
    });

    it('are left where they come from, once they are wanted no more, until the sink is named', async () => {
      await apply(wired.events(agentNews));
      const none: EventsSettings = { ...agentNews, transport: 'none' };
      const { sid } = onlySink();

      const plan = await apply(wired.events(none));
      expect(plan.changes).toEqual([]);
      expect(plan.unmanaged).toMatchObject([{ kind: 'sink', sid }]);

      await apply(wired.events(none, { typed: { prune: `sink/${sid}` } }));
      expect(sinks()).toEqual([]);
    });
  });

  describe('by the workspace’s event callback', () => {
    const called: EventsSettings = { ...agentNews, transport: 'workspace-callback' };

    it('come with retries, filtered to the types that are needed', async () => {
      const plan = await apply(wired.events(called));

      expect(plan.changes).toMatchObject([
        {
          action: 'create',
          kind: 'event-callback',
          name: 'EventCallbackUrl',
          differences: [
            { field: 'EventCallbackUrl', to: `${wired.publicUrl}/twilio/task-events#rc=5&rp=all` },
            { field: 'EventsFilter', to: 'worker.activity.update, worker.attributes.update' },
          ],
        },
      ]);
      expect(await workspace()).toMatchObject({
        event_callback_url: `${wired.publicUrl}/twilio/task-events#rc=5&rp=all`,
        events_filter: 'worker.attributes.update,worker.activity.update',
      });
      expect(await planOf(wired.events(called))).toMatchObject({ changes: [], unmanaged: [] });
    });

    it('come by both ways where both are wanted', async () => {
      const plan = await apply(wired.events({ ...agentNews, transport: 'both' }));

      expect(actionsOf(plan)).toEqual(['create sink', 'create subscription', 'create event-callback']);
    });

    it('are shown changed where somebody changed the filter or took the retries away', async () => {
      await apply(wired.events(called));
      await setWorkspace({
        EventCallbackUrl: `${wired.publicUrl}/twilio/task-events`,
        EventsFilter: 'worker.activity.update',
      });

      const plan = await apply(wired.events(called));

      expect(plan.changes).toMatchObject([
        {
          action: 'update',
          differences: [
            {
              field: 'EventCallbackUrl',
              from: `${wired.publicUrl}/twilio/task-events`,
              to: `${wired.publicUrl}/twilio/task-events#rc=5&rp=all`,
            },
            {
              field: 'EventsFilter',
              from: 'worker.activity.update',
              to: 'worker.activity.update, worker.attributes.update',
            },
          ],
        },
      ]);
      expect((await planOf(wired.events(called))).changes).toEqual([]);
    });

    it('take no URL that is another’s, unless it is named exactly', async () => {
      const theirs = 'https://insights.example.com/events?tenant=7';
      await setWorkspace({ EventCallbackUrl: theirs });

      const [change] = (await planOf(wired.events(called))).changes;
      expect(change?.differences[0]).toEqual({
        field: 'EventCallbackUrl',
        from: theirs,
        to: `${wired.publicUrl}/twilio/task-events#rc=5&rp=all`,
      });
      expect(change?.how).toMatchObject({ kind: 'blocked', why: expect.stringContaining(`--take-over '${theirs}'`) });
      const near = wired.events(called, { typed: { 'take-over': 'https://insights.example.com/events' } });
      expect((await planOf(near)).changes[0]?.how).toMatchObject({ kind: 'blocked' });

      await apply(wired.events(called, { typed: { 'take-over': theirs } }));
      expect(await workspace()).toMatchObject({
        event_callback_url: `${wired.publicUrl}/twilio/task-events#rc=5&rp=all`,
      });
    });

    it('do not take a URL for ours that only begins like it', async () => {
      await setWorkspace({ EventCallbackUrl: `${wired.publicUrl}-of-others/twilio/task-events` });

      expect((await planOf(wired.events(called))).changes[0]?.how).toMatchObject({ kind: 'blocked' });
    });

    it('write over nothing that somebody set since it was looked at', async () => {
      const [change] = (await planOf(wired.events(called))).changes;
      await setWorkspace({ EventCallbackUrl: 'https://insights.example.com/events' });

      if (change?.how.kind !== 'make') throw new Error('nothing is to be made');
      await expect(change.how.make()).rejects.toThrow('has been changed by somebody since it was looked at');
    });

    it('show a URL that nobody wants here and leave it, until it is named', async () => {
      await setWorkspace({ EventCallbackUrl: 'https://ada:not-a-secret@insights.example.com/events' });
      const shown = 'https://ada:***@insights.example.com/events';

      expect((await apply(wired.events(agentNews))).unmanaged).toEqual([
        { kind: 'event-callback', name: shown, sid: account.workspaceSid },
      ]);
      const plan = await apply(wired.events(agentNews, { typed: { prune: `event-callback/${shown}` } }));

      expect(actionsOf(plan)).toEqual(['delete event-callback']);
      expect((await workspace())['event_callback_url'] || null).toBeNull();
    });
  });

  describe('by Flex’s recording webhook', () => {
    const told: EventsSettings = { ...agentNews, transport: 'none', flexRecordingWebhook: true };
    const property = 'call_recording_webhook_url';

    it('come to the route of recordings, and leave every other setting of Flex', async () => {
      const before = wired.twilio.account.flexConfiguration();

      const plan = await apply(wired.events(told));

      expect(plan.changes).toMatchObject([
        {
          action: 'create',
          kind: 'flex-recording-webhook',
          name: property,
          differences: [{ field: property, to: `${wired.publicUrl}/twilio/recording-events` }],
        },
      ]);
      expect(wired.twilio.account.flexConfiguration()).toEqual({
        ...before,
        account_sid: account.accountSid,
        [property]: `${wired.publicUrl}/twilio/recording-events`,
      });
      expect((await planOf(wired.events(told))).changes).toEqual([]);
    });

    it('take no URL that is another’s, unless it is named', async () => {
      const theirs = 'https://recorder.example.com/hook';
      wired.twilio.account.setFlexConfiguration({ [property]: theirs });

      expect((await planOf(wired.events(told))).changes[0]?.how).toMatchObject({ kind: 'blocked' });
      await apply(wired.events(told, { typed: { 'take-over': theirs } }));

      expect(wired.twilio.account.flexConfiguration()[property]).toBe(`${wired.publicUrl}/twilio/recording-events`);
    });

    it('are no reason to touch a URL that nobody wants here', async () => {
      const theirs = 'https://recorder.example.com/hook';
      wired.twilio.account.setFlexConfiguration({ [property]: theirs });

      const { changes, unmanaged } = await planOf(wired.events({ ...told, flexRecordingWebhook: false }));

      expect(changes).toEqual([]);
      expect(unmanaged).toMatchObject([{ kind: 'flex-recording-webhook', name: theirs }]);
    });
  });

  it('are left out where the configuration has none, and where nobody knows the public URL', () => {
    expect(wired.events(undefined)).toEqual({
      name: 'events',
      kind: 'left-out',
      why: 'the configuration has no "events"',
    });
    expect(wired.events(agentNews, { publicUrl: null })).toMatchObject({
      kind: 'left-out',
      why: expect.stringMatching(/--stage or --data, or give --public-url/),
    });
  });

  it('say what the team’s own code has to say of the recordings that it begins', async () => {
    expect((await planOf(wired.events(agentNews))).notes).toEqual([
      expect.stringContaining(
        `RecordingStatusCallback ${wired.publicUrl}/twilio/recording-events#rc=5&rp=all with RecordingStatusCallbackEvent "in-progress completed absent"`,
      ),
    ]);
  });
});
