import { attributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskEvent, TaskEventType } from '../../../lambdas/shared/domain/task-event.ts';
import {
  applyAsking,
  applyLink,
  applyReview,
  applySettled,
  applyTaskEvent,
  applyTaskGone,
  isLinkWindowOpen,
  newTask,
} from '../../../lambdas/shared/domain/task-life.ts';
import { sids } from '../../support/example-sids.ts';

const at = (text: string): Date => new Date(`2026-03-02T${text}Z`);
const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
const fresh = newTask(of, at('10:00:00'));

function event(eventType: TaskEventType, time: string, extras: Partial<TaskEvent> = {}): TaskEvent {
  return { ...of, eventSid: sids.event(), eventType, occurredAt: at(time), ...extras };
}

const leg = (n: number): Partial<TaskEvent> => ({ reservationSid: sids.reservation(n), workerSid: sids.worker(n) });

describe('a task’s legs', () => {
  it('are the reservations that were accepted, each once with its times', () => {
    const task = [
      event('reservation.accepted', '10:00:05', leg(3)),
      event('reservation.wrapup', '10:01:05', leg(3)),
      event('reservation.accepted', '10:00:05', leg(3)),
      event('reservation.completed', '10:01:25', leg(3)),
    ].reduce((known, one) => applyTaskEvent(known, one, undefined), fresh);

    expect(task.legs).toEqual([
      {
        reservationSid: sids.reservation(3),
        workerSid: sids.worker(3),
        acceptedAt: at('10:00:05'),
        wrapupAt: at('10:01:05'),
        completedAt: at('10:01:25'),
      },
    ]);
  });

  it('are known from their end alone when the acceptance was lost', () => {
    const task = applyTaskEvent(fresh, event('reservation.completed', '10:01:25', leg(1)), undefined);

    expect(task.legs).toMatchObject([{ reservationSid: sids.reservation(1), completedAt: at('10:01:25') }]);
  });

  it('are not made by an event of the task itself', () => {
    expect(applyTaskEvent(fresh, event('task.updated', '10:00:07', leg(1)), undefined).legs).toEqual([]);
  });
});

describe('a task’s end', () => {
  it('is the event’s time, not the time at which we heard of it', () => {
    const late = newTask(of, at('13:00:00'));

    expect(applyTaskEvent(late, event('task.completed', '10:01:25'), undefined).endedAt).toEqual(at('10:01:25'));
  });

  it('stated by TaskRouter corrects the one that we guessed when the task was gone', () => {
    const gone = applyTaskGone(fresh, at('11:00:00'));

    expect(gone).toMatchObject({ endedBy: 'gone', endedAt: at('11:00:00') });
    expect(applyTaskEvent(gone, event('task.deleted', '10:20:00'), undefined)).toMatchObject({
      endedBy: 'deleted',
      endedAt: at('10:20:00'),
    });
    expect(applyTaskEvent(gone, event('task.canceled', '10:20:00'), undefined)).toMatchObject({
      endedBy: 'canceled',
      endedAt: at('10:20:00'),
    });
  });

  it.each([
    ['10:03:25', 'written'],
    ['10:03:26', 'late'],
  ] as const)('that is heard of after the link was written at %s makes it %s', (writtenAt, state) => {
    const linked = applyLink(fresh, { state: 'written', writes: 1, writtenAt: at(writtenAt), seenAt: at(writtenAt) });

    expect(applyTaskEvent(linked, event('task.completed', '10:01:25'), undefined).link.state).toBe(state);
  });

  it('that is stated stays when the task is found gone later', () => {
    const ended = applyTaskEvent(fresh, event('task.completed', '10:01:25'), undefined);

    expect(applyTaskGone(ended, at('10:06:25'))).toMatchObject({ endedBy: 'completed', endedAt: at('10:01:25') });
  });
});

describe('when a task is next looked at', () => {
  it('is an hour after its last event while it is open', () => {
    expect(applyTaskEvent(fresh, event('task.updated', '10:20:00'), undefined).dueAt).toEqual(at('11:20:00'));
  });

  it('is six minutes after its end, when Twilio has deleted it', () => {
    expect(applyTaskEvent(fresh, event('task.completed', '10:01:25'), undefined).dueAt).toEqual(at('10:07:25'));
  });

  it('is an hour after a look that found it still open', () => {
    expect(applyReview(fresh, at('11:00:00')).dueAt).toEqual(at('12:00:00'));
  });

  it('is six minutes after a look that found it ended and still there', () => {
    const ended = applyTaskEvent(fresh, event('task.completed', '10:01:25'), undefined);

    expect(applyReview(ended, at('10:07:25')).dueAt).toEqual(at('10:13:25'));
  });

  it('is an hour after somebody began to ask Twilio, also when it has ended', () => {
    const ended = applyTaskEvent(fresh, event('task.completed', '10:01:25'), undefined);

    expect(applyAsking(ended, at('10:07:25')).dueAt).toEqual(at('11:07:25'));
  });

  it('is never, once the last look was made after it was gone', () => {
    const settled = applySettled(applyTaskGone(fresh, at('11:00:00')), at('11:00:01'));

    expect(settled).toMatchObject({ settledAt: at('11:00:01') });
    expect(settled.dueAt).toBeUndefined();
    expect(applyReview(settled, at('12:00:00')).dueAt).toBeUndefined();
    expect(applyTaskEvent(settled, event('task.completed', '10:59:00'), undefined).dueAt).toBeUndefined();
  });
});

describe('the link window', () => {
  it('is open until 120 s after the end, that second included', () => {
    const ended = applyTaskEvent(fresh, event('task.completed', '10:01:25'), undefined);

    expect(isLinkWindowOpen(fresh, at('23:59:59'))).toBe(true);
    expect(isLinkWindowOpen(ended, at('10:03:25'))).toBe(true);
    expect(isLinkWindowOpen(ended, at('10:03:25.001'))).toBe(false);
  });
});

describe('what the attributes tell of a task', () => {
  it('is only ever added', () => {
    const first = applyTaskEvent(
      fresh,
      event('task.created', '10:00:00'),
      attributeFacts({ call_sid: sids.call(1), parentTaskSid: sids.task(2) }),
    );
    const later = applyTaskEvent(
      first,
      event('task.updated', '10:00:07'),
      attributeFacts({ conference: { sid: sids.conference() }, worker_call_sid: sids.call(2) }),
    );

    expect(later).toMatchObject({
      callSids: [sids.call(1), sids.call(2)],
      conferenceSids: [sids.conference()],
      parentTaskSid: sids.task(2),
    });
  });
});
