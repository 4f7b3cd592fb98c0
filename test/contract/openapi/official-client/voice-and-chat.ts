import type { Checked } from '../../../support/openapi/checked-twilio.ts';
import { officialClient } from '../../../support/twilio/official-client.ts';
import { talk } from '../../../support/twilio/twilio-account.ts';

/** All that the simulator serves of calls, conferences, recordings and conversations. */
export function officialVoiceAndChatRequests({ checked }: Checked): void {
  const client = () => officialClient(checked().url);

  describe('to Voice and Conversations', () => {
    it('read calls, conferences and recordings, and delete a recording', async () => {
      const { customer, conference, workerCall } = talk(checked());
      const recording = checked().twilio.voice.placeRecording({
        ...{ conferenceSid: conference, callSid: customer, channels: 2, durationSeconds: 3 },
      });
      const { calls, conferences, recordings } = client();

      expect((await calls(workerCall).fetch()).direction).toBe('outbound-api');
      expect((await conferences(conference).fetch()).status).toBe('in-progress');
      expect((await conferences(conference).participants.list()).map(({ callSid }) => callSid).toSorted()).toEqual(
        [customer, workerCall].toSorted(),
      );
      expect((await recordings(recording).fetch()).channels).toBe(2);
      expect((await recordings.list({ conferenceSid: conference })).map(({ sid }) => sid)).toEqual([recording]);
      expect((await calls(customer).recordings.list()).map(({ sid }) => sid)).toEqual([recording]);
      expect((await conferences(conference).recordings.list()).map(({ sid }) => sid)).toEqual([recording]);
      expect(await recordings(recording).remove()).toBe(true);
    });

    it('read a conversation and delete it', async () => {
      const { chat } = checked().twilio;
      const sid = chat.start();
      const by = chat.join(sid, { address: '+12025550143', proxyAddress: '+15005550006' });
      chat.say(sid, { by, body: 'Hello' });
      const conversation = client().conversations.v1.conversations(sid);

      expect((await conversation.fetch()).state).toBe('active');
      expect((await conversation.participants.list()).map((one) => one.sid)).toEqual([by]);
      expect((await conversation.messages.list()).map(({ body }) => body)).toEqual(['Hello']);
      expect(await conversation.remove()).toBe(true);
    });

    it('write in a conversation that two were put into', async () => {
      const { conversations, participantConversations } = client().conversations.v1;
      const { sid } = await conversations.create({ friendlyName: 'Ada', uniqueName: 'ada' });
      const address = '+12025550143';
      await conversations(sid).participants.create({
        ...{ 'messagingBinding.address': address, 'messagingBinding.proxyAddress': '+15005550006' },
      });
      const message = await conversations(sid).messages.create({ author: 'ada', body: 'Hello' });
      checked().clock.advance(60_000);
      const receipts = await conversations(sid).messages(message.sid).deliveryReceipts.list();

      expect(receipts.map(({ status }) => status)).toEqual(['sent']);
      expect((await participantConversations.list({ address })).map((one) => one.conversationSid)).toEqual([sid]);
      expect((await conversations(sid).update({ state: 'closed' })).state).toBe('closed');
    });
  });
}
