import { callEnding } from '../../../lambdas/shared/domain/call-ending.ts';
import type { CallToEnd } from '../../../lambdas/shared/domain/call-ending.ts';
import type { CallSid } from '../../../lambdas/shared/domain/sids.ts';
import {
  adasCall,
  adasPart,
  adasTask,
  at,
  bobsCall,
  bobsPart,
  customerCall,
  participant,
  told,
  transferredTask,
  words,
} from '../../support/endings.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const running = { status: 'in-progress' };
const ended = (reasonEnded: string, callSidEnding?: CallSid) => ({
  status: 'completed',
  reasonEnded,
  ...(callSidEnding !== undefined && { callSidEnding }),
});
const onExit = 'participant-with-end-conference-on-exit-left';

const ending = (of: Omit<CallToEnd, 'words'>) => callEnding({ ...of, words });

describe('a call that ended with its conference', () => {
  it.each([
    ['the customer, whose exit ended it', ended(onExit, customerCall), 'Customer'],
    ['the agent, whose exit ended it', ended(onExit, adasCall), 'Agent'],
    ['the customer, when the agent was the last to leave', ended('last-participant-left', adasCall), 'Customer'],
    ['the agent, when the customer was the last to leave', ended('last-participant-left', customerCall), 'Agent'],
    ['nobody of theirs, when it was ended by the API', ended('conference-ended-via-api', adasCall), 'System'],
    [
      'nobody of theirs, when the agent was removed',
      ended('participant-with-end-conference-on-exit-kicked', adasCall),
      'System',
    ],
    ['nobody of theirs, when the last was removed', ended('last-participant-kicked', customerCall), 'System'],
  ])('was hung up by %s', (_who, conference, hangUpBy) => {
    expect(ending({ task: adasTask('10:04:00'), reservationSid: adasPart, conference })).toEqual({ hangUpBy });
  });

  it.each([
    ['Twilio does not name the call', ended(onExit)],
    ['the call is nobody’s whom we know', ended(onExit, sids.call(9))],
    ['the last call is nobody’s whom we know', ended('last-participant-left', sids.call(9))],
    ['the reason is a new one', ended('participants-fell-asleep', customerCall)],
    ['there is no reason', { status: 'completed', callSidEnding: customerCall }],
  ])('makes no claim where %s', (_what, conference) => {
    expect(ending({ task: adasTask('10:04:00'), reservationSid: adasPart, conference })).toBeUndefined();
  });

  it('says it in the team’s own words, and not where the team has none', () => {
    const of = { task: adasTask('10:04:00'), conference: ended(onExit, customerCall) };

    expect(callEnding({ ...of, words: { ...words, customer: 'Kunde' } })).toEqual({ hangUpBy: 'Kunde' });
    expect(callEnding({ ...of, words: { ...words, customer: null } })).toBeUndefined();
  });

  it('is over for the agent although TaskRouter has not told of the wrap-up', () => {
    expect(ending({ task: adasTask(undefined), conference: ended(onExit, customerCall) })).toEqual({
      hangUpBy: 'Customer',
    });
  });

  it('was ended by an agent, also where it was the other of two', () => {
    const { transfers: _none, ...both } = transferredTask('WARM', { ada: '10:04:00', bob: '10:04:01' });

    expect(
      ending({ task: { ...both, transfers: [] }, reservationSid: adasPart, conference: ended(onExit, bobsCall) }),
    ).toEqual({ hangUpBy: 'Agent' });
    expect(ending({ task: adasTask('10:04:00', { workerCalls: [] }), conference: ended(onExit, adasCall) })).toEqual({
      hangUpBy: 'Agent',
    });
  });

  it('was not ended by the agent whom another outlived in it', () => {
    const both = { ...transferredTask('COLD', { ada: '10:02:01', bob: '10:06:00' }), transfers: [] };

    expect(ending({ task: both, reservationSid: adasPart, conference: ended(onExit, customerCall) })).toBeUndefined();
  });

  it('is the only agent’s part where no reservation is named', () => {
    expect(ending({ task: adasTask('10:04:00'), conference: ended(onExit, adasCall) })).toEqual({ hangUpBy: 'Agent' });
  });
});

