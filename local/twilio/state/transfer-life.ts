import { emitTaskEvent } from '../events/emit.ts';
import { transferFields } from '../events/fields.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { NewTransfer } from '../simulator.ts';
import type { Transfer } from './records.ts';
import { needReservation } from './reservation-life.ts';
import { needOpenTask, needTask } from './task.ts';
import { queueNamed } from './task-queues.ts';
import type { World } from './world.ts';

export function initiateTransfer(world: World, input: NewTransfer): string {
  const task = needOpenTask(world, input.taskSid);
  const { reservation } = needReservation(world, input.from, ['accepted', 'wrapping']);
  const transfer: Transfer = {
    sid: world.sids.next('TT'),
    taskSid: task.sid,
    mode: input.mode,
    type: 'workerSid' in input.to ? 'WORKER' : 'QUEUE',
    to: 'workerSid' in input.to ? input.to.workerSid : queueNamed(world, task.workspaceSid, input.to.queue).sid,
    fromReservationSid: reservation.sid,
    fromWorkerSid: reservation.workerSid,
    startedAtMs: world.clock.now(),
    status: 'INITIATED',
  };
  world.transfers.set(transfer.sid, transfer);
  emitTaskEvent(world, 'task.transfer-initiated', task, transferFields(transfer));
  return transfer.sid;
}

/** @throws {RefusedByTwilioError} when the transfer is not there or already over. */
export function endTransfer(
  world: World,
  sid: string,
  how: 'COMPLETED' | 'FAILED' | 'CANCELED',
  reason?: string,
): void {
  const transfer = world.transfers.get(sid);
  if (transfer === undefined) throw new RefusedByTwilioError(`transfer ${sid} is not there`);
  if (transfer.status !== 'INITIATED') throw new RefusedByTwilioError(`transfer ${sid} is over: ${transfer.status}`);
  transfer.status = how;
  if (reason !== undefined) transfer.failedReason = reason;
  const task = needTask(world, transfer.taskSid);
  emitTaskEvent(world, `task.transfer-${how.toLowerCase()}`, task, transferFields(transfer));
}
