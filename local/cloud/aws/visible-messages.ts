import type { LocalSqs, ReceivedMessage } from '../../aws/local-aws.ts';
import type { Clock } from '../../clock.ts';
import type { QueueFeed, QueueWorker } from './cloud-aws.ts';

/** SQS hands out at most this many messages at a time. */
const LARGEST_RECEIVE = 10;

/**
 * Feeds from a stand-in in the same turn of the event loop in which a message becomes visible, so that a clock that
 * jumps over idle time finds the worker busy and stays.
 */
export function feedWhatIsVisible(sqs: LocalSqs, clock: Clock, queueArn: string, worker: QueueWorker): QueueFeed {
  const { batchSize, windowSeconds } = worker;
  let stopped = false;
  let endOfWindow: (() => void) | undefined;

  const take = (): void => {
    endOfWindow?.();
    endOfWindow = undefined;
    while (!stopped && worker.hasRoom()) {
      const messages = receive(sqs, queueArn, batchSize);
      if (messages.length === 0) return;
      worker.deliver(messages);
    }
  };
  const resume = (): void => {
    const { visible } = sqs.depth(queueArn);
    if (stopped || visible === 0 || !worker.hasRoom()) return;
    if (windowSeconds === 0 || visible >= batchSize) return take();
    endOfWindow ??= clock.at(clock.now() + windowSeconds * 1000, take);
  };

  const stopListening = sqs.onVisible(queueArn, resume);
  resume();
  return {
    resume,
    stop: () => {
      stopped = true;
      endOfWindow?.();
      stopListening();
    },
  };
}

function receive(sqs: LocalSqs, queueArn: string, batchSize: number): readonly ReceivedMessage[] {
  const messages: ReceivedMessage[] = [];
  while (messages.length < batchSize) {
    const more = sqs.receive(queueArn, Math.min(LARGEST_RECEIVE, batchSize - messages.length));
    if (more.length === 0) break;
    messages.push(...more);
  }
  return messages;
}