describe('a conference that still runs at wrap-up', () => {
  it('makes no claim about who hung up', () => {
    expect(ending({ task: adasTask('10:04:00'), reservationSid: adasPart, conference: running })).toBeUndefined();
  });

  it.each([
    [
      'the customer left',
      [
        participant(customerCall, 'customer', ['10:00:00', 1], ['10:04:00', 5]),
        participant(adasCall, 'worker', ['10:00:01', 2]),
      ],
      'Customer',
    ],
    [
      'the agent left',
      [
        participant(customerCall, 'customer', ['10:00:00', 1]),
        participant(adasCall, 'worker', ['10:00:01', 2], ['10:04:00', 5]),
      ],
      'Agent',
    ],
  ])('unless the callbacks told that %s', (_what, participants, hangUpBy) => {
    const of = { task: adasTask('10:04:00'), reservationSid: adasPart, record: told(participants) };

    expect(ending({ ...of, conference: running })).toEqual({ hangUpBy });
    expect(ending(of)).toEqual({ hangUpBy });
  });

  it('is over for an agent of whom the callbacks told that they left, before TaskRouter does', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:04:00', 5]),
    ]);

    expect(ending({ task: adasTask(undefined), record, conference: running })).toEqual({ hangUpBy: 'Agent' });
  });

  it('says nothing of a talk that goes on', () => {
    expect(ending({ task: adasTask(undefined), reservationSid: adasPart, conference: running })).toBeUndefined();
    expect(
      ending({ task: transferredTask('COLD', {}), reservationSid: adasPart, conference: running }),
    ).toBeUndefined();
  });
});

describe('callbacks that told who left', () => {
  const both = (
    customerLeft: readonly [string, number, string?],
    agentLeft: readonly [string, number, string?],
  ): ReturnType<typeof told> =>
    told([
      participant(customerCall, 'customer', ['10:00:00', 1], customerLeft),
      participant(adasCall, 'worker', ['10:00:01', 2], agentLeft),
    ]);

  it.each([
    ['the first of the two', both(['10:04:00', 5], ['10:04:03', 6]), 'Customer'],
    ['the first in order where both left within a second', both(['10:04:00', 6], ['10:04:00', 5]), 'Agent'],
    [
      'nobody of theirs, where the API changed the first call',
      both(['10:04:00', 5, 'participant_updated_via_api'], ['10:04:01', 6]),
      'System',
    ],
    [
      'nobody of theirs, where the API ended the conference',
      both(['10:04:00', 5, 'conference_ended_via_api'], ['10:04:00', 6, 'conference_ended_via_api']),
      'System',
    ],
  ])('name %s', (_who, record, hangUpBy) => {
    // What the resource says of the end is asked only where they do not tell.
    const conference = ended('last-participant-left', sids.call(9));

    expect(ending({ task: adasTask('10:04:03'), reservationSid: adasPart, record, conference })).toEqual({ hangUpBy });
  });

  it('give no reason before October 2023, and are believed without', () => {
    const { reasonLeft: _none, ...left } = participant(customerCall, 'customer', ['10:00:00', 1], ['10:04:00', 5]);
    const agent = participant(adasCall, 'worker', ['10:00:01', 2]);

    expect(ending({ task: adasTask('10:04:00'), record: told([left, agent]), conference: running })).toEqual({
      hangUpBy: 'Customer',
    });
  });

  it.each([
    [customerCall, 'Customer'],
    [adasCall, 'Agent'],
  ])('of a moderator’s end are completed by the call that ended it', (callSidEnding, hangUpBy) => {
    const record = both(['10:04:00', 5, 'moderator_ended_conference'], ['10:04:00', 6, 'moderator_ended_conference']);

    expect(ending({ task: adasTask('10:04:00'), record, conference: ended(onExit, callSidEnding) })).toEqual({
      hangUpBy,
    });
    expect(
      ending({ task: adasTask('10:04:00'), record: { ...record, endedAt: at('10:04:00'), callSidEnding } }),
    ).toEqual({ hangUpBy });
  });

  it('of one leaving only are not enough once the conference is over: the other’s may be on its way', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:04:00', 6, 'moderator_ended_conference']),
    ]);

    expect(ending({ task: adasTask('10:04:00'), record, conference: ended(onExit, customerCall) })).toEqual({
      hangUpBy: 'Customer',
    });
    expect(ending({ task: adasTask('10:04:00'), record: { ...record, endedAt: at('10:04:00') } })).toBeUndefined();
  });

  it('of an agent who stayed to the last do not make them the one who hung up', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:04:02', 6]),
    ]);
    const conference = ended('last-participant-left', adasCall);

    expect(ending({ task: adasTask('10:04:02'), record, conference })).toEqual({ hangUpBy: 'Customer' });
  });

  it('of a customer who came back say nothing of the leaving before', () => {
    const back = { ...participant(customerCall, 'customer', ['10:03:00', 4], ['10:02:00', 3]) };
    const agent = participant(adasCall, 'worker', ['10:00:01', 2], ['10:04:00', 5]);

    expect(ending({ task: adasTask('10:04:00'), record: told([back, agent]), conference: running })).toEqual({
      hangUpBy: 'Agent',
    });
  });

  it('find customer and agent by their labels where the task does not name their calls', () => {
    const task = adasTask('10:04:00');
    const { customerCallSid: _customer, ...unnamed } = task;
    const legs = task.legs.map(({ workerCallSid: _agent, ...leg }) => leg);
    const record = both(['10:04:00', 5], ['10:04:03', 6]);

    expect(ending({ task: { ...unnamed, legs, workerCalls: [] }, record, conference: running })).toEqual({
      hangUpBy: 'Customer',
    });
  });

  it('of a call that was never answered are no leaving', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1], ['10:00:05', 2, 'participant_add_failed']),
      participant(adasCall, 'worker', ['10:00:00', 3], ['10:00:06', 4]),
    ]);

    expect(ending({ task: adasTask('10:00:06'), record, conference: running })).toBeUndefined();
  });
});

