import type { DeliveryPolicy, Transport } from '../../../local/twilio/delivery/delivery-target.ts';
import { startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const HOUR_MS = 3_600_000;
const streams: Transport = { kind: 'event-streams', events: ['task.created'] };
const classic: Transport = { kind: 'task-events', events: ['task.created'] };

describe('a delivery of the simulator', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
  });
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const begin = (transport: Transport, policy?: DeliveryPolicy): void => {
    const apiUrl = `${catcher.url}/v1`;
    under.twilio.deliverTo({ publicUrl: apiUrl, apiUrl, transports: [transport], ...(policy && { policy }) });
    under.twilio.taskRouter.createTask({ attributes: {}, channel: 'chat', queue: 'Support', workflow: 'Web' });
  };
  const pass = async (ms: number): Promise<void> => {
    under.clock.advance(ms);
    await under.twilio.settled();
  };

  it.each([500, 503, 429])(
    'by Event Streams that meets %d comes again, the very same request, until it is taken',
    async (status) => {
      catcher.answerNext(status, status);
      begin(streams);
      await under.twilio.settled();

      await pass(1_000);
      await pass(2_000);

      expect(catcher.caught).toHaveLength(3);
      expect(new Set(catcher.caught.map((caught) => caught.body)).size).toBe(1);
      expect(under.twilio.deliveryCounts()).toEqual({
        emitted: 1,
        lost: 0,
        attempts: 3,
        delivered: 1,
        dropped: 0,
        forgedSent: 0,
      });
    },
  );

  it.each([400, 403, 404, 413, 415])('by Event Streams that meets %d is thrown away for ever', async (status) => {
    catcher.answerAlways(status);
    begin(streams);
    await under.twilio.settled();

    await pass(5 * HOUR_MS);

    expect(under.twilio.deliveryCounts()).toMatchObject({ attempts: 1, delivered: 0, dropped: 1 });
    expect(under.twilio.deliveries()).toMatchObject([
      { eventType: 'task.created', state: 'dropped', lastStatus: status },
    ]);
  });

  it('by Event Streams is tried for four hours and then given up', async () => {
    catcher.answerAlways(503);
    begin(streams);
    await under.twilio.settled();

    for (let minute = 0; minute < 225; minute += 1) await pass(60_000);
    expect(under.twilio.waitingDeliveries()).toBe(1);
    for (let minute = 0; minute < 20; minute += 1) await pass(60_000);

    expect(under.twilio.waitingDeliveries()).toBe(0);
    expect(under.twilio.deliveryCounts()).toMatchObject({ delivered: 0, dropped: 1 });
    expect(catcher.caught.length).toBeGreaterThan(20);
  });

  it('by callback is tried once and five times more, each with the same idempotency token', async () => {
    catcher.answerAlways(503);
    begin(classic);
    await under.twilio.settled();

    for (let second = 0; second < 20; second += 1) await pass(1_000);

    expect(catcher.caught).toHaveLength(6);
    expect(new Set(catcher.caught.map((caught) => caught.headers['i-twilio-idempotency-token'])).size).toBe(1);
    expect(under.twilio.deliveryCounts()).toMatchObject({ attempts: 6, dropped: 1 });
  });

  it('to a closed door is an attempt without an answer, and comes again', async () => {
    await catcher.close();

    begin(streams);
    await under.twilio.settled();

    expect(under.twilio.deliveries()).toMatchObject([{ state: 'waiting', attempts: 1, lastStatus: 0 }]);
    expect(under.twilio.waitingDeliveries()).toBe(1);
  });

  it('is lost when the policy says so', async () => {
    begin(streams, () => []);
    await under.twilio.settled();

    expect(catcher.caught).toEqual([]);
    expect(under.twilio.deliveryCounts()).toMatchObject({ emitted: 1, lost: 1, attempts: 0, delivered: 0 });
  });

  it('comes twice, the second time when the clock says so', async () => {
    begin(streams, () => [{ afterMs: 0 }, { afterMs: 30_000 }]);
    await under.twilio.settled();
    expect(catcher.caught).toHaveLength(1);

    await pass(29_999);
    expect(catcher.caught).toHaveLength(1);
    await pass(1);

    expect(catcher.caught).toHaveLength(2);
    expect(catcher.caught[1]?.body).toBe(catcher.caught[0]?.body);
    expect(under.twilio.deliveryCounts()).toMatchObject({ emitted: 1, delivered: 2 });
  });

  it('overtakes another that the policy delays', async () => {
    begin(streams, ({ ordinal }) => [{ afterMs: ordinal === 1 ? 5_000 : 0 }]);
    const later = under.twilio.taskRouter.createTask({
      attributes: {},
      channel: 'chat',
      queue: 'Support',
      workflow: 'Web',
    });
    await under.twilio.settled();
    await pass(5_000);

    expect(catcher.caught).toHaveLength(2);
    expect(catcher.caught[0]?.body).toContain(later);
    expect(catcher.caught[1]?.body).not.toContain(later);
  });

  it('that is forged is sent once, whatever the answer', async () => {
    catcher.answerAlways(503);
    begin(streams, () => [{ afterMs: 0, forged: 'signature' }]);
    await under.twilio.settled();

    await pass(5 * HOUR_MS);

    expect(catcher.caught).toHaveLength(1);
    expect(under.twilio.deliveryCounts()).toMatchObject({ forgedSent: 1, dropped: 0 });
  });

  it('comes a second time word for word when everything is played again, and a forged one does not', async () => {
    begin(streams, () => [{ afterMs: 0 }, { afterMs: 0, forged: 'signature' }]);
    await under.twilio.settled();
    const counts = under.twilio.deliveryCounts();
    const [genuine] = catcher.caught.filter(({ headers }) =>
      String(headers['i-twilio-idempotency-token']).endsWith('-0'),
    );

    expect(await under.twilio.playDeliveriesAgain()).toBe(1);

    expect(catcher.caught).toHaveLength(3);
    expect(catcher.caught[2]).toMatchObject({
      url: genuine?.url,
      body: genuine?.body,
      headers: { 'x-twilio-signature': genuine?.headers['x-twilio-signature'] },
    });
    expect(under.twilio.deliveryCounts()).toEqual(counts);
  });

  it('is over when the simulator stops', async () => {
    catcher.answerAlways(503);
    begin(streams);
    await under.twilio.settled();

    await under.twilio.stop();
    under.clock.advance(HOUR_MS);

    expect(catcher.caught).toHaveLength(1);
  });
});
