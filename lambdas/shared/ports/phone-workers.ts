import type { WorkerSid } from '../domain/sids.ts';

/** A worker by the number that messages are sent from on their behalf: the worker attribute `phone`. */
export interface PhoneWorker {
  readonly workerSid: WorkerSid;
  readonly isAvailable: boolean;
  readonly activityName: string;
}

/** @throws {RetryableError} as `Tasks`. */
export interface PhoneWorkers {
  /** Those whose attribute `phone` is exactly this; TaskRouter evaluates it. */
  withPhone(phone: string): Promise<readonly PhoneWorker[]>;
}