describe('a cold transfer by this agent', () => {
  it.each([
    ['while nobody has accepted it', transferredTask('COLD', { ada: '10:02:01' }), running],
    ['also where no conference is known', transferredTask('COLD', { ada: '10:02:01' }), undefined],
    ['once somebody has', transferredTask('COLD', { ada: '10:02:01', bob: 'talking' }), running],
    [
      'also where the customer gave up after the agent had left',
      transferredTask('COLD', { ada: '10:02:01' }, { outcome: 'canceled', endedAt: at('10:02:30') }),
      ended('last-participant-left', customerCall),
    ],
  ])('is how their part ended, %s', (_when, task, conference) => {
    expect(ending({ task, reservationSid: adasPart, conference })).toEqual({
      hangUpBy: 'Cold Transfer',
      followedBy: 'Cold Transfer',
    });
  });

  it('is how their part ended where the task ended before any wrap-up', () => {
    const task = { ...transferredTask('COLD', {}), endedAt: at('10:02:40') };

    expect(ending({ task, reservationSid: adasPart })).toEqual({
      hangUpBy: 'Cold Transfer',
      followedBy: 'Cold Transfer',
    });
  });

  it.each(['failed', 'canceled'] as const)('that %s while they talked on is not', (outcome) => {
    const task = transferredTask('COLD', { ada: '10:04:00' }, { outcome, endedAt: at('10:02:30') });

    expect(ending({ task, reservationSid: adasPart, conference: ended(onExit, customerCall) })).toEqual({
      hangUpBy: 'Customer',
    });
  });

  it('precedes the next agent’s part, from its acceptance on', () => {
    const task = transferredTask('COLD', { ada: '10:02:01', bob: 'talking' });

    expect(ending({ task, reservationSid: bobsPart, conference: running })).toEqual({ precededBy: 'Cold Transfer' });
  });

  it('precedes the part in which the customer hung up', () => {
    const task = transferredTask('COLD', { ada: '10:02:01', bob: '10:06:00' });

    expect(ending({ task, reservationSid: bobsPart, conference: ended(onExit, customerCall) })).toEqual({
      hangUpBy: 'Customer',
      precededBy: 'Cold Transfer',
    });
    // Of two agents the last one's part is meant where none is named.
    expect(ending({ task, conference: ended(onExit, bobsCall) })).toEqual({
      hangUpBy: 'Agent',
      precededBy: 'Cold Transfer',
    });
  });

  it('precedes no part of an agent whom it was not for, nor of one who was there before', () => {
    const other = transferredTask('COLD', { ada: '10:02:01', bob: 'talking' }, { toWorkerSid: sids.worker(3) });
    const before = transferredTask('COLD', { ada: '10:02:01', bob: 'talking' }, { initiatedAt: at('10:03:00') });

    const failed = transferredTask('COLD', { ada: '10:02:01', bob: 'talking' }, { outcome: 'failed' });

    expect(ending({ task: other, reservationSid: bobsPart, conference: running })).toBeUndefined();
    expect(ending({ task: before, reservationSid: bobsPart, conference: running })).toBeUndefined();
    expect(ending({ task: failed, reservationSid: bobsPart, conference: running })).toBeUndefined();
  });

  it('to a queue precedes the part of the first to accept alone', () => {
    const { transfers, ...task } = transferredTask('COLD', { ada: '10:02:01', bob: '10:03:00' });
    const toQueue = transfers.map(({ toWorkerSid: _none, ...transfer }) => transfer);
    const third = { reservationSid: sids.reservation(3), workerSid: sids.worker(3), acceptedAt: at('10:05:00') };
    const passed = { ...task, transfers: toQueue, legs: [...task.legs, third] };

    expect(ending({ task: passed, reservationSid: bobsPart, conference: running })).toEqual({
      precededBy: 'Cold Transfer',
    });
    expect(ending({ task: passed, reservationSid: third.reservationSid, conference: running })).toBeUndefined();
  });
});

