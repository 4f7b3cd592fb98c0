import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { metricsNamespace, workerNames } from '../naming.ts';
import type { FunctionName, WorkerName } from '../naming.ts';

/** What may become of a message; the runtime's judge decides. */
const outcomes = ['done', 'ignored', 'retry', 'park', 'quarantine'] as const;

interface MetricFamily {
  readonly function: FunctionName;
  readonly names: readonly string[];
  readonly outcomes: readonly string[];
}

/**
 * The metrics that the functions write into their logs, each with the dimensions `function` and `outcome` and no other.
 * CloudWatch charges for each combination; reasons, SIDs and queues would multiply them.
 */
export const metricFamilies: readonly MetricFamily[] = [
  ...workerNames.map((name) => ({ function: name, names: ['messages', 'waitedSeconds', 'tookMs'], outcomes })),
  { function: 'enrich-task', names: ['attributes'], outcomes: ['observed'] },
  { function: 'archive-recording', names: ['archivedBytes'], outcomes: ['verified'] },
  { function: 'link-recording', names: ['links'], outcomes: ['in-time', 'late', 'missed'] },
  { function: 'link-recording', names: ['linkDelaySeconds'], outcomes: ['in-time', 'late'] },
  {
    function: 'play-recording',
    names: ['requests', 'tookMs'],
    outcomes: ['204', '302', '403', '404', '405', '410', '503'],
  },
  { function: 'reconcile', names: ['runs', 'recordingsResent', 'tasksResent', 'movedToParked'], outcomes: ['done'] },
  { function: 'reconcile', names: ['runs'], outcomes: ['failed'] },
];

/** How many custom metrics the functions make when every outcome has occurred. */
export function functionMetricCount(): number {
  return metricFamilies.reduce((sum, family) => sum + family.names.length * family.outcomes.length, 0);
}

function functionMetric(
  stageName: string,
  functionName: FunctionName,
  outcome: string,
  metricName: string,
  period: Duration,
): Metric {
  return new Metric({
    namespace: metricsNamespace(stageName),
    metricName,
    dimensionsMap: { function: functionName, outcome },
    statistic: Stats.SUM,
    period,
  });
}

/** The share of attempts, in percent, after which the message went back to its queue. */
export function retryShare(stageName: string, worker: WorkerName): MathExpression {
  const period = Duration.minutes(15);
  const attempts = Object.fromEntries(
    outcomes.map((outcome) => [outcome, functionMetric(stageName, worker, outcome, 'messages', period)]),
  );
  const all = outcomes.map((outcome) => `FILL(${outcome}, 0)`).join(' + ');
  return new MathExpression({
    expression: `100 * retry / (${all})`,
    usingMetrics: attempts,
    label: 'attempts in vain, percent',
    period,
  });
}

/** Links that were not on their task when Flex Insights stopped looking. */
export function linksTooLate(stageName: string): MathExpression {
  const period = Duration.minutes(5);
  return new MathExpression({
    expression: 'FILL(late, 0) + FILL(missed, 0)',
    usingMetrics: {
      late: functionMetric(stageName, 'link-recording', 'late', 'links', period),
      missed: functionMetric(stageName, 'link-recording', 'missed', 'links', period),
    },
    label: 'links too late',
    period,
  });
}
