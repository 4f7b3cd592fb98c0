import { parseConferenceCallback } from '../../../lambdas/shared/messages/conference-callback.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { provedWebhook } from '../../support/proved-webhook.ts';

const parse = (fields: Record<string, string>) =>
  parseConferenceCallback(provedWebhook('twilio/conference-events', new URLSearchParams(fields).toString()));

// Fields as listed in https://www.twilio.com/docs/voice/twiml/conference#attributes-statuscallback, read 2026-11.
const common = {
  AccountSid: sids.account(),
  ConferenceSid: sids.conference(),
  FriendlyName: sids.task(),
  SequenceNumber: '5',
  Timestamp: 'Fri, 20 Nov 2026 10:04:00 +0000',
};
const leave = {
  ...common,
  StatusCallbackEvent: 'participant-leave',
  CallSid: sids.call(),
  ParticipantLabel: 'customer',
  ParticipantCallStatus: 'completed',
  ReasonParticipantLeft: 'participant_hung_up',
  Muted: 'false',
  Hold: 'false',
};
const place = {
  conferenceSid: sids.conference(),
  occurredAt: new Date('2026-11-20T10:04:00.000Z'),
  sequence: 5,
};

describe('a conference callback', () => {
  it('of somebody who leaves says who, when and why', () => {
    expect(parse(leave)).toEqual({
      kind: 'event',
      accountSid: sids.account(),
      event: {
        ...place,
        kind: 'participant-leave',
        callSid: sids.call(),
        label: 'customer',
        reasonLeft: 'participant_hung_up',
      },
    });
  });

  it('of somebody who joins says who and when', () => {
    const { ReasonParticipantLeft: _none, ...join } = { ...leave, StatusCallbackEvent: 'participant-join' };

    expect(parse(join)).toMatchObject({
      event: { ...place, kind: 'participant-join', callSid: sids.call(), label: 'customer' },
    });
  });

  it('of a conference’s end says why it ended and by whose call', () => {
    const end = {
      ...common,
      StatusCallbackEvent: 'conference-end',
      CallSidEndingConference: sids.call(2),
      ParticipantLabelEndingConference: 'worker',
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
    };

    expect(parse(end)).toEqual({
      kind: 'event',
      accountSid: sids.account(),
      event: {
        ...place,
        kind: 'conference-end',
        reasonEnded: 'participant-with-end-conference-on-exit-left',
        callSidEnding: sids.call(2),
      },
    });
  });

  it.each([
    ['a label and a reason', { ParticipantLabel: '', ReasonParticipantLeft: '' }],
    ['a reason that is none of Twilio’s words', { ParticipantLabel: '', ReasonParticipantLeft: 'call +12025550143' }],
    ['a label of a reasonable length', { ParticipantLabel: 'x'.repeat(129), ReasonParticipantLeft: '' }],
  ])('is read without %s', (_what, changes) => {
    expect(parse({ ...leave, ...changes })).toMatchObject({
      event: { ...place, kind: 'participant-leave', callSid: sids.call() },
    });
    expect(JSON.stringify(parse({ ...leave, ...changes }))).not.toMatch(/label|reasonLeft/);
  });

  it.each(['', '-1', '1.5', 'five', '1234567890'])('is read with no place in the order for %p', (SequenceNumber) => {
    const { sequence: _none, ...without } = place;

    expect(parse({ ...leave, SequenceNumber })).toMatchObject({ event: without });
    expect(JSON.stringify(parse({ ...leave, SequenceNumber }))).not.toContain('sequence');
  });

  it.each([
    'conference-start',
    'participant-mute',
    'participant-unhold',
    'participant-speech-start',
    'announcement-end',
  ])('of %s is ignored by name', (StatusCallbackEvent) => {
    expect(parse({ ...common, StatusCallbackEvent })).toEqual({ kind: 'ignored', reason: 'event-type-not-handled' });
  });

  it.each([
    ['no event', { StatusCallbackEvent: '' }, 'event-type-missing'],
    ['no account', { AccountSid: '' }, 'invalid-sid'],
    ['no conference', { ConferenceSid: 'CF1' }, 'invalid-sid'],
    ['a call that is none', { CallSid: sids.conference() }, 'invalid-sid'],
    ['no time', { Timestamp: '' }, 'timestamp-unreadable'],
    ['a time that is none', { Timestamp: 'yesterday +12025550143' }, 'timestamp-unreadable'],
  ])('with %s is parked, and the reason repeats nothing of it', async (_what, changes, reason) => {
    const failure = await failureOf(Promise.resolve().then(() => parse({ ...leave, ...changes })));

    expect(failure).toMatchObject({ name: 'PermanentError', reason });
    expect(String(failure)).not.toContain('+1202');
  });
});