describe('a warm transfer by this agent', () => {
  const handedOver = { hangUpBy: 'Warm Transfer', followedBy: 'Warm Transfer' };

  it.each([
    ['the other agent and the customer talk on', transferredTask('WARM', { ada: '10:03:00', bob: 'talking' }), running],
    [
      'the other agent’s talk ended three seconds later, and the call is over',
      transferredTask('WARM', { ada: '10:03:00', bob: '10:03:03' }),
      ended(onExit, customerCall),
    ],
  ])('is how their part ended where %s', (_what, task, conference) => {
    expect(ending({ task, reservationSid: adasPart, conference })).toEqual(handedOver);
  });

  it('is not, where the customer had hung up on both: their talks end together', () => {
    const task = transferredTask('WARM', { ada: '10:03:00', bob: '10:03:02' });
    const conference = ended(onExit, customerCall);

    expect(ending({ task, reservationSid: adasPart, conference })).toEqual({ hangUpBy: 'Customer' });
    expect(ending({ task, reservationSid: bobsPart, conference })).toEqual({ hangUpBy: 'Customer' });
  });

  it('is not, where the other agent had left first', () => {
    const task = transferredTask('WARM', { ada: '10:04:00', bob: '10:03:00' });

    expect(ending({ task, reservationSid: adasPart, conference: ended(onExit, adasCall) })).toEqual({
      hangUpBy: 'Agent',
    });
  });

  it('makes no claim where the call is over and the other agent’s end was not told yet', () => {
    const task = transferredTask('WARM', { ada: '10:03:00', bob: 'talking' });

    expect(ending({ task, reservationSid: adasPart, conference: ended(onExit, customerCall) })).toBeUndefined();
    expect(ending({ task, reservationSid: adasPart })).toBeUndefined();
  });

  it('is told by the callbacks before TaskRouter tells of the other agent’s end', () => {
    const task = transferredTask('WARM', { ada: '10:03:00', bob: 'talking' });
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:03:00', 4]),
      participant(bobsCall, 'worker', ['10:02:11', 3]),
    ]);

    expect(ending({ task, reservationSid: adasPart, record })).toEqual(handedOver);
    expect(ending({ task, reservationSid: bobsPart, record })).toEqual({ precededBy: 'Warm Transfer' });
  });

  it('is not, where the callbacks told that the customer had left before', () => {
    const task = transferredTask('WARM', { ada: '10:03:00', bob: 'talking' });
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1], ['10:02:50', 4]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:03:00', 5]),
      participant(bobsCall, 'worker', ['10:02:11', 3]),
    ]);

    expect(ending({ task, reservationSid: adasPart, record, conference: running })).toEqual({ hangUpBy: 'Customer' });
  });

  it('that nobody accepted, or that came to nothing, is none', () => {
    const conference = ended(onExit, customerCall);
    const ringing = transferredTask('WARM', { ada: '10:02:05' });
    const failed = transferredTask('WARM', { ada: '10:04:00' }, { outcome: 'failed', endedAt: at('10:02:30') });

    expect(ending({ task: ringing, reservationSid: adasPart, conference })).toEqual({ hangUpBy: 'Customer' });
    expect(ending({ task: failed, reservationSid: adasPart, conference })).toEqual({ hangUpBy: 'Customer' });
  });

  it('that somebody accepted of whom nothing else was told makes no claim', () => {
    const task = transferredTask('WARM', { ada: '10:03:00' }, { outcome: 'completed', endedAt: at('10:02:11') });

    expect(ending({ task, reservationSid: adasPart, conference: ended(onExit, customerCall) })).toBeUndefined();
  });

  it('is not undone by a first call to the other agent that was never answered', () => {
    const task = transferredTask('WARM', { ada: '10:03:00', bob: 'talking' });
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:03:00', 5]),
      participant(bobsCall, 'worker', ['10:02:11', 3], ['10:02:20', 4, 'participant_add_failed']),
    ]);

    expect(ending({ task, reservationSid: adasPart, record, conference: running })).toEqual(handedOver);
  });

  it('precedes the next agent’s part once the first one has left', () => {
    const task = transferredTask('WARM', { ada: '10:03:00', bob: '10:06:00' });

    expect(ending({ task, reservationSid: bobsPart, conference: ended(onExit, bobsCall) })).toEqual({
      hangUpBy: 'Agent',
      precededBy: 'Warm Transfer',
    });
  });

  it('precedes nothing as long as both agents are there', () => {
    const task = transferredTask('WARM', { bob: 'talking' });

    expect(ending({ task, reservationSid: bobsPart, conference: running })).toBeUndefined();
  });
});

