import type { Checked } from '../../../support/openapi/checked-twilio.ts';
import { officialClient } from '../../../support/twilio/official-client.ts';
import { catchWebhooks } from '../../../support/twilio/webhook-catcher.ts';
import type { WebhookCatcher } from '../../../support/twilio/webhook-catcher.ts';

const created = 'com.twilio.taskrouter.task.created';
const accepted = 'com.twilio.taskrouter.reservation.accepted';

/** All that the simulated Event Streams serves. */
export function officialEventRequests({ checked }: Checked): void {
  const events = () => officialClient(checked().url).events.v1;

  describe('to Event Streams', () => {
    let catcher: WebhookCatcher;
    beforeEach(async () => void (catcher = await catchWebhooks()));
    afterEach(() => catcher.close());

    const newSink = () =>
      events().sinks.create({
        description: 'Task pipeline',
        sinkConfiguration: { destination: `${catcher.url}/sink`, method: 'POST', batch_events: false },
        sinkType: 'webhook',
      });

    it('make a sink, try and validate it, change it and take it away', async () => {
      const { sid } = await newSink();
      const sink = events().sinks(sid);

      expect((await sink.sinkTest.create()).result).toBe('submitted');
      await checked().twilio.settled();
      const testId = /"test_id":"([^"]+)"/.exec(catcher.caught[0]?.body ?? '')?.[1] ?? '';
      expect((await sink.sinkValidate.create({ testId })).result).toBe('valid');
      expect((await sink.fetch()).status).toBe('active');
      expect((await sink.update({ description: 'Another' })).description).toBe('Another');
      expect((await events().sinks.list({ status: 'active' })).map((one) => one.sid)).toEqual([sid]);
      expect(await sink.remove()).toBe(true);
    });

    it('make a subscription, change its types, and take it away', async () => {
      checked().twilio.account.letSinksBegin('active');
      const { sid: sinkSid } = await newSink();
      const { sid } = await events().subscriptions.create({
        ...{ description: 'Tasks', sinkSid, types: [{ type: created, schema_version: 4 }] },
      });
      const subscription = events().subscriptions(sid);

      await subscription.subscribedEvents.create({ type: accepted, schemaVersion: 3 });
      expect((await subscription.subscribedEvents(accepted).update({ schemaVersion: 4 })).schemaVersion).toBe(4);
      expect((await subscription.subscribedEvents(accepted).fetch()).type).toBe(accepted);
      expect(await subscription.subscribedEvents(created).remove()).toBe(true);
      expect((await subscription.subscribedEvents.list()).map(({ type }) => type)).toEqual([accepted]);
      expect((await subscription.update({ description: 'Reservations' })).description).toBe('Reservations');
      expect((await subscription.fetch()).sinkSid).toBe(sinkSid);
      expect((await events().subscriptions.list({ sinkSid })).map((one) => one.sid)).toEqual([sid]);
      expect(await subscription.remove()).toBe(true);
    });

    it('read types and schemas', async () => {
      const { eventTypes, schemas } = events();
      const id = 'TaskRouter.WDSEvent';

      expect((await eventTypes.list({ schemaId: id })).map(({ type }) => type)).toContain(created);
      expect((await eventTypes(created).fetch()).schemaId).toBe(id);
      expect((await schemas(id).fetch()).latestVersion).toBe(4);
      expect((await schemas(id).versions.list()).map(({ schemaVersion }) => schemaVersion)).toEqual([1, 2, 3, 4]);
      expect((await schemas(id).versions(4).fetch()).schemaVersion).toBe(4);
    });
  });
}
