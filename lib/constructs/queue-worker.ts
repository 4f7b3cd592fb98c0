import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { WorkerName } from '../naming.ts';
import { workOff } from '../permissions.ts';
import type { WorkerQueueReference } from '../stateful-references.ts';
import { BundledFunction } from './bundled-function.ts';
import type { BundledFunctionProps, FunctionImpact } from './bundled-function.ts';
import { retryShare } from './function-metrics.ts';
import { oldestMessageSeconds, waitingMessages } from './queue-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming, RunbookAlarmProps } from './runbook-alarm.ts';

export interface WorkerImpact extends FunctionImpact {
  /** A message was put aside, because no retry can cure it. */
  readonly deadLetters: string;
  /** A message that was put aside is still there when it should have been moved to the archive's `parked/`. */
  readonly staleDeadLetters: string;
  /** Messages wait longer than they should, because nobody takes them. */
  readonly age: string;
  /** Messages are taken and given back, most of them: what the work needs is not there. */
  readonly retrying: string;
}

interface QueueWorkerProps extends BundledFunctionProps {
  readonly name: WorkerName;
  readonly queues: WorkerQueueReference;
  readonly impact: WorkerImpact;
  /** How many messages one run gets at most. */
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** From which wait on somebody is told. */
  readonly oldestMessageAlarm: Duration;
}

/** From which share of attempts on, in percent, it is not single messages that fail but what all of them need. */
const RETRY_SHARE_PERCENT = 80;

/**
 * A function that works a queue off: the function, its subscription, the alarms of the queue and of its dead letters.
 *
 * Who deletes a message: Lambda does, when the function's answer does not list it in `batchItemFailures`; the runtime's
 * judge alone makes that list. The queue's visibility is six times this function's time limit (worker-queue.ts).
 */
export class QueueWorker extends Construct {
  private readonly props: QueueWorkerProps;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    this.props = props;
    const { queue, deadLetterQueue } = props.queues;
    const worker = new BundledFunction(this, 'Worker', {
      ...props,
      permissions: [...props.permissions, workOff(queue)],
    });
    worker.function.addEventSourceMapping('Queue', {
      eventSourceArn: queue.queueArn,
      batchSize: props.batchSize,
      maxConcurrency: props.maxConcurrency,
      reportBatchItemFailures: true,
    });
    this.alarm('dead-letters', props.impact.deadLetters, waitingMessages(deadLetterQueue), { when: { above: 0 } });
    this.alarm('queue-age', props.impact.age, oldestMessageSeconds(queue), {
      when: { above: props.oldestMessageAlarm.toSeconds() },
      periods: 3,
    });
    this.alarm('retrying', props.impact.retrying, retryShare(props.alarming.stageName, props.name), {
      when: { above: RETRY_SHARE_PERCENT },
      periods: 2,
    });
    const { alarming, impact } = props;
    staleAlarm(this, alarming, `${props.name}-dead-letters-stale`, impact.staleDeadLetters, deadLetterQueue);
  }

  private alarm(
    kind: string,
    impact: string,
    metric: IMetric,
    going: Pick<RunbookAlarmProps, 'when' | 'periods'>,
  ): void {
    new RunbookAlarm(this, {
      alarming: this.props.alarming,
      name: `${this.props.name}-${kind}`,
      impact,
      metric,
      ...going,
    });
  }
}

/** Goes off when a message lies in a holding queue for 7 days: reconcile moves them away after 3, SQS drops them after 14. */
export function staleAlarm(
  scope: Construct,
  alarming: Alarming,
  name: string,
  impact: string,
  queue: WorkerQueueReference['queue'],
): void {
  new RunbookAlarm(scope, {
    alarming,
    name,
    impact,
    metric: oldestMessageSeconds(queue),
    when: { above: Duration.days(7).toSeconds() },
  });
}
