import { RefusedByTwilioError } from '../../../local/twilio/refused-by-twilio-error.ts';
import { startAccount, talk, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

describe('a task’s life in the simulator', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => {
    under = await startAccount();
    // Nothing listens there: the log says what was emitted, and no request is answered.
    const nowhere = 'http://127.0.0.1:9';
    under.twilio.deliverTo({ publicUrl: nowhere, apiUrl: nowhere, transports: [{ kind: 'event-streams' }] });
  });
  afterEach(() => under.twilio.stop());

  const emitted = (): readonly string[] => under.twilio.deliveries().map((line) => line.eventType);
  const newTask = () =>
    under.twilio.taskRouter.createTask({ attributes: {}, channel: 'voice', queue: 'Sales', workflow: 'Incoming' });
  const newWorker = (name: string) => under.twilio.taskRouter.createWorker({ name, attributes: {} });

  it('emits what TaskRouter emits, in order, when one worker rejects, one lets it pass and the third takes it', () => {
    const { taskRouter } = under.twilio;
    const [ada, bob, cyd] = [newWorker('ada'), newWorker('bob'), newWorker('cyd')];
    const task = newTask();
    taskRouter.reject(taskRouter.reserve(task, ada));
    expect(taskRouter.task(task)?.status).toBe('pending');
    taskRouter.timeOut(taskRouter.reserve(task, bob));
    const reservation = taskRouter.reserve(task, cyd);
    taskRouter.accept(reservation);
    taskRouter.wrapUp(reservation);
    expect(taskRouter.task(task)?.status).toBe('wrapping');
    taskRouter.completeTask(task, 'done');

    expect(emitted().slice(3)).toEqual([
      ...['task.created', 'workflow.entered', 'task-queue.entered'],
      ...['reservation.created', 'reservation.rejected', 'reservation.created', 'reservation.timeout'],
      ...['reservation.created', 'reservation.accepted', 'reservation.wrapup', 'task.wrapup'],
      ...['reservation.completed', 'task.completed'],
    ]);
    expect(taskRouter.task(task)?.reservations.map((one) => one.status)).toEqual(['rejected', 'timeout', 'completed']);
  });

  it('ends by cancel with its pending offer, and emits nothing when TaskRouter deletes it five minutes later', () => {
    const { taskRouter } = under.twilio;
    const task = newTask();
    taskRouter.reserve(task, newWorker('ada'));
    taskRouter.cancelTask(task, 'hangup');
    const atTheEnd = emitted().length;

    under.clock.advance(5 * 60_000);

    expect(emitted().slice(-2)).toEqual(['reservation.canceled', 'task.canceled']);
    expect(emitted()).toHaveLength(atTheEnd);
    expect(taskRouter.task(task)).toMatchObject({
      status: 'deleted',
      reason: 'hangup',
      endedAt: new Date('2026-11-20T08:00:00Z'),
    });
  });

  it('goes on with the next worker after a warm transfer, and the first one’s leg ends before the task', () => {
    const { taskRouter } = under.twilio;
    const { task, reservation } = talk(under);
    const before = emitted().length;
    const bob = newWorker('bob');
    const transfer = taskRouter.initiateTransfer({
      taskSid: task,
      from: reservation,
      mode: 'WARM',
      to: { workerSid: bob },
    });
    const next = taskRouter.reserve(task, bob);
    taskRouter.accept(next);
    taskRouter.completeTransfer(transfer);
    taskRouter.completeReservation(reservation);
    expect(taskRouter.task(task)?.status).toBe('assigned');
    taskRouter.wrapUp(next);
    taskRouter.completeTask(task, 'done');

    expect(emitted().slice(before)).toEqual([
      ...[
        'worker.created',
        'task.transfer-initiated',
        'reservation.created',
        'reservation.accepted',
        'task.transfer-completed',
      ],
      ...['reservation.completed', 'reservation.wrapup', 'task.wrapup', 'reservation.completed', 'task.completed'],
    ]);
  });

  it('returns to the first worker when a transfer fails', () => {
    const { taskRouter } = under.twilio;
    const { task, reservation } = talk(under);
    const transfer = taskRouter.initiateTransfer({
      taskSid: task,
      from: reservation,
      mode: 'COLD',
      to: { queue: 'Billing' },
    });
    const offer = taskRouter.reserve(task, newWorker('bob'));
    taskRouter.rescind(offer);
    taskRouter.failTransfer(transfer, 'task_canceled');

    expect(emitted().slice(-2)).toEqual(['reservation.rescinded', 'task.transfer-failed']);
    expect(taskRouter.task(task)?.status).toBe('assigned');
    expect(() => taskRouter.completeTransfer(transfer)).toThrow(RefusedByTwilioError);
  });

  it('is deleted by the API with an event, and by the system with another', () => {
    const [one, other] = [newTask(), newTask()];
    under.twilio.taskRouter.deleteTask(one);
    under.twilio.taskRouter.systemDeleteTask(other, 'TTL exceeded');

    expect(emitted().slice(-2)).toEqual(['task.deleted', 'task.system-deleted']);
    expect(under.twilio.taskRouter.tasks().map((task) => task.status)).toEqual(['deleted', 'deleted']);
  });

  it('changes with every update, Flex’s own included, and keeps what it was', () => {
    const { task, conference, customer, workerCall } = talk(under);
    const view = under.twilio.taskRouter.task(task);

    expect(JSON.parse(view?.attributes ?? '')).toMatchObject({
      conference: { sid: conference, participants: { customer, worker: workerCall } },
    });
    expect(view?.history.map((change) => change.by)).toEqual(['creator', 'flex', 'flex']);
    expect(emitted().filter((type) => type === 'task.updated')).toHaveLength(2);
  });

  it('refuses what TaskRouter would refuse, naming the state it is in', () => {
    const { taskRouter } = under.twilio;
    const task = newTask();
    const offer = taskRouter.reserve(task, newWorker('ada'));

    expect(() => taskRouter.completeTask(task, 'done')).toThrow(/is reserved: only an assigned or wrapping task/);
    taskRouter.reject(offer);
    expect(() => taskRouter.accept(offer)).toThrow(/is rejected: wanted pending/);
    taskRouter.cancelTask(task, 'hangup');
    expect(() => taskRouter.reserve(task, newWorker('bob'))).toThrow(/is over: canceled/);
    under.clock.advance(5 * 60_000);
    expect(() => taskRouter.readAttributes(task)).toThrow(/is not there/);
    expect(taskRouter.writeAttributes(task, {})).toBe('gone');
  });
});
