import type { Checked } from '../../support/openapi/checked-twilio.ts';
import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { SmsWorld } from '../../support/twilio/sms-world.ts';

/** send-sms does to Flex and Conversations all that it ever does. */
export function sendSmsRequests({ checked }: Checked): void {
  const world = (longLived = true): Promise<SmsWorld> => startSmsWorld({ longLived, account: checked() });

  describe('of send-sms', () => {
    it('begin a conversation of an agent’s, and find it again', async () => {
      const { send, keyed } = await world();

      expect((await send(order)).status).toBe(200);
      expect((await send({ ...order, message: 'Your car is ready' })).json['reused']).toBe(true);
      expect((await keyed('one', { ...order, message: 'Again' })).status).toBe(200);
    });

    it('begin one that ends with its task, and another', async () => {
      const { send, accept, twilio } = await world(false);

      expect((await send({ ...order, message: 'Your car is ready' })).status).toBe(200);
      twilio.taskRouter.completeTask(accept(), 'done');
      expect((await send(order)).json['reused']).toBe(false);
    });

    it('say something without an agent, twice, and once more after the conversation was closed', async () => {
      const { send, clock } = await world();
      const alone = { ...order, message: 'Your car is ready', agent: false };

      expect((await send(alone)).status).toBe(200);
      clock.advance(20 * 60_000);
      expect(
        (await send({ fromNumber: agentNumber, toName: 'Ada', toNumber: customerNumber, agent: false, message: 'Bye' }))
          .status,
      ).toBe(200);
    });
  });
}
