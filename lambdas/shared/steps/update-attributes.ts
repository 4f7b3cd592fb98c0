import type { TaskSid } from '../domain/sids.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { TaskResource, Tasks } from '../ports/tasks.ts';
import { editAttributes } from './edit-attributes.ts';
import type { AttributesEdit, UpdatedAttributes } from './edit-attributes.ts';

/**
 * Changes a task's attributes on the revision that was read.
 *
 * Who loses the race for `If-Match` (412) edits what the other writer made of them, so nobody's update is lost.
 *
 * @throws as `editAttributes`.
 */
export function updateAttributes<T>(
  tasks: Tasks,
  taskSid: TaskSid,
  edit: (attributes: TaskAttributes, read: TaskResource) => AttributesEdit<T> | Promise<AttributesEdit<T>>,
): Promise<UpdatedAttributes<T>> {
  const holder = {
    sid: taskSid,
    fetch: async () => {
      const fetched = await tasks.fetch(taskSid);
      return fetched.kind === 'gone' ? undefined : fetched.task;
    },
    replace: (text: string, { etag }: TaskResource) => tasks.replaceAttributes(taskSid, text, etag),
  };
  return editAttributes(holder, edit);
}
