/** A message that lies on a queue that no function consumes: dead letters, quarantine. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** When it was put on this queue, by SQS's clock. */
  readonly sentAt: Date;
  readonly receiveCount: number;
  /** The text attributes it was sent with: `FailureReason`, `Route`, … */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Reads such a queue by hand, to sweep it or to send its messages again.
 *
 * @throws {RetryableError} when SQS refuses or cannot be reached.
 */
export interface QueueReader {
  /** The queue's name, for keys and reports. */
  readonly queueName: string;
  /** Up to 10 messages, hidden from others for `hideForSeconds`. None came back: the queue is empty, or SQS looked in a corner without any. */
  receive(hideForSeconds: number): Promise<readonly QueuedMessage[]>;
  /** Removes the message for good; a second call changes nothing. */
  remove(message: QueuedMessage): Promise<void>;
}
