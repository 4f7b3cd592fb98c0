import * as z from 'zod/mini';
import { printable } from '../../../local/terminal/printable.ts';
import { resourceAs } from '../resource-as.ts';
import type { Resource } from '../twilio-rest.ts';

const shape = z.object({
  sid: z.string(),
  workspace_sid: z.string(),
  assignment_status: z.string(),
  workflow_friendly_name: z.nullish(z.string()),
  task_queue_friendly_name: z.nullish(z.string()),
  task_channel_unique_name: z.nullish(z.string()),
  priority: z.number(),
  timeout: z.number(),
  reason: z.nullish(z.string()),
});

/** What these commands say of a task; its attributes are left out, as they are about people. */
export interface TaskAtTwilio {
  readonly sid: string;
  readonly workspaceSid: string;
  readonly status: string;
  readonly workflow: string | null;
  readonly queue: string | null;
  readonly channel: string | null;
  readonly priority: number;
  readonly timeoutSeconds: number;
  readonly reason: string | null;
}

/** @throws {RetryableError} `twilio-unreadable`. */
export function taskAtTwilio(resource: Resource, url: string): TaskAtTwilio {
  const task = resourceAs(shape, resource, url);
  return {
    sid: task.sid,
    workspaceSid: task.workspace_sid,
    status: task.assignment_status,
    workflow: task.workflow_friendly_name ?? null,
    queue: task.task_queue_friendly_name ?? null,
    channel: task.task_channel_unique_name ?? null,
    priority: task.priority,
    timeoutSeconds: task.timeout,
    reason: task.reason ?? null,
  };
}

/** `task WT… (assigned, queue Sales)` */
export const taskText = ({ sid, status, queue }: TaskAtTwilio): string =>
  printable(`task ${sid} (${status}${queue === null ? '' : `, queue ${queue}`})`);
