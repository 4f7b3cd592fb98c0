import {
  reservationSid,
  type ReservationSid,
  type TaskSid,
  type WorkerSid,
} from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskEvent, emitTaskRouterEvent } from '../events/emit.ts';
import { queueFields, reservationFields, taskFields, taskStreamFields, workerFields } from '../events/fields.ts';
import type { EventFields } from '../events/twilio-event.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { ReservationStatus } from '../simulator.ts';
import type { Reservation, Task } from './records.ts';
import { needOpenTask, needTask, touch } from './task.ts';
import { needWorker } from './worker-life.ts';
import type { World } from './world.ts';

/** Legs that hold the task: somebody talks, or is in wrap-up. */
const isAtWork = (reservation: Reservation): boolean =>
  reservation.status === 'accepted' || reservation.status === 'wrapping';

export function reserve(world: World, sid: TaskSid, workerSid: WorkerSid): ReservationSid {
  const task = needOpenTask(world, sid);
  const worker = needWorker(world, workerSid);
  const reservation: Reservation = {
    sid: reservationSid(world.sids.next('WR')),
    taskSid: sid,
    workerSid: worker.sid,
    status: 'pending',
  };
  world.reservations.set(reservation.sid, reservation);
  task.reservations.push(reservation);
  if (task.status === 'pending') task.status = 'reserved';
  touch(world, task);
  emitReservationEvent(world, 'reservation.created', task, reservation);
  return reservation.sid;
}

export function accept(world: World, sid: ReservationSid): void {
  const { task, reservation } = needReservation(world, sid, ['pending']);
  reservation.status = 'accepted';
  task.status = 'assigned';
  touch(world, task);
  emitReservationEvent(world, 'reservation.accepted', task, reservation);
}

/** Ends a pending offer without a leg; the task waits again when nobody else has it. */
export function endOffer(
  world: World,
  sid: ReservationSid,
  status: 'rejected' | 'timeout' | 'canceled' | 'rescinded',
  more: EventFields = {},
): void {
  const { task, reservation } = needReservation(world, sid, ['pending']);
  endReservation(world, reservation, status);
  const othersHaveIt = task.reservations.some((other) => isAtWork(other) || other.status === 'pending');
  if (!othersHaveIt) task.status = 'pending';
  touch(world, task);
  emitReservationEvent(world, `reservation.${status}`, task, reservation, more);
}

export function wrapUp(world: World, sid: ReservationSid): void {
  const { task, reservation } = needReservation(world, sid, ['accepted']);
  reservation.status = 'wrapping';
  touch(world, task);
  emitReservationEvent(world, 'reservation.wrapup', task, reservation);
  if (task.reservations.some((other) => other.status === 'accepted')) return;
  task.status = 'wrapping';
  touch(world, task);
  emitTaskEvent(world, 'task.wrapup', task);
}

export function completeReservation(world: World, sid: ReservationSid): void {
  const { task, reservation } = needReservation(world, sid, ['accepted', 'wrapping']);
  endReservation(world, reservation, 'completed');
  touch(world, task);
  emitReservationEvent(world, 'reservation.completed', task, reservation);
}

/** At the task's end: legs at work are completed, offers are canceled. */
export function closeReservations(world: World, task: Task, how: 'completed' | 'canceled'): void {
  for (const reservation of task.reservations) {
    if (reservation.status === 'pending') {
      endReservation(world, reservation, 'canceled');
      emitReservationEvent(world, 'reservation.canceled', task, reservation);
    } else if (how === 'completed' && isAtWork(reservation)) {
      endReservation(world, reservation, 'completed');
      emitReservationEvent(world, 'reservation.completed', task, reservation);
    }
  }
}

function endReservation(world: World, reservation: Reservation, status: ReservationStatus): void {
  reservation.status = status;
  reservation.endedAtMs = world.clock.now();
}

/** @throws {RefusedByTwilioError} when it is not there, its task is gone, or it is in none of the `wanted` states. */
export function needReservation(
  world: World,
  sid: ReservationSid,
  wanted: readonly ReservationStatus[],
): { readonly task: Task; readonly reservation: Reservation } {
  const reservation = world.reservations.get(sid);
  if (reservation === undefined) throw new RefusedByTwilioError(`reservation ${sid} is not there`);
  if (!wanted.includes(reservation.status)) {
    throw new RefusedByTwilioError(`reservation ${sid} is ${reservation.status}: wanted ${wanted.join(' or ')}`);
  }
  return { task: needTask(world, reservation.taskSid), reservation };
}

function emitReservationEvent(
  world: World,
  eventType: string,
  task: Task,
  reservation: Reservation,
  more: EventFields = {},
): void {
  emitTaskRouterEvent(world, {
    eventType,
    resource: { type: 'reservation', sid: reservation.sid },
    fields: {
      ...taskFields(world, task),
      ...queueFields(task),
      ...workerFields(needWorker(world, reservation.workerSid)),
      ...reservationFields(reservation),
      ...more,
    },
    streamOnlyFields: taskStreamFields(world, task),
    task,
  });
}
