import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib';

function queueMetric(queue: IQueue, metricName: string, statistic: string, period: Duration): Metric {
  return new Metric({
    namespace: 'AWS/SQS',
    metricName,
    dimensionsMap: { QueueName: queue.queueName },
    statistic,
    period,
  });
}

/** How many messages lie in the queue and could be received. */
export function waitingMessages(queue: IQueue): Metric {
  return queueMetric(queue, 'ApproximateNumberOfMessagesVisible', Stats.MAXIMUM, Duration.minutes(1));
}

/**
 * How long the oldest message has waited, in seconds. A message that was received three times does not count any more:
 * this shows that nobody works the queue off, not that somebody tries in vain.
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html, read 2026-11)
 */
export function oldestMessageSeconds(queue: IQueue): Metric {
  return queueMetric(queue, 'ApproximateAgeOfOldestMessage', Stats.MAXIMUM, Duration.minutes(1));
}

/** How many messages were sent to the queue; moves by SQS itself are not among them. */
export function sentMessages(queue: IQueue, period: Duration): Metric {
  return queueMetric(queue, 'NumberOfMessagesSent', Stats.SUM, period);
}
