import type { AwsCall, Verdict } from '../../aws/aws-call.ts';
import type { BucketSettings, QueueSettings, ReceivedMessage } from '../../aws/local-aws.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Somebody who is to be let in; without `authorize` everything is allowed. */
export interface Bearer {
  readonly name: string;
  readonly authorize?: (call: AwsCall) => Verdict;
}

/**
 * What a cloud made from templates needs of AWS. Whatever is made is adopted when it is there already, with what is in
 * it: a second call with the same name only brings the settings up to date.
 */
export interface CloudAws {
  /** S3, SQS, DynamoDB, Secrets Manager and SSM all answer here. */
  readonly url: string;
  letIn(who: Bearer): Credentials;
  createBucket(settings: BucketSettings): Promise<{ readonly arn: string }>;
  createQueue(settings: QueueSettings): Promise<{ readonly arn: string; readonly url: string }>;
  createSecret(secret: { readonly name: string; readonly secretString: string }): Promise<{ readonly arn: string }>;
  /** Sets an SSM String parameter, over what was there. */
  putParameter(name: string, value: string): Promise<void>;
  /** Begins to hand out the messages of a queue that was made here, until it is stopped. */
  feed(queueArn: string, worker: QueueWorker): QueueFeed;
  deleteMessage(queueArn: string, receiptHandle: string): Promise<void>;
  /** True when no message waits, is hidden or delayed in the queue. */
  isDrained(queueArn: string): Promise<boolean>;
}

/** Who works a queue off. */
export interface QueueWorker {
  readonly batchSize: number;
  /** How long a batch may wait to become full. */
  readonly windowSeconds: number;
  /** False while as many batches are worked on as may be. */
  hasRoom(): boolean;
  /** Takes a batch of 1 to `batchSize` messages. */
  deliver(messages: readonly ReceivedMessage[]): void;
  /** Told when nothing was there to hand out. */
  onQuiet(): void;
  /** Told what went wrong in receiving; the feed tries again by itself. */
  onFault(fault: unknown): void;
}

export interface QueueFeed {
  /** Says that there is room again. */
  resume(): void;
  /** Hands out no further message. */
  stop(): void;
}
