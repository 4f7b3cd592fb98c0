import type { TaskQueueSid, WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';

/** What a workspace is made of; all of it can be made and changed by REST. */

interface OfWorkspace {
  readonly workspaceSid: WorkspaceSid;
  readonly createdAtMs: number;
  updatedAtMs: number;
}

export interface Activity extends OfWorkspace {
  readonly sid: string;
  readonly available: boolean;
  name: string;
}

export interface TaskChannel extends OfWorkspace {
  readonly sid: string;
  readonly uniqueName: string;
  name: string;
  optimizedRouting: boolean;
}

export type QueueOrder = 'FIFO' | 'LIFO';

export interface TaskQueue extends OfWorkspace {
  readonly sid: TaskQueueSid;
  name: string;
  /** An expression over a worker's attributes. */
  targetWorkers: string;
  maxReservedWorkers: number;
  taskOrder: QueueOrder;
  reservationActivity?: Activity;
  assignmentActivity?: Activity;
}

export interface Workflow extends OfWorkspace {
  readonly sid: string;
  name: string;
  /** The JSON as it was sent. */
  configuration: string;
  assignmentCallbackUrl: string | null;
  fallbackAssignmentCallbackUrl: string | null;
  taskReservationTimeoutSeconds: number;
}

export interface Workspace {
  readonly sid: WorkspaceSid;
  readonly createdAtMs: number;
  updatedAtMs: number;
  name: string;
  multiTask: boolean;
  prioritizeQueueOrder: QueueOrder;
  defaultActivity: Activity;
  timeoutActivity: Activity;
  /** As it was typed, the connection overrides in its fragment included; empty for none. */
  eventCallbackUrl: string;
  /** As it was typed: `task.created, task.canceled`; empty for every event. */
  eventsFilter: string;
}
