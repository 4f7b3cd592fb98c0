/** One message as SQS gave it to a function. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** The queue it came from, as the last part of its ARN names it. */
  readonly queueName: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly sentAt: Date;
}

/** Why a message is put aside. Nothing in it is personal: it becomes message attributes that people read. */
export interface PutAsideBecause {
  readonly functionName: string;
  /** Kebab-case and stable: `unreadable-message`, `gave-up:twilio-429`. */
  readonly reason: string;
  /** One sentence; cut to 256 characters. */
  readonly message: string;
}

/**
 * The ways in which a message leaves its usual round. Each returns only when SQS has accepted it all.
 *
 * Parking and quarantining send the original body, unchanged, to another queue; deleting the original is the caller's
 * (the event source does it when the function acknowledges). So a crash in between leaves two copies, never none.
 *
 * @throws {RetryableError} when SQS refuses or cannot be reached.
 */
export interface MessageFates {
  /** To the function's dead-letter queue, with `FailureReason`, `FailureMessage`, `FunctionName`, `OriginalMessageId`, `ReceiveCount`. */
  park(message: ReceivedMessage, because: PutAsideBecause): Promise<void>;
  /** The same to the quarantine queue, with `Route` as well, so that a redrive finds the way back. */
  quarantine(message: ReceivedMessage, because: PutAsideBecause & { readonly route: string }): Promise<void>;
  /** Hides the message from now on for `seconds` (0 to 43,200, whole), whatever was asked before. */
  setVisibility(message: ReceivedMessage, seconds: number): Promise<void>;
}
