import type { WorkerSid } from '../domain/sids.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { WorkerResource, Workers } from '../ports/workers.ts';
import { editAttributes } from './edit-attributes.ts';
import type { AttributesEdit, UpdatedAttributes } from './edit-attributes.ts';

/**
 * Changes a worker's attributes, on the revision that was read where Twilio gives an ETag.
 *
 * For workers none is promised; without one the write follows right upon the read, and a change that somebody makes in
 * between is lost, as it is between any two who write workers.
 * (https://www.twilio.com/docs/usage/mutation-and-conflict-resolution, read 2026-11)
 *
 * @throws as `editAttributes`.
 */
export function updateWorkerAttributes<T>(
  workers: Pick<Workers, 'fetch' | 'replaceAttributes'>,
  workerSid: WorkerSid,
  edit: (attributes: TaskAttributes, worker: WorkerResource) => Promise<AttributesEdit<T>>,
): Promise<UpdatedAttributes<T>> {
  const holder = {
    sid: workerSid,
    fetch: async () => {
      const fetched = await workers.fetch(workerSid);
      return fetched.kind === 'gone' ? undefined : fetched.worker;
    },
    replace: (text: string, { etag }: WorkerResource) => workers.replaceAttributes(workerSid, text, etag),
  };
  return editAttributes(holder, edit);
}
