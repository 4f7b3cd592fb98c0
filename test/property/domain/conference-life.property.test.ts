import fc from 'fast-check';
import { applyConferenceEvent, newConference } from '../../../lambdas/shared/domain/conference-life.ts';
import type { ConferenceEvent } from '../../../lambdas/shared/domain/conference-life.ts';
import { sids } from '../../support/example-sids.ts';

const conferenceSid = sids.conference();
const moment = {
  conferenceSid: fc.constant(conferenceSid),
  occurredAt: fc.integer({ min: 0, max: 5 }).map((seconds) => new Date(Date.UTC(2026, 10, 20, 10, 0, seconds))),
  sequence: fc.integer({ min: 1, max: 6 }),
};
const callSid = fc.integer({ min: 1, max: 3 }).map((n) => sids.call(n));
const word = fc.constantFrom('participant_hung_up', 'moderator_ended_conference');

/** Callbacks as they may come: also two that contradict each other, and some without a number or a label. */
const event: fc.Arbitrary<ConferenceEvent> = fc.oneof(
  fc.record(
    {
      ...moment,
      kind: fc.constant('participant-join' as const),
      callSid,
      label: fc.constantFrom('customer', 'worker'),
    },
    { requiredKeys: ['conferenceSid', 'occurredAt', 'kind', 'callSid'] },
  ),
  fc.record(
    {
      ...moment,
      kind: fc.constant('participant-leave' as const),
      callSid,
      label: fc.constant('worker'),
      reasonLeft: word,
    },
    { requiredKeys: ['conferenceSid', 'occurredAt', 'kind', 'callSid'] },
  ),
  fc.record(
    { ...moment, kind: fc.constant('conference-end' as const), reasonEnded: word, callSidEnding: callSid },
    { requiredKeys: ['conferenceSid', 'occurredAt', 'kind'] },
  ),
);

describe('what is known of a conference', () => {
  it('is the same in whatever order and however often its callbacks come', () => {
    const shuffled = fc
      .array(event, { maxLength: 8 })
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2, maxLength: events.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([events, again]) => {
        const known = events.reduce(applyConferenceEvent, newConference(conferenceSid));
        expect(again.reduce(applyConferenceEvent, newConference(conferenceSid))).toEqual(known);
      }),
      { numRuns: 2_000 },
    );
  });
});
