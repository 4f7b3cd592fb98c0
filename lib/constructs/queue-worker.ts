import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { WorkerName } from '../naming.ts';
import type { WorkerQueueReference } from '../stateful-references.ts';
import { BundledFunction } from './bundled-function.ts';
import type { BundledFunctionProps, FunctionImpact } from './bundled-function.ts';
import { oldestMessageSeconds, waitingMessages } from './queue-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming } from './runbook-alarm.ts';

export interface WorkerImpact extends FunctionImpact {
  /** A message was put aside, because no retry can cure it. */
  readonly deadLetters: string;
  /** A message that was put aside is still there when it should have been moved to the archive's `parked/`. */
  readonly staleDeadLetters: string;
  /** Messages wait longer than they should. */
  readonly age: string;
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

/**
 * A function that works a queue off: the function, its subscription, the alarms of the queue and of its dead letters.
 *
 * Who deletes a message: Lambda does, when the function's answer does not list it in `batchItemFailures`; the runtime's
 * judge alone makes that list. The queue's visibility is six times this function's time limit (worker-queue.ts).
 */
export class QueueWorker extends Construct {
  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { queue, deadLetterQueue } = props.queues;
    const worker = new BundledFunction(this, 'Worker', props);
    worker.function.addEventSource(
      new SqsEventSource(queue, {
        batchSize: props.batchSize,
        maxConcurrency: props.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    new RunbookAlarm(this, {
      alarming: props.alarming,
      name: `${props.name}-dead-letters`,
      impact: props.impact.deadLetters,
      metric: waitingMessages(deadLetterQueue),
      above: 0,
    });
    new RunbookAlarm(this, {
      alarming: props.alarming,
      name: `${props.name}-queue-age`,
      impact: props.impact.age,
      metric: oldestMessageSeconds(queue),
      above: props.oldestMessageAlarm.toSeconds(),
      periods: 3,
    });
    staleAlarm(
      this,
      props.alarming,
      `${props.name}-dead-letters-stale`,
      props.impact.staleDeadLetters,
      deadLetterQueue,
    );
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
    above: Duration.days(7).toSeconds(),
  });
}
