import { callsOf, ingestedTasks } from '../../../../cli/calabrio/calls-of.ts';
import type { RecordedTask } from '../../../../cli/calabrio/calls-of.ts';
import type { Observation } from '../../../../cli/calabrio/observe.ts';
import type { TaskRecord } from '../../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../../support/ledger/example-records.ts';

const endedAt = new Date('2026-11-20T10:00:00Z');
const twoDaysLater = new Date('2026-11-22T10:00:00Z');

/** The `n`-th call: its task, conference and recording have that number, its agents the numbers that are given. */
function recorded(n: number, agents: readonly number[], changes: Partial<TaskRecord> = {}): RecordedTask {
  const task = exampleTask({
    taskSid: sids.task(n),
    conferenceSids: [sids.conference(n)],
    legs: agents.map((agent) => ({ reservationSid: sids.reservation(agent), acceptedAt: endedAt })),
    ...changes,
  });
  const source = { status: 'completed', conferenceSid: sids.conference(n) } as const;
  return { task: { ...task, endedAt }, recordings: [exampleRecording({ recordingSid: sids.recording(n), source })] };
}

function observed(ccrId: number, taskNumbers: readonly number[], status = 'COMPLETE', minutesAfter = 10): Observation {
  return {
    contact: { ccrId, sessionId: '', legId: '', tenantId: 1, status },
    firstReceivedAt: new Date(endedAt.getTime() + minutesAfter * 60_000),
    times: 1,
    sessionIdIs: 'task',
    legIdIs: 'none',
    taskSids: taskNumbers.map((n) => sids.task(n)),
  };
}

describe('callsOf', () => {
  it('counts a call’s contacts once by their id, its agents and its recordings', () => {
    const observations = [observed(7, [1]), observed(7, [1], 'FAILED'), observed(8, [1]), observed(9, [2])];

    expect(callsOf([recorded(1, [1, 2])], observations, twoDaysLater)).toEqual([
      { contacts: 2, acceptedReservations: 2, recordings: 1 },
    ]);
  });

  it('takes tasks of one call for one call, also when a third joins two', () => {
    const calls = callsOf(
      [
        recorded(1, [1], { callSids: [sids.call(1)] }),
        recorded(2, [2], { callSids: [sids.call(2)] }),
        recorded(3, [3], { callSids: [sids.call(1), sids.call(2)] }),
      ],
      [observed(7, [1]), observed(7, [2])],
      twoDaysLater,
    );

    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ contacts: 1, recordings: 3 });
  });

  it('leaves out a call that ended less than a day ago: its contacts may still come', () => {
    const nextMorning = new Date('2026-11-21T09:59:59Z');

    expect(callsOf([recorded(1, [1, 2])], [observed(7, [1])], nextMorning)).toEqual([]);
  });

  it('counts no contact without an id of Calabrio’s', () => {
    expect(callsOf([recorded(1, [1, 2])], [observed(0, [1])], twoDaysLater)).toEqual([
      { contacts: 0, acceptedReservations: 2, recordings: 1 },
    ]);
  });
});

describe('ingestedTasks', () => {
  it('gives the first COMPLETE after the end, and what became of the link', () => {
    const replaced = { state: 'written', writes: 1, replaced: 'https://api.twilio.com/x' } as const;
    const observations = [
      observed(7, [1], 'COMPLETE', 20),
      observed(8, [1], 'COMPLETE', 5),
      observed(9, [1], 'FAILED', 1),
    ];

    const tasks = ingestedTasks(
      [
        recorded(1, [1], { link: replaced }),
        recorded(2, [2], { link: { state: 'written', writes: 1 } }),
        recorded(3, [3], { link: { state: 'kept', writes: 0 } }),
      ],
      observations,
    );

    expect(tasks).toEqual([{ link: 'replaced', completeAfterSeconds: 300 }, { link: 'added' }, { link: 'untouched' }]);
  });
});
