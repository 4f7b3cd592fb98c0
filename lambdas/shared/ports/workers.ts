import type { WorkerSid } from '../domain/sids.ts';

/** A worker as TaskRouter gives it. `attributes` is the JSON text, exactly, and may hold a secret. */
export interface WorkerResource {
  readonly workerSid: WorkerSid;
  readonly friendlyName: string;
  readonly activityName: string;
  readonly attributes: string;
  /** Absent where Twilio gives none for workers: its documents promise an ETag for tasks only. */
  readonly etag?: string;
}

/** The workers of one TaskRouter workspace. @throws {RetryableError} as `Tasks`. */
export interface Workers {
  fetch(
    workerSid: WorkerSid,
  ): Promise<{ readonly kind: 'worker'; readonly worker: WorkerResource } | { readonly kind: 'gone' }>;
  /** All of them, page by page. */
  list(): Promise<readonly WorkerResource[]>;
  /** Those whose attribute `contact_uri` is this; TaskRouter evaluates it. */
  findByContactUri(contactUri: string): Promise<readonly WorkerResource[]>;
  /** Replaces the whole attributes; with `etag` only on that revision. @throws {PermanentError} on 400. */
  replaceAttributes(
    workerSid: WorkerSid,
    attributes: string,
    etag?: string,
  ): Promise<{ readonly kind: 'updated' | 'changed-meanwhile' | 'gone' }>;
}
