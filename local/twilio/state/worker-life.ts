import { workerSid, type WorkerSid, type WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskRouterEvent } from '../events/emit.ts';
import { workerFields } from '../events/fields.ts';
import type { JsonObject } from '../json.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { WorkerView } from '../simulator.ts';
import { activityNamed } from './activities.ts';
import type { Worker } from './records.ts';
import type { Activity } from './routing-records.ts';
import { homeWorkspace } from './workspaces.ts';
import type { World } from './world.ts';

/** @throws {RefusedByTwilioError} when there is no such worker. */
export function needWorker(world: World, sid: WorkerSid): Worker {
  const worker = world.workers.get(sid);
  if (worker === undefined) throw new RefusedByTwilioError(`worker ${sid} is not there`);
  return worker;
}

export function viewOf({ sid, name, activity, attributes }: Worker): WorkerView {
  return { workerSid: sid, name, activity: activity.name, attributes };
}

export function createWorker(
  world: World,
  input: { readonly name: string; readonly attributes: JsonObject; readonly activity?: string },
): WorkerSid {
  const { sid } = homeWorkspace(world);
  const activity = activityNamed(world, sid, input.activity ?? 'Available');
  return hireWorker(world, sid, { name: input.name, attributes: JSON.stringify(input.attributes), activity }).sid;
}

/** The text must be without fault. Emits worker.created. */
export function hireWorker(
  world: World,
  workspaceSid: WorkspaceSid,
  made: Pick<Worker, 'name' | 'attributes' | 'activity'>,
): Worker {
  const nowMs = world.clock.now();
  const worker: Worker = {
    sid: workerSid(world.sids.next('WK')),
    workspaceSid,
    ...made,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    activitySinceMs: nowMs,
    version: 0,
  };
  world.workers.set(worker.sid, worker);
  emitWorkerEvent(world, 'worker.created', worker);
  return worker;
}

export function setActivity(world: World, sid: WorkerSid, activity: string): void {
  const worker = needWorker(world, sid);
  moveToActivity(world, worker, activityNamed(world, worker.workspaceSid, activity));
}

/** Emits worker.activity.update. */
export function moveToActivity(world: World, worker: Worker, activity: Activity): void {
  const previous = worker.activity;
  const spentMs = world.clock.now() - worker.activitySinceMs;
  worker.activity = activity;
  worker.activitySinceMs = world.clock.now();
  change(world, worker);
  emitWorkerEvent(world, 'worker.activity.update', worker, {
    WorkerTimeInPreviousActivity: Math.floor(spentMs / 1000),
    WorkerTimeInPreviousActivityMs: spentMs,
    WorkerPreviousActivitySid: previous.sid,
    WorkerPreviousActivityName: previous.name,
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

/** Nothing tells of it. */
export function renameWorker(world: World, worker: Worker, name: string): void {
  worker.name = name;
  change(world, worker);
}

/** Emits worker.deleted. */
export function dismissWorker(world: World, worker: Worker): void {
  world.workers.delete(worker.sid);
  emitWorkerEvent(world, 'worker.deleted', worker);
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
    workspaceSid: worker.workspaceSid,
    resource: { type: 'worker', sid: worker.sid },
    fields: { ...workerFields(worker), ...more },
  });
}
