import { taskBeganBy } from '../../../lambdas/shared/domain/task-began.ts';
import { sids } from '../../support/example-sids.ts';

const at = (text: string): Date => new Date(`2026-03-02T${text}Z`);
const firstSeenAt = at('13:00:00');
const legs = [
  { reservationSid: sids.reservation(1), wrapupAt: at('10:20:00') },
  { reservationSid: sids.reservation(2), acceptedAt: at('10:10:00'), completedAt: at('10:30:00') },
];

describe('when a task had begun', () => {
  it.each([
    [
      'when it was created, whatever else is known',
      { createdAt: at('10:00:00'), endedAt: at('09:00:00'), legs },
      '10:00:00',
    ],
    [
      'when its first agent accepted it, where its creation was not told',
      { endedAt: at('10:40:00'), legs },
      '10:10:00',
    ],
    ['at its end, where nothing else was told', { endedAt: at('10:40:00'), legs: [] }, '10:40:00'],
    ['when it was heard of, where no time of it was told', { legs: [] }, '13:00:00'],
  ])('is %s', (_title, told, expected) => {
    expect(taskBeganBy({ firstSeenAt, ...told })).toEqual(at(expected));
  });
});
