import { transfersAfter } from '../../../lambdas/shared/domain/transfers.ts';
import type { TaskEvent, TaskEventType } from '../../../lambdas/shared/domain/task-event.ts';
import type { Transfer } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';

const at = (text: string): Date => new Date(`2026-11-20T${text}Z`);

function event(eventType: TaskEventType, time: string, changes: Partial<TaskEvent['transfer']> = {}): TaskEvent {
  return {
    eventSid: sids.event(),
    eventType,
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    taskSid: sids.task(),
    occurredAt: at(time),
    transfer: { transferSid: sids.transfer(1), ...changes },
  };
}

const begun = event('task.transfer-initiated', '10:02:00', {
  fromReservationSid: sids.reservation(1),
  toWorkerSid: sids.worker(2),
});
const after = (...events: readonly TaskEvent[]): readonly Transfer[] => events.reduce(transfersAfter, []);

describe('a transfer', () => {
  it('is open once it began, with those who take part in it', () => {
    expect(after(begun)).toEqual([
      {
        transferSid: sids.transfer(1),
        initiatedAt: at('10:02:00'),
        fromReservationSid: sids.reservation(1),
        toWorkerSid: sids.worker(2),
      },
    ]);
  });

  it.each([
    ['task.transfer-completed', 'completed'],
    ['task.transfer-failed', 'failed'],
    ['task.transfer-canceled', 'canceled'],
  ] as const)('ends with %s, whichever of the two was heard first', (eventType, outcome) => {
    const end = event(eventType, '10:03:00');

    expect(after(begun, end)).toMatchObject([{ initiatedAt: at('10:02:00'), endedAt: at('10:03:00'), outcome }]);
    expect(after(end, begun)).toEqual(after(begun, end));
    expect(after(begun, end, end)).toEqual(after(begun, end));
  });

  it('stays open when an attempt failed', () => {
    expect(after(begun, event('task.transfer-attempt-failed', '10:02:30'))[0]).not.toHaveProperty('outcome');
  });

  it('that was completed is not undone by a message that says otherwise', () => {
    const completed = event('task.transfer-completed', '10:03:00');
    const failed = event('task.transfer-failed', '10:02:50');

    expect(after(begun, completed, failed)).toMatchObject([{ outcome: 'completed', endedAt: at('10:03:00') }]);
    expect(after(begun, failed, completed)).toMatchObject([{ outcome: 'completed', endedAt: at('10:03:00') }]);
  });

  it('is one of several, told apart and in the order of their SIDs', () => {
    const other = event('task.transfer-failed', '10:01:00', { transferSid: sids.transfer(2) });

    expect(after(other, begun).map(({ transferSid }) => transferSid)).toEqual([sids.transfer(1), sids.transfer(2)]);
  });

  it('is nothing that another event begins', () => {
    const { transfer: _none, ...plain } = event('task.wrapup', '10:03:00');

    expect(after(plain)).toEqual([]);
  });
});
