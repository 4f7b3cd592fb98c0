import { compareText } from './compare-text.ts';
import { earlier } from './seconds-after.ts';
import type { ReservationSid } from './sids.ts';
import type { TaskEvent } from './task-event.ts';
import type { Leg } from './task-record.ts';

/**
 * The legs after one more event: each accepted reservation is one, whatever the order of its events. A leg once known
 * stays; its times are the earliest that were stated.
 */
export function legsAfter(legs: readonly Leg[], event: TaskEvent): readonly Leg[] {
  const sid = event.reservationSid;
  if (sid === undefined || !event.eventType.startsWith('reservation.')) return legs;
  const before = legs.find((leg) => leg.reservationSid === sid) ?? newLeg(sid);
  const { acceptedAt, wrapupAt, completedAt } = before;
  const after: Leg = {
    ...before,
    ...(event.workerSid !== undefined && { workerSid: event.workerSid }),
    ...queueOfLeg(before, event),
    ...(event.eventType === 'reservation.accepted' && { acceptedAt: earlier(acceptedAt, event.occurredAt) }),
    ...(event.eventType === 'reservation.wrapup' && { wrapupAt: earlier(wrapupAt, event.occurredAt) }),
    ...(event.eventType === 'reservation.completed' && { completedAt: earlier(completedAt, event.occurredAt) }),
  };
  const others = legs.filter((leg) => leg.reservationSid !== sid);
  return [...others, after].sort((a, b) => compareText(a.reservationSid, b.reservationSid));
}

function newLeg(sid: ReservationSid): Leg {
  return { reservationSid: sid };
}

function queueOfLeg(leg: Leg, { taskQueueSid, occurredAt }: TaskEvent): Pick<Leg, 'taskQueueSid'> {
  if (taskQueueSid === undefined) return {};
  const known = [leg.acceptedAt, leg.wrapupAt, leg.completedAt].filter((at) => at !== undefined);
  const isEarliest = known.every((at) => occurredAt < at);
  return leg.taskQueueSid === undefined || isEarliest ? { taskQueueSid } : {};
}
