import { graceEndsAt } from '../../../lambdas/shared/domain/plan-times.ts';
import type { ExpectedLeg } from '../../../lambdas/shared/domain/expected-legs.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { DeletionPolicy } from '../../../lambdas/shared/domain/policy.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const at = (text: string): Date => new Date(`2026-11-${text}Z`);
const recording = newRecording(
  { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
  at('20T10:00:00'),
);
const tasks = [exampleTask({ endedAt: at('20T10:05:00'), taskQueueSid: sids.queue(1) })];
const of = sids.reservation();
const complete: ExpectedLeg = { of, state: 'complete', ccrIds: [501], completeAt: at('20T12:00:00') };
const timedOut: ExpectedLeg = { of, state: 'timed-out', ccrIds: [], timesOutAt: at('23T10:05:00') };
const day = 24 * 3600;

function endsAt(legs: readonly ExpectedLeg[], deletion: Partial<DeletionPolicy> = {}): Date {
  return graceEndsAt(recording, tasks, legs, examplePolicy({ graceSeconds: 7 * day, ...deletion }));
}

describe('the grace', () => {
  it('runs from the last confirmation', () => {
    expect(endsAt([complete])).toEqual(at('27T12:00:00'));
  });

  it('runs from the moment at which an accepted leg timed out', () => {
    expect(endsAt([timedOut])).toEqual(at('30T10:05:00'));
  });

  it('runs from the task’s end where nobody’s confirmation is asked for', () => {
    expect(endsAt([complete], { confirmedBy: 'archive' })).toEqual(at('27T10:05:00'));
  });

  it('runs from the release of a hold, so that a wrong one can be placed again', () => {
    const release = { matter: 'claim-7', releasedBy: 'ada', why: 'settled', releasedAt: at('25T09:00:00') };
    const released = { ...recording, releases: [release] };

    expect(graceEndsAt(released, tasks, [complete], examplePolicy({ graceSeconds: 7 * day }))).toEqual(
      new Date('2026-12-02T09:00:00Z'),
    );
  });

  it('is the longest of the queues that the task went through', () => {
    const queues = { [sids.queue(1)]: { graceSeconds: day }, [sids.queue(2)]: { graceSeconds: 3 * day } };
    const twice = tasks.map((task) => ({
      ...task,
      legs: [{ reservationSid: of, taskQueueSid: sids.queue(2) }],
    }));

    expect(endsAt([], { queues })).toEqual(at('21T10:05:00'));
    expect(graceEndsAt(recording, twice, [], examplePolicy({ queues }))).toEqual(at('23T10:05:00'));
  });
});
