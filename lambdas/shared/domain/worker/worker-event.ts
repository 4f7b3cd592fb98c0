import type { AccountSid, WorkerSid, WorkspaceSid } from '../sids.ts';

/** The TaskRouter events about workers that are acted on. */
export const workerEventTypes = ['worker.activity.update', 'worker.attributes.update'] as const;
export type WorkerEventType = (typeof workerEventTypes)[number];

export function isWorkerEventType(text: string): text is WorkerEventType {
  return workerEventTypes.some((eventType) => eventType === text);
}

/** One event about a worker, whichever transport brought it. */
export interface WorkerEvent {
  readonly eventSid: string;
  readonly eventType: WorkerEventType;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly occurredAt: Date;
  readonly workerSid: WorkerSid;
  readonly workerName?: string;
  readonly activityName?: string;
  readonly previousActivityName?: string;
  /** The JSON text exactly as it came; it may hold a secret, so it is read by `readWorker` and kept nowhere. */
  readonly attributesText?: string;
}
