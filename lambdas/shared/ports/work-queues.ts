import type { WorkMessage } from '../messages/work-message.ts';

/** Sends work to the queue of the function that does it. Returns only when the queue has taken the message. */
export interface WorkQueues {
  /** `delaySeconds` 0 to 900; SQS keeps the message hidden that long. @throws {RetryableError} */
  send(message: WorkMessage, delaySeconds?: number): Promise<void>;
}
