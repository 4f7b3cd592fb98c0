import type { AccountSid, TaskSid, WorkspaceSid } from '../domain/sids.ts';

/** A task as TaskRouter gives it. `attributes` is the JSON text, exactly; `etag` goes back unchanged as `If-Match`. */
export interface TaskResource {
  readonly taskSid: TaskSid;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly assignmentStatus: string;
  readonly attributes: string;
  readonly etag: string;
  readonly createdAt: Date;
}

export type FetchedTask = { readonly kind: 'task'; readonly task: TaskResource } | { readonly kind: 'gone' };
export type UpdatedTask =
  | { readonly kind: 'updated'; readonly etag: string }
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'gone' };

/** A task to be made. `attributes` is the JSON text. */
export interface NewTask {
  readonly workflowSid: string;
  /** The channel's unique name. */
  readonly taskChannel: string;
  readonly attributes: string;
  readonly priority?: number;
  /** How long TaskRouter keeps it waiting; at most 1,209,600, two weeks. */
  readonly timeoutSeconds?: number;
}

/**
 * The tasks of one TaskRouter workspace.
 *
 * Twilio deletes a task five minutes after its end and answers 404 from then on: `gone` is the normal end of a task's
 * life, never an error. (https://www.twilio.com/docs/taskrouter/lifecycle-task-state, read 2026-11)
 *
 * @throws {RetryableError} on 401, 403, 408, 429, 5xx and broken connections; `Retry-After` is kept when there is one.
 */
export interface Tasks {
  fetch(taskSid: TaskSid): Promise<FetchedTask>;
  /**
   * Replaces the whole attributes, provided that the task is still at `etag`; `changed-meanwhile` is Twilio's 412.
   * @throws {PermanentError} when Twilio refuses the attributes themselves (400).
   */
  replaceAttributes(taskSid: TaskSid, attributes: string, etag: string): Promise<UpdatedTask>;
  /**
   * Makes a task, and one more on each call: whoever may have asked before looks with `findByAttributes` first.
   * @throws {PermanentError} when Twilio refuses it (400): its attributes, workflow or channel.
   */
  create(task: NewTask): Promise<TaskSid>;
  /**
   * The tasks for whose attributes TaskRouter's expression holds: `review_of_recording_sid == "RE…"`. None for what is
   * deleted; whether one made a moment ago is among them nobody promises.
   */
  findByAttributes(expression: string): Promise<readonly TaskSid[]>;
}
