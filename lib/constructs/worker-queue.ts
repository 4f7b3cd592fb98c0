import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * SQS encrypts with its own key, not with ours. The gateway writes here before any code of ours has run, and whatever
 * stands in its way refuses events: with a customer key that is the key's policy, its deletion date and the KMS request
 * quota. Who may read is decided by IAM alone in both cases.
 */
const keptAndEncrypted = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/** How often SQS hands a message out before it moves it itself. `MAX_RECEIVES` in runtime/judge.ts stays below it. */
const MAX_RECEIVE_COUNT = 125;

/** A queue that holds messages for people and for reconcile; nothing works it off. */
export class HoldingQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, keptAndEncrypted);
  }
}

interface WorkerQueueProps {
  /** The time limit of the function that works the queue off; queue-worker.ts gives it to the function. */
  readonly functionTimeout: Duration;
}

/** A queue that a function works off, with the queue for what no retry can cure. */
export class WorkerQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkerQueueProps) {
    super(scope, id);
    this.deadLetterQueue = new HoldingQueue(this, 'DeadLetters');
    this.queue = new Queue(this, 'Queue', {
      ...keptAndEncrypted,
      // Six times the limit is what AWS asks for, so that a batch which Lambda could not start at once is not handed out
      // twice. The runtime shortens it for each message to what is left of its own time, as soon as it runs.
      visibilityTimeout: Duration.seconds(6 * props.functionTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }
}
