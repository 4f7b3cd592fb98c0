import { officialClient } from '../../support/twilio/official-client.ts';
import { account, startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

describe('the simulator’s conversation resource', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const conversations = () => officialClient(under.twilio.url).conversations.v1.conversations;
  /** A conversation of an agent's, in which `count` messages are written a second apart. */
  function written(count: number) {
    const { chat } = under.twilio;
    const sid = chat.start();
    const by = chat.join(sid, { identity: 'ada' });
    for (let number = 1; number <= count; number += 1) {
      under.clock.advance(1000);
      chat.say(sid, { by, body: `words ${number}` });
    }
    return { sid, by, chat };
  }

  it('is read by Twilio’s own client, and gone when it was deleted', async () => {
    const { sid } = written(1);

    expect(await conversations()(sid).fetch()).toMatchObject({
      ...{ sid, accountSid: account.accountSid, state: 'active', uniqueName: null },
      dateCreated: new Date('2026-11-20T08:00:00Z'),
      dateUpdated: new Date('2026-11-20T08:00:01Z'),
    });
    expect(await conversations()(sid).remove()).toBe(true);
    await expect(conversations()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(conversations()(sid).messages.list()).rejects.toMatchObject({ status: 404 });
  });

  it('lists who is there, and not who has left', async () => {
    const { sid, by, chat } = written(0);
    const phone = chat.join(sid, { address: '+12025550143', proxyAddress: '+15005550006' });

    expect(await conversations()(sid).participants.list()).toMatchObject([
      { sid: by, identity: 'ada', messagingBinding: null },
      {
        sid: phone,
        identity: null,
        messagingBinding: { type: 'sms', address: '+12025550143', proxy_address: '+15005550006' },
      },
    ]);
    chat.leave(sid, by);
    expect((await conversations()(sid).participants.list()).map((one) => one.sid)).toEqual([phone]);
  });

  it('gives at most a hundred messages a page, in either order', async () => {
    const { sid } = written(230);

    const listed = await conversations()(sid).messages.list({ pageSize: 1000 });
    const newest = await conversations()(sid).messages.list({ order: 'desc', limit: 1 });

    expect(listed.map(({ body }) => body)).toEqual(Array.from({ length: 230 }, (_, place) => `words ${place + 1}`));
    expect(newest.map(({ body }) => body)).toEqual(['words 230']);
    expect(under.twilio.requests().filter(({ path }) => path.endsWith('/Messages'))).toHaveLength(4);
  });

  it('has messages with their author, their files and the time of an edit, and without those that were removed', async () => {
    const { sid, by, chat } = written(1);
    const media = [{ contentType: 'image/jpeg', filename: 'tap.jpg', sizeBytes: 48_213 }];
    const photo = chat.say(sid, { by, media });
    const typo = chat.say(sid, { body: 'closign' });
    under.clock.advance(4000);
    chat.edit(sid, typo, 'closing');
    chat.remove(sid, (await conversations()(sid).messages.list())[0]?.sid ?? '');

    expect(await conversations()(sid).messages.list()).toMatchObject([
      {
        ...{ sid: photo, index: 1, author: 'ada', participantSid: by, body: null, dateUpdated: null },
        media: [{ content_type: 'image/jpeg', filename: 'tap.jpg', size: 48_213 }],
      },
      {
        ...{ sid: typo, index: 2, author: 'system', participantSid: null, body: 'closing', media: null },
        dateUpdated: new Date('2026-11-20T08:00:05Z'),
      },
    ]);
  });

  it('refuses what Twilio would: words into what is closed, and by somebody who is not in it', () => {
    const { sid, by, chat } = written(0);
    expect(() => chat.say(sid, { by: `MB${'0'.repeat(32)}`, body: 'hi' })).toThrow(/is not in/);
    chat.setState(sid, 'closed');
    expect(() => chat.say(sid, { by, body: 'hi' })).toThrow(/is closed/);
  });
});
