import type { ConversationSid, TaskSid, WorkerSid } from '../domain/sids.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';

/** A task that somebody is on, or that waits for somebody. */
export interface LiveTask {
  readonly taskSid: TaskSid;
  readonly attributes: TaskAttributes;
  /** To whom it is offered, or who has accepted it. */
  readonly workerSids: readonly WorkerSid[];
}

/** The tasks for which a conversation is shown to agents. @throws {RetryableError} as `Tasks`. */
export interface ConversationTasks {
  /** Those that are pending, reserved or assigned; an agent who wraps up does not talk any more. */
  live(conversationSid: ConversationSid): Promise<readonly LiveTask[]>;
}
