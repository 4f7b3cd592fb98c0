import fc from 'fast-check';
import type { AttributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import { attributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskEvent, TaskEventType } from '../../../lambdas/shared/domain/task-event.ts';
import { applyTaskEvent, newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';

const began = new Date('2026-03-02T10:00:00Z');
const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };

interface Stated {
  readonly event: TaskEvent;
  readonly facts: AttributeFacts | undefined;
}

function stated(
  number: number,
  eventType: TaskEventType,
  seconds: number,
  extras: { readonly queue?: number; readonly leg?: number; readonly attributes?: Record<string, unknown> } = {},
): Stated {
  const { queue, leg, attributes } = extras;
  return {
    event: {
      ...of,
      eventSid: sids.event(number),
      eventType,
      occurredAt: new Date(began.getTime() + seconds * 1000),
      taskCreatedAt: began,
      channel: 'voice',
      ...(queue !== undefined && { taskQueueSid: sids.queue(queue), taskQueueName: `Queue ${queue}` }),
      ...(leg !== undefined && { reservationSid: sids.reservation(leg), workerSid: sids.worker(leg) }),
    },
    facts: attributes === undefined ? undefined : attributeFacts(attributes),
  };
}

const conferenceOf = (workerCall: number): Record<string, unknown> => ({
  call_sid: sids.call(1),
  conference: { sid: sids.conference(), participants: { customer: sids.call(1), worker: sids.call(workerCall) } },
});

const twilioUrl = (n: number): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;

/** A call that is transferred from Sales to Support: two legs, two queues, a recording that Flex announces late. */
const transferredCall: readonly Stated[] = [
  stated(1, 'task.created', 0, { attributes: { call_sid: sids.call(1) } }),
  stated(2, 'reservation.accepted', 5, { queue: 1, leg: 1, attributes: { call_sid: sids.call(1) } }),
  stated(3, 'task.updated', 7, { queue: 1, attributes: conferenceOf(2) }),
  stated(4, 'task.transfer-initiated', 60, { queue: 1, attributes: conferenceOf(2) }),
  stated(5, 'reservation.wrapup', 65, { queue: 1, leg: 1, attributes: conferenceOf(2) }),
  stated(6, 'reservation.accepted', 70, { queue: 2, leg: 2, attributes: conferenceOf(3) }),
  stated(7, 'task.transfer-completed', 71, { queue: 2, attributes: conferenceOf(3) }),
  stated(8, 'reservation.completed', 90, { queue: 2, leg: 1, attributes: conferenceOf(3) }),
  stated(9, 'reservation.wrapup', 120, { queue: 2, leg: 2, attributes: conferenceOf(3) }),
  stated(10, 'task.updated', 125, {
    queue: 2,
    attributes: { ...conferenceOf(3), conversations: { segment_link: twilioUrl(2), media: [{ url: twilioUrl(1) }] } },
  }),
  stated(11, 'task.wrapup', 126, { queue: 2 }),
  stated(12, 'reservation.completed', 140, { queue: 2, leg: 2 }),
  stated(13, 'task.completed', 141, { queue: 2 }),
];

/** A task that an operator deleted, and whose end Twilio states as well. */
const deletedTask: readonly Stated[] = [
  stated(1, 'task.created', 0),
  stated(2, 'task.deleted', 50, { queue: 1 }),
  stated(3, 'task.system-deleted', 86_400, { queue: 1 }),
];

function after(events: readonly Stated[], firstReceivedSeconds: number): TaskRecord {
  const receivedAt = new Date(began.getTime() + firstReceivedSeconds * 1000);
  return events.reduce((task, { event, facts }) => applyTaskEvent(task, event, facts), newTask(of, receivedAt));
}

/** The places of `count` events in any order, and some of them twice. */
function deliveries(count: number): fc.Arbitrary<readonly number[]> {
  const places = Array.from({ length: count }, (_, place) => place);
  return fc
    .subarray(places)
    .chain((again) => fc.shuffledSubarray([...places, ...again], { minLength: count + again.length }));
}

describe.each([
  ['a transferred call', transferredCall],
  ['a deleted task', deletedTask],
] as const)('the record of %s', (_name, events) => {
  it.each([
    ['in time', 0],
    ['after an hour in which nothing came through', 3600],
  ])('is the same for every order and repetition of its events, received %s', (_when, firstReceivedSeconds) => {
    const inOrder = after(events, firstReceivedSeconds);

    fc.assert(
      fc.property(deliveries(events.length), (order) => {
        const delivered = order.flatMap((place) => events[place] ?? []);

        expect(after(delivered, firstReceivedSeconds)).toEqual(inOrder);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the record of a transferred call', () => {
  it('names the last queue, one leg for each agent with that agent’s own call, and the stated end', () => {
    expect(after([...transferredCall].reverse(), 3600)).toMatchObject({
      taskQueueSid: sids.queue(2),
      taskQueueName: 'Queue 2',
      endedBy: 'completed',
      endedAt: new Date('2026-03-02T10:02:21Z'),
      legs: [
        {
          reservationSid: sids.reservation(1),
          workerCallSid: sids.call(2),
          acceptedAt: new Date('2026-03-02T10:00:05Z'),
          wrapupAt: new Date('2026-03-02T10:01:05Z'),
          completedAt: new Date('2026-03-02T10:01:30Z'),
        },
        { reservationSid: sids.reservation(2), workerCallSid: sids.call(3) },
      ],
      recordings: [
        { recordingSid: sids.recording(1), foundBy: 'media' },
        { recordingSid: sids.recording(2), foundBy: 'segment-link' },
      ],
    });
  });
});
