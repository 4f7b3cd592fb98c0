import { workerSid, type WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskRouterEvent } from '../events/emit.ts';
import { workerFields } from '../events/fields.ts';
import type { JsonObject } from '../json.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { WorkerView } from '../simulator.ts';
import type { Worker } from './records.ts';
import type { World } from './world.ts';

/** @throws {RefusedByTwilioError} when there is no such worker. */
export function needWorker(world: World, sid: WorkerSid): Worker {
  const worker = world.workers.get(sid);
  if (worker === undefined) throw new RefusedByTwilioError(`worker ${sid} is not there`);
  return worker;
}

export function viewOf({ sid, name, activity, attributes }: Worker): WorkerView {
  return { workerSid: sid, name, activity, attributes };
}

export function createWorker(
  world: World,
  input: { readonly name: string; readonly attributes: JsonObject; readonly activity?: string },
): WorkerSid {
  const worker: Worker = {
    sid: workerSid(world.sids.next('WK')),
    name: input.name,
    createdAtMs: world.clock.now(),
    updatedAtMs: world.clock.now(),
    attributes: JSON.stringify(input.attributes),
    activity: input.activity ?? 'Available',
    activitySinceMs: world.clock.now(),
    version: 0,
  };
  world.workers.set(worker.sid, worker);
  emitWorkerEvent(world, 'worker.created', worker);
  return worker.sid;
}

export function setActivity(world: World, sid: WorkerSid, activity: string): void {
  const worker = needWorker(world, sid);
  const previous = worker.activity;
  const spentMs = world.clock.now() - worker.activitySinceMs;
  worker.activity = activity;
  worker.activitySinceMs = world.clock.now();
  change(world, worker);
  emitWorkerEvent(world, 'worker.activity.update', worker, {
    WorkerTimeInPreviousActivity: Math.floor(spentMs / 1000),
    WorkerTimeInPreviousActivityMs: spentMs,
    WorkerPreviousActivitySid: world.sids.named('WA', previous),
    WorkerPreviousActivityName: previous,
  });
}

export function setWorkerAttributes(world: World, sid: WorkerSid, attributes: JsonObject): void {
  storeWorkerAttributes(world, needWorker(world, sid), JSON.stringify(attributes));
}

/** Replaces the whole attributes; the text must be without fault. Emits worker.attributes.update. */
export function storeWorkerAttributes(world: World, worker: Worker, text: string): void {
  worker.attributes = text;
  change(world, worker);
  emitWorkerEvent(world, 'worker.attributes.update', worker);
}

function change(world: World, worker: Worker): void {
  worker.version += 1;
  worker.updatedAtMs = world.clock.now();
}

function emitWorkerEvent(
  world: World,
  eventType: string,
  worker: Worker,
  more: Record<string, string | number> = {},
): void {
  emitTaskRouterEvent(world, {
    eventType,
    resource: { type: 'worker', sid: worker.sid },
    fields: { ...workerFields(world, worker), ...more },
  });
}
