import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { ConferenceView } from '../../../local/twilio/simulator.ts';
import { officialClient } from '../../support/twilio/official-client.ts';
import { account, startAccount, talk, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const publicUrl = 'https://events.example.org/v1';

describe('the end of a simulated conference', () => {
  let under: TwilioUnderTest;
  let call: ReturnType<typeof talk>;
  beforeEach(async () => {
    under = await startAccount();
    call = talk(under);
  });
  afterEach(() => under.twilio.stop());

  const resource = () => officialClient(under.twilio.url).conferences(call.conference).fetch();
  const view = (): ConferenceView | undefined => under.twilio.voice.conference(call.conference);

  it('says nothing of an end while it runs', async () => {
    expect(await resource()).toMatchObject({
      status: 'in-progress',
      reasonConferenceEnded: null,
      callSidEndingConference: null,
    });
  });

  it.each([
    ['the customer', () => call.customer],
    ['the only agent', () => call.workerCall],
  ])('is the call’s of %s who hangs up', async (_who, callOf) => {
    under.twilio.voice.hangUp(call.conference, callOf());

    expect(await resource()).toMatchObject({
      status: 'completed',
      reasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      callSidEndingConference: callOf(),
    });
    expect(view()?.participants.filter(({ present }) => present)).toEqual([]);
  });

  it('is nobody’s when the API ends it', async () => {
    under.twilio.voice.endConference(call.conference);

    expect(await resource()).toMatchObject({
      reasonConferenceEnded: 'conference-ended-via-api',
      callSidEndingConference: null,
    });
  });

  it('does not come with one agent of two, and comes with the last who leaves', async () => {
    const second = under.twilio.voice.join(call.conference, 'worker');

    under.twilio.voice.hangUp(call.conference, call.workerCall);
    expect(await resource()).toMatchObject({ status: 'in-progress' });
    under.twilio.voice.leave(call.conference, second);
    under.twilio.voice.leave(call.conference, call.customer);

    expect(await resource()).toMatchObject({
      reasonConferenceEnded: 'last-participant-left',
      callSidEndingConference: call.customer,
    });
  });

  it('leaves the end as it was when the API ends it once more', async () => {
    under.twilio.voice.hangUp(call.conference, call.customer);
    under.twilio.voice.endConference(call.conference);

    expect(view()).toMatchObject({ callSidEnding: call.customer });
  });

  it('cannot be brought about by somebody who has left', () => {
    under.twilio.voice.leave(call.conference, call.workerCall);

    expect(() => under.twilio.voice.hangUp(call.conference, call.workerCall)).toThrow(/is not in conference/);
  });
});

describe('a conference’s status callbacks', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
    under.twilio.deliverTo({
      publicUrl,
      apiUrl: `${catcher.url}/v1`,
      transports: [{ kind: 'conference-events' }],
    });
  });
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const forms = (): readonly Record<string, string>[] =>
    catcher.caught
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
      .sort((one, other) => Number(one['SequenceNumber']) - Number(other['SequenceNumber']));

  it('tell who came and went, and how it ended, in the order of their numbers', async () => {
    const { conference, customer, workerCall, task } = talk(under);
    under.clock.advance(61_000);
    under.twilio.voice.hangUp(conference, customer);
    await under.twilio.settled();

    const common = { AccountSid: account.accountSid, ConferenceSid: conference, FriendlyName: task };
    expect(forms()).toMatchObject([
      {
        ...{ ...common, StatusCallbackEvent: 'participant-join', SequenceNumber: '1', CallSid: customer },
        ...{ ParticipantLabel: 'customer', Timestamp: 'Fri, 20 Nov 2026 08:00:00 +0000' },
      },
      { StatusCallbackEvent: 'participant-join', SequenceNumber: '2', CallSid: workerCall, ParticipantLabel: 'worker' },
      { StatusCallbackEvent: 'conference-start', SequenceNumber: '3' },
      {
        ...{ StatusCallbackEvent: 'participant-leave', SequenceNumber: '4', CallSid: customer },
        ...{ ReasonParticipantLeft: 'participant_hung_up', EndConferenceOnExit: 'true' },
      },
      {
        ...{ StatusCallbackEvent: 'participant-leave', SequenceNumber: '5', CallSid: workerCall },
        ReasonParticipantLeft: 'moderator_ended_conference',
      },
      {
        ...{ ...common, StatusCallbackEvent: 'conference-end', SequenceNumber: '6' },
        ...{ Timestamp: 'Fri, 20 Nov 2026 08:01:01 +0000', CallSidEndingConference: customer },
        ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      },
    ]);
    expect(forms()[5]).not.toHaveProperty('CallSid');
  });

  it('are signed as Twilio’s own validator wants it, on their own route', async () => {
    talk(under);
    await under.twilio.settled();

    expect(catcher.caught).toHaveLength(3);
    for (const { url, headers, body } of catcher.caught) {
      expect(url).toBe('/v1/twilio/conference-events');
      const form = Object.fromEntries(new URLSearchParams(body));
      const signature = String(headers['x-twilio-signature']);
      expect(validateRequest(account.authToken, signature, `${publicUrl}/twilio/conference-events`, form)).toBe(true);
    }
  });

  it('say of a conference that the API ended that it did', async () => {
    const { conference } = talk(under);
    under.twilio.voice.endConference(conference);
    await under.twilio.settled();

    const left = forms().filter(({ StatusCallbackEvent: event }) => event === 'participant-leave');
    expect(left.map(({ ReasonParticipantLeft: reason }) => reason)).toEqual([
      'conference_ended_via_api',
      'conference_ended_via_api',
    ]);
    expect(forms().at(-1)).toMatchObject({ ReasonConferenceEnded: 'conference-ended-via-api' });
    expect(forms().at(-1)).not.toHaveProperty('CallSidEndingConference');
  });
});
