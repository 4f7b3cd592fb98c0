import { expectedLegs } from '../../../lambdas/shared/domain/expected-legs.ts';
import type { ExpectedLeg } from '../../../lambdas/shared/domain/expected-legs.ts';
import type { CalabrioPolicy } from '../../../lambdas/shared/domain/policy.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingContact, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { Leg, TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { exampleCalabrio } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const at = (text: string): Date => new Date(`2026-11-20T${text}Z`);
const fresh = newRecording(
  { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
  at('10:00:00'),
);

const leg = (n: number, changes: Partial<Leg> = {}): Leg => ({
  reservationSid: sids.reservation(n),
  workerSid: sids.worker(n),
  workerCallSid: sids.call(10 + n),
  acceptedAt: at('10:00:05'),
  completedAt: at('10:05:00'),
  ...changes,
});

const call = (legs: readonly Leg[], changes: Partial<TaskRecord> = {}): readonly TaskRecord[] => [
  exampleTask({
    callSids: [sids.call(1)],
    customerCallSid: sids.call(1),
    conferenceSids: [sids.conference()],
    legs,
    endedAt: at('10:05:10'),
    endedBy: 'completed',
    ...changes,
  }),
];

function said(status: string, time: string, changes: Partial<RecordingContact> = {}): RecordingContact {
  const contact = { ccrId: 501, sessionId: sids.conference(), legId: sids.reservation(1), isContradictory: false };
  const all = { ...contact, status, firstReceivedAt: at(time), lastReceivedAt: at(time), ...changes };
  return { ...all, hash: `${all.ccrId}/${all.legId}/${status}` };
}

function legsAfter(
  contacts: readonly RecordingContact[],
  tasks: readonly TaskRecord[],
  changes: Partial<CalabrioPolicy> = {},
  now: Date = at('12:00:00'),
): readonly ExpectedLeg[] {
  const recording: RecordingRecord = {
    ...fresh,
    source: { status: 'completed', conferenceSid: sids.conference() },
    taskSids: [sids.task()],
    contacts,
  };
  return expectedLegs(recording, tasks, exampleCalabrio(changes), now);
}

const states = (legs: readonly ExpectedLeg[]): readonly (readonly string[])[] =>
  legs.map(({ of, state }) => [of, state]);

const [agent1, agent2] = [sids.reservation(1), sids.reservation(2)];
const ofAgent2 = { ccrId: 502, legId: agent2 };

describe('the legs of a call with one agent', () => {
  it('are complete since the first COMPLETE, with the contact that says so', () => {
    expect(legsAfter([said('COMPLETE', '10:30:00')], call([leg(1)]))).toEqual([
      { of: agent1, state: 'complete', ccrIds: [501], completeAt: at('10:30:00') },
    ]);
  });

  it('are complete by a COMPLETE that names the call alone', () => {
    expect(states(legsAfter([said('COMPLETE', '10:30:00', { legId: sids.call(1) })], call([leg(1)])))).toEqual([
      [agent1, 'complete'],
    ]);
  });

  it('are not complete by a COMPLETE that names an agent we have not heard of', () => {
    expect(states(legsAfter([said('COMPLETE', '10:30:00', ofAgent2)], call([leg(1)])))).toEqual([
      [agent1, 'ambiguous'],
    ]);
  });

  it('are not complete by the COMPLETE of an agent whose transfer was canceled', () => {
    const transfers: TaskRecord['transfers'] = [
      {
        transferSid: sids.transfer(),
        initiatedAt: at('10:02:00'),
        endedAt: at('10:03:00'),
        outcome: 'canceled',
        fromReservationSid: agent1,
        toWorkerSid: sids.worker(2),
      },
    ];
    const tasks = call([leg(1), leg(2, { acceptedAt: at('10:02:30') })], { transfers });

    expect(states(legsAfter([said('COMPLETE', '10:30:00', ofAgent2)], tasks))).toEqual([[agent1, 'ambiguous']]);
    expect(states(legsAfter([said('COMPLETE', '10:30:00')], tasks))).toEqual([[agent1, 'complete']]);
  });

  it('have failed when FAILED came last, or at the same moment', () => {
    const complete = said('COMPLETE', '10:30:00');

    expect(states(legsAfter([complete, said('FAILED', '10:40:00')], call([leg(1)])))).toEqual([[agent1, 'failed']]);
    expect(states(legsAfter([complete, said('FAILED', '10:30:00')], call([leg(1)])))).toEqual([[agent1, 'failed']]);
  });

  it('are complete again, from then on, when a COMPLETE comes after FAILED', () => {
    const repaired = said('COMPLETE', '10:30:00', { lastReceivedAt: at('10:50:00') });

    expect(legsAfter([repaired, said('FAILED', '10:40:00')], call([leg(1)]))).toEqual([
      { of: agent1, state: 'complete', ccrIds: [501], completeAt: at('10:50:00') },
    ]);
  });

  it('are in doubt when so many statuses came that no more could be kept', () => {
    const others = (count: number) =>
      Array.from({ length: count }, (_, n) => said('PROCESSING', '10:06:00', { ccrId: 600 + n }));

    expect(states(legsAfter([said('COMPLETE', '10:07:00'), ...others(38)], call([leg(1)])))).toEqual([
      [sids.reservation(1), 'complete'],
    ]);
    expect(states(legsAfter([said('COMPLETE', '10:07:00'), ...others(39)], call([leg(1)])))).toEqual([
      [sids.reservation(1), 'ambiguous'],
    ]);
  });

  it('do not begin to be complete anew with each repeat', () => {
    const repeated = said('COMPLETE', '10:30:00', { lastReceivedAt: at('11:50:00') });

    expect(legsAfter([repeated], call([leg(1)]))[0]?.completeAt).toEqual(at('10:30:00'));
  });

  it('are not complete by a COMPLETE without an id of Calabrio’s, and have failed by such a FAILED', () => {
    const nobodys = { ccrId: 0 };

    expect(states(legsAfter([said('COMPLETE', '10:30:00', nobodys)], call([leg(1)])))).toEqual([[agent1, 'none']]);
    expect(
      states(legsAfter([said('COMPLETE', '10:30:00'), said('FAILED', '10:40:00', nobodys)], call([leg(1)]))),
    ).toEqual([[agent1, 'failed']]);
  });

  it('are not moved by any other word', () => {
    expect(states(legsAfter([said('PROCESSING', '10:30:00')], call([leg(1)])))).toEqual([[agent1, 'none']]);
  });

  it('time out 72 hours after the agent’s part ended', () => {
    const end = new Date('2026-11-23T10:05:00Z');
    const before = legsAfter([], call([leg(1)]), {}, new Date(end.getTime() - 1));

    expect(before).toEqual([{ of: agent1, state: 'none', ccrIds: [], timesOutAt: end }]);
    expect(legsAfter([], call([leg(1)]), {}, end)).toEqual([
      { of: agent1, state: 'timed-out', ccrIds: [], timesOutAt: end },
    ]);
  });

  it('do not time out while neither the part nor the task has ended', () => {
    const { completedAt: _open, ...running } = leg(1);
    const { endedAt: _end, endedBy: _by, ...task } = exampleTask({ legs: [running] });

    expect(legsAfter([], [task], {}, new Date('2027-11-20T10:00:00Z'))).toEqual([
      { of: agent1, state: 'none', ccrIds: [] },
    ]);
  });
});

describe('the legs of a call with two agents', () => {
  const tasks = call([leg(1), leg(2)]);

  it('are each complete by the COMPLETE that names them', () => {
    expect(states(legsAfter([said('COMPLETE', '10:30:00')], tasks))).toEqual([
      [agent1, 'complete'],
      [agent2, 'none'],
    ]);
    expect(states(legsAfter([said('COMPLETE', '10:30:00'), said('COMPLETE', '10:31:00', ofAgent2)], tasks))).toEqual([
      [agent1, 'complete'],
      [agent2, 'complete'],
    ]);
  });

  it('are in doubt by a COMPLETE that names neither, or both', () => {
    const neither = said('COMPLETE', '10:30:00', { legId: sids.call(1) });
    const both = said('COMPLETE', '10:30:00', { sessionId: agent1, legId: agent2 });
    const inDoubt = [
      [agent1, 'ambiguous'],
      [agent2, 'ambiguous'],
    ];

    expect(states(legsAfter([neither], tasks))).toEqual(inDoubt);
    expect(states(legsAfter([both], tasks))).toEqual(inDoubt);
  });

  it('are in doubt by the call of one agent that the events gave to both', () => {
    const stale = call([leg(1), leg(2, { workerCallSid: sids.call(11) })]);

    expect(states(legsAfter([said('COMPLETE', '10:30:00', { legId: sids.call(11) })], stale))).toEqual([
      [agent1, 'ambiguous'],
      [agent2, 'ambiguous'],
    ]);
  });

  it('are one for the recording, or for the call, under the models that say so', () => {
    const one = [said('COMPLETE', '10:30:00', ofAgent2)];

    expect(states(legsAfter(one, tasks, { legModel: 'per-recording' }))).toEqual([['recording', 'complete']]);
    expect(states(legsAfter(one, tasks, { legModel: 'per-call' }))).toEqual([['call', 'complete']]);
  });
});

describe.each(['per-recording', 'per-call'] as const)('the one confirmation %s', (legModel) => {
  const two = call([leg(1), leg(2)]);
  const stateAfter = (...contacts: readonly RecordingContact[]) => legsAfter(contacts, two, { legModel })[0]?.state;

  it('has failed when one agent’s part did, whatever is said of another’s later', () => {
    const failed = said('FAILED', '10:06:00');

    expect(stateAfter(failed, said('COMPLETE', '10:07:00', { ccrId: 502, legId: sids.reservation(2) }))).toBe('failed');
  });

  it('is complete again by a later COMPLETE of the same contact, or of the same part under another number', () => {
    const failed = said('FAILED', '10:06:00');

    expect(stateAfter(failed, said('COMPLETE', '10:07:00', { legId: '' }))).toBe('complete');
    expect(stateAfter(failed, said('COMPLETE', '10:07:00', { ccrId: 502 }))).toBe('complete');
  });

  it('stays failed after a COMPLETE of another contact, where neither of the two names a part', () => {
    const failed = said('FAILED', '10:06:00', { legId: '' });

    expect(stateAfter(failed, said('COMPLETE', '10:07:00', { ccrId: 502, legId: '' }))).toBe('failed');
  });
});

describe('the legs of a call that nobody took', () => {
  it('are none, under every model', () => {
    const models = ['per-reservation', 'per-recording', 'per-call'] as const;

    expect(models.map((legModel) => legsAfter([], call([]), { legModel }))).toEqual([[], [], []]);
  });
});