describe('a consultation', () => {
  it('is how the part ended of an agent who was asked in and left while the other was there', () => {
    const task = transferredTask('WARM', { bob: '10:03:00' });

    expect(ending({ task, reservationSid: bobsPart, conference: running })).toEqual({ hangUpBy: 'Consult' });
  });

  it('stays one when the call is over', () => {
    const task = transferredTask('WARM', { ada: '10:05:00', bob: '10:03:00' });

    expect(ending({ task, reservationSid: bobsPart, conference: ended(onExit, customerCall) })).toEqual({
      hangUpBy: 'Consult',
    });
  });

  it('is told by the callbacks', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1]),
      participant(adasCall, 'worker', ['10:00:01', 2]),
      participant(bobsCall, 'worker', ['10:02:11', 3], ['10:03:00', 4]),
    ]);

    expect(ending({ task: transferredTask('WARM', { bob: '10:03:00' }), reservationSid: bobsPart, record })).toEqual({
      hangUpBy: 'Consult',
    });
  });

  it('is none where the customer had hung up before', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1], ['10:02:50', 4]),
      participant(adasCall, 'worker', ['10:00:01', 2]),
      participant(bobsCall, 'worker', ['10:02:11', 3], ['10:03:00', 5]),
    ]);

    expect(ending({ task: transferredTask('WARM', { bob: '10:03:00' }), reservationSid: bobsPart, record })).toEqual({
      hangUpBy: 'Customer',
    });
  });

  it('is no claim where the call is over and the first agent’s end was not told yet', () => {
    const task = transferredTask('WARM', { bob: '10:03:00' });

    expect(ending({ task, reservationSid: bobsPart, conference: ended(onExit, customerCall) })).toBeUndefined();
  });
});

describe('a transfer of a mode that nobody named', () => {
  it('makes no claim for either part, but of who hung up on the second', () => {
    const task = transferredTask(undefined, { ada: '10:02:01', bob: '10:06:00' });
    const conference = ended(onExit, customerCall);

    expect(ending({ task, reservationSid: adasPart, conference })).toBeUndefined();
    expect(ending({ task, reservationSid: bobsPart, conference })).toEqual({ hangUpBy: 'Customer' });
  });
});

