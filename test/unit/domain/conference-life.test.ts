import { applyConferenceEvent, lastHeardOf, newConference } from '../../../lambdas/shared/domain/conference-life.ts';
import type { ConferenceEvent } from '../../../lambdas/shared/domain/conference-life.ts';
import type { ConferenceRecord } from '../../../lambdas/shared/domain/conference-record.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);
const conferenceSid = sids.conference();
const customer = sids.call(1);
const agent = sids.call(2);

const joined: ConferenceEvent = {
  kind: 'participant-join',
  conferenceSid,
  callSid: customer,
  label: 'customer',
  occurredAt: at('10:00:00'),
  sequence: 1,
};
const left: ConferenceEvent = {
  kind: 'participant-leave',
  conferenceSid,
  callSid: customer,
  label: 'customer',
  reasonLeft: 'participant_hung_up',
  occurredAt: at('10:04:00'),
  sequence: 5,
};
const ended: ConferenceEvent = {
  kind: 'conference-end',
  conferenceSid,
  reasonEnded: 'participant-with-end-conference-on-exit-left',
  callSidEnding: customer,
  occurredAt: at('10:04:01'),
  sequence: 7,
};

const after = (...events: readonly ConferenceEvent[]): ConferenceRecord =>
  events.reduce(applyConferenceEvent, newConference(conferenceSid));

describe('a conference', () => {
  it('is known by who came, who left and why, and how it ended', () => {
    expect(after(joined, left, ended)).toEqual({
      conferenceSid,
      version: 0,
      participants: [
        {
          callSid: customer,
          label: 'customer',
          joinedAt: at('10:00:00'),
          joinedSequence: 1,
          leftAt: at('10:04:00'),
          reasonLeft: 'participant_hung_up',
          leftSequence: 5,
        },
      ],
      endedAt: at('10:04:01'),
      reasonEnded: 'participant-with-end-conference-on-exit-left',
      callSidEnding: customer,
    });
  });

  it('is the same when its callbacks come in the reverse order, and twice', () => {
    expect(after(ended, left, joined, left, ended, joined)).toEqual(after(joined, left, ended));
  });

  it('keeps those who came apart, whoever was heard of first', () => {
    const agentJoined: ConferenceEvent = { ...joined, callSid: agent, label: 'worker', sequence: 2 };

    expect(after(agentJoined, joined)).toEqual(after(joined, agentJoined));
    expect(after(agentJoined, joined).participants.map(({ callSid }) => callSid)).toEqual([customer, agent]);
  });

  it('keeps the last coming and the last leaving of somebody who came back, in any order', () => {
    const leftFirst: ConferenceEvent = { ...left, occurredAt: at('10:01:00'), sequence: 3, reasonLeft: 'first' };
    const back: ConferenceEvent = { ...joined, occurredAt: at('10:02:00'), sequence: 4 };

    const participant = {
      callSid: customer,
      label: 'customer',
      joinedAt: at('10:02:00'),
      joinedSequence: 4,
      leftAt: at('10:04:00'),
      reasonLeft: 'participant_hung_up',
      leftSequence: 5,
    };
    expect(after(joined, leftFirst, back, left).participants).toEqual([participant]);
    expect(after(left, back, leftFirst, joined).participants).toEqual([participant]);
  });

  it('was last heard of at the latest time in it', () => {
    expect(lastHeardOf(newConference(conferenceSid))).toBeUndefined();
    expect(lastHeardOf(after(left, joined))).toEqual(at('10:04:00'));
    expect(lastHeardOf(after(ended, joined))).toEqual(at('10:04:01'));
  });
});
