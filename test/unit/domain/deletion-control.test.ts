import type { AttemptEnd, DeletionControl } from '../../../lambdas/shared/domain/deletion-control.ts';
import {
  gateRefusals,
  gateReviewAt,
  newDeletionControl,
  withAttempt,
  withBegun,
  withBreakerClosed,
  withProvedIngest,
} from '../../../lambdas/shared/domain/deletion-control.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';

const at = (text: string): Date => new Date(`2026-11-20T${text}Z`);
const fresh = newDeletionControl(at('10:30:00'));
const begin = (control: DeletionControl, times: number, time: string): DeletionControl =>
  Array.from({ length: times }).reduce<DeletionControl>((sofar) => withBegun(sofar, at(time)), control);

describe('the hour’s cap', () => {
  const policy = examplePolicy({ hourlyCap: 50 });

  it('lets fifty deletions begin in an hour, and no more', () => {
    expect(gateRefusals(begin(fresh, 49, '10:31:00'), policy, at('10:59:59'))).toEqual([]);
    expect(gateRefusals(begin(fresh, 50, '10:31:00'), policy, at('10:59:59'))).toEqual(['hourly-cap']);
  });

  it('counts anew with the next full hour', () => {
    expect(gateRefusals(begin(fresh, 50, '10:31:00'), policy, at('11:00:00'))).toEqual([]);
  });

  it('is not escaped by a clock that is behind, and not begun anew by it', () => {
    const full = begin(fresh, 50, '11:00:01');

    expect(gateRefusals(full, policy, at('10:59:59'))).toEqual(['hourly-cap']);
    expect(gateRefusals(begin(begin(fresh, 49, '11:00:01'), 1, '10:59:59'), policy, at('11:00:02'))).toEqual([
      'hourly-cap',
    ]);
  });

  it('of nothing lets nothing begin', () => {
    expect(gateRefusals(fresh, examplePolicy({ hourlyCap: 0 }), at('10:30:00'))).toEqual(['hourly-cap']);
  });

  it('is asked again at the next full hour; anything else in an hour', () => {
    expect(gateReviewAt(['hourly-cap'], at('10:59:00'))).toEqual(at('11:00:00'));
    expect(gateReviewAt(['hourly-cap', 'breaker-open'], at('10:59:00'))).toEqual(at('11:59:00'));
  });
});

describe('the breaker', () => {
  const breaker = { sampleSize: 4, openAtPercent: 50 };
  const policy = examplePolicy({ breaker });
  const after = (...ends: readonly AttemptEnd[]): DeletionControl =>
    ends.reduce(
      (sofar, end, n) => withAttempt(sofar, { at: at('10:31:00'), recordingSid: sids.recording(n), end }, breaker),
      fresh,
    );
  const isOpen = (...ends: readonly AttemptEnd[]): boolean => after(...ends).breaker.state === 'open';

  it('opens when half of the last four attempts went wrong, in either way', () => {
    expect(isOpen('deleted', 'refused', 'deleted', 'gone-external')).toBe(true);
    expect(isOpen('deleted', 'refused', 'deleted', 'deleted')).toBe(false);
  });

  it('judges no fewer than its sample', () => {
    expect(isOpen('refused', 'refused', 'refused')).toBe(false);
  });

  it('forgets what is older than its sample', () => {
    expect(isOpen('refused', 'deleted', 'deleted', 'deleted', 'refused')).toBe(false);
  });

  it('stays open through deletions that go well, until a person closes it', () => {
    const open = after('refused', 'refused', 'deleted', 'deleted', 'deleted', 'deleted', 'deleted', 'deleted');

    expect(gateRefusals(open, policy, at('10:32:00'))).toEqual(['breaker-open']);
    expect(gateRefusals(withBreakerClosed(open, 'ada'), policy, at('10:32:00'))).toEqual([]);
    expect(withBreakerClosed(open, 'ada').attempts).toEqual([]);
  });

  it('says how many went wrong', () => {
    expect(after('refused', 'gone-external', 'deleted', 'deleted').breaker).toEqual({
      state: 'open',
      openedAt: at('10:31:00'),
      why: '2 of the last 4 deletions were refused or found done by somebody else',
    });
  });
});

describe('the proof that Calabrio takes recordings whose link we replaced', () => {
  const policy = examplePolicy({ ingestProof: 2 });
  const proved = (...numbers: readonly number[]): DeletionControl =>
    numbers.reduce((sofar, n) => withProvedIngest(sofar, sids.recording(n), policy.deletion), fresh);

  it('is wanted of two recordings, each counted once', () => {
    expect(gateRefusals(proved(1, 1, 1), policy, at('10:30:00'))).toEqual(['ingest-unproven']);
    expect(gateRefusals(proved(1, 2), policy, at('10:30:00'))).toEqual([]);
  });

  it('is kept no longer than it is wanted', () => {
    expect(proved(1, 2, 3).provedIngests).toEqual([sids.recording(1), sids.recording(2)]);
  });
});