describe('a transfer to somebody outside', () => {
  const number = '+12025550143';
  const customer = participant(customerCall, 'customer', ['10:00:00', 1]);
  const adaLeft = participant(adasCall, 'worker', ['10:00:01', 2], ['10:03:00', 4]);
  const of = { task: adasTask('10:03:00'), reservationSid: adasPart, conference: running };

  it('is warm where the agent spoke to them, and names the number', () => {
    const record = told([customer, adaLeft, participant(sids.call(8), number, ['10:02:00', 3])]);

    expect(ending({ ...of, record })).toEqual({
      hangUpBy: 'External Warm Transfer',
      followedBy: 'External Transfer',
      destination: '+12025550143',
    });
  });

  it('is cold where they came when the agent had left', () => {
    const record = told([customer, adaLeft, participant(sids.call(8), number, ['10:03:05', 5])]);

    expect(ending({ ...of, record })).toEqual({
      hangUpBy: 'External Cold Transfer',
      followedBy: 'External Transfer',
      destination: '+12025550143',
    });
  });

  it.each([[undefined], ['the bank'], ['external'], ['12025550143']])('names no number for the label %p', (label) => {
    const record = told([customer, adaLeft, participant(sids.call(8), label, ['10:02:00', 3])]);

    expect(ending({ ...of, record })).toEqual({
      hangUpBy: 'External Warm Transfer',
      followedBy: 'External Transfer',
    });
  });

  it.each([
    ['they had left before the agent', [customer, participant(sids.call(8), number, ['10:02:00', 2], ['10:02:30', 3])]],
    ['they are one of ours who listens', [customer, participant(sids.call(8), 'supervisor', ['10:02:00', 3])]],
    [
      'they came when the customer was gone',
      [
        participant(customerCall, 'customer', ['10:00:00', 1], ['10:03:01', 5]),
        participant(sids.call(8), number, ['10:03:05', 6]),
      ],
    ],
  ])('is none where %s', (_what, others) => {
    expect(ending({ ...of, record: told([adaLeft, ...others]) })).toEqual({ hangUpBy: 'Agent' });
  });

  it('is warm where nobody numbered the callbacks and they came as the agent left', () => {
    const unnumbered = told(
      [customer, adaLeft, participant(sids.call(8), number, ['10:03:00', 3])].map(
        ({ joinedSequence: _joined, leftSequence: _left, ...one }) => one,
      ),
    );

    expect(ending({ ...of, record: unnumbered })).toMatchObject({ hangUpBy: 'External Warm Transfer' });
  });

  it('is none where it is an agent’s call that nobody labelled', () => {
    const task = adasTask('10:03:00', { workerCalls: [{ callSid: bobsCall, firstSeenAt: at('10:02:11') }] });
    const record = told([customer, adaLeft, participant(bobsCall, undefined, ['10:02:00', 3])]);

    expect(ending({ ...of, task, record })).toEqual({ hangUpBy: 'Agent' });
  });

  it('is none where nobody told that they came', () => {
    const record = told([customer, adaLeft, { callSid: sids.call(8), label: number }]);

    expect(ending({ ...of, record })).toEqual({ hangUpBy: 'Agent' });
  });

  it('is none where the customer had left before the agent', () => {
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1], ['10:02:50', 4]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:03:00', 5]),
      participant(sids.call(8), number, ['10:02:00', 3]),
    ]);

    expect(ending({ ...of, record })).toEqual({ hangUpBy: 'Customer' });
  });
});

describe('where nobody can say whose part is meant', () => {
  it.each([
    ['no agent had part', exampleTask()],
    ['the named reservation is not the task’s', adasTask('10:04:00', { legs: [] })],
  ])('makes no claim: %s', (_what, task) => {
    expect(ending({ task, reservationSid: adasPart, conference: ended(onExit, customerCall) })).toBeUndefined();
  });

  it.each([
    ['still talks', '10:03:00', undefined],
    ['was the last to end', '10:03:00', '10:06:00'],
  ])('it is the agent’s who %s, and not that of one who was asked in later and has left', (_what, bob, ada) => {
    const { transfers: _none, ...asked } = transferredTask('WARM', { bob, ...(ada !== undefined && { ada }) });
    const record = told([
      participant(customerCall, 'customer', ['10:00:00', 1], ['10:06:00', 6]),
      participant(adasCall, 'worker', ['10:00:01', 2], ['10:06:00', 7, 'conference_ended']),
      participant(bobsCall, 'worker', ['10:02:11', 3], ['10:03:00', 4]),
    ]);

    const of = { task: { ...asked, transfers: [] }, conference: ended(onExit, customerCall), record };

    expect(ending(of)).toEqual({ hangUpBy: 'Customer' });
    expect(ending({ ...of, reservationSid: bobsPart })).toEqual({ hangUpBy: 'Agent' });
  });

  it('makes no claim where none is named and an acceptance is not known', () => {
    const task = transferredTask('COLD', { ada: '10:02:01', bob: '10:06:00' });
    const legs = task.legs.map(({ acceptedAt: _at, ...leg }) => leg);

    expect(ending({ task: { ...task, legs }, conference: ended(onExit, customerCall) })).toBeUndefined();
  });
});
