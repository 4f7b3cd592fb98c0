import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { metricsNamespace } from '../naming.ts';
import type { FunctionName, WorkerName } from '../naming.ts';
import { messageOutcomes } from './metric-families.ts';

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

const attemptsPeriod = Duration.minutes(15);

function attemptsOf(stageName: string, worker: WorkerName): Record<string, Metric> {
  return Object.fromEntries(
    messageOutcomes.map((outcome) => [outcome, functionMetric(stageName, worker, outcome, 'messages', attemptsPeriod)]),
  );
}

const allAttempts = messageOutcomes.map((outcome) => `FILL(${outcome}, 0)`).join(' + ');

/** The share of attempts, in percent, after which the message went back to its queue. */
export function retryShare(stageName: string, worker: WorkerName): MathExpression {
  return new MathExpression({
    expression: `100 * retry / (${allAttempts})`,
    usingMetrics: attemptsOf(stageName, worker),
    label: 'attempts in vain, percent',
    period: attemptsPeriod,
  });
}

/** The share of attempts, in percent, that ended in quarantine; nought when they are fewer than three. */
export function quarantineShare(stageName: string, worker: WorkerName): MathExpression {
  return new MathExpression({
    expression: `IF(quarantine >= 3, 100 * quarantine / (${allAttempts}), 0)`,
    usingMetrics: attemptsOf(stageName, worker),
    label: 'not proved, percent',
    period: attemptsPeriod,
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

/** Contact statuses that fitted no recording within a day of their receipt. */
export function contactStatusesUnmatched(stageName: string): Metric {
  return functionMetric(stageName, 'calabrio-status', 'unmatched', 'contactStatuses', Duration.minutes(15));
}

/** Contacts of which Calabrio said FAILED after it had said COMPLETE. */
export function completesThatFailed(stageName: string): Metric {
  return functionMetric(stageName, 'calabrio-status', 'failed', 'completeThenFailed', Duration.minutes(5));
}

export function breakerOpened(stageName: string): Metric {
  return functionMetric(stageName, 'delete-source', 'opened', 'breaker', Duration.minutes(5));
}

/** Copies that were proved once and are not what they were. */
export function copiesDoubted(stageName: string): Metric {
  return functionMetric(stageName, 'delete-source', 'doubted', 'copies', Duration.minutes(5));
}

/** Sources that were gone without our doing, whoever found out: the deletion, the copy, or the daily comparison. */
export function deletionsOfStrangers(stageName: string): MathExpression {
  const period = Duration.minutes(5);
  return new MathExpression({
    expression: 'FILL(deletions, 0) + FILL(sources, 0) + FILL(compared, 0)',
    usingMetrics: {
      deletions: functionMetric(stageName, 'delete-source', 'gone-external', 'deletions', period),
      sources: functionMetric(stageName, 'archive-recording', 'gone-external', 'sourcesGone', period),
      compared: functionMetric(stageName, 'reconcile', 'gone-external', 'findings', period),
    },
    label: 'sources deleted by somebody else',
    period,
  });
}

/** Targets that answered 410. */
export function targetsDisabled(stageName: string): Metric {
  return functionMetric(stageName, 'report-status', 'disabled', 'reports', Duration.minutes(5));
}

/** Attributes whose names say that they hold a secret, on tasks and on workers. */
export function secretsInAttributes(stageName: string): MathExpression {
  const period = Duration.hours(1);
  return new MathExpression({
    expression: 'FILL(tasks, 0) + FILL(workers, 0)',
    usingMetrics: {
      tasks: functionMetric(stageName, 'enrich-task', 'task', 'secretsInAttributes', period),
      workers: functionMetric(stageName, 'enrich-task', 'worker', 'secretsInAttributes', period),
    },
    label: 'secrets in attributes',
    period,
  });
}

/** Expressions of the team's that ended in an error. */
export function rulesFailed(stageName: string): Metric {
  return functionMetric(stageName, 'enrich-task', 'failed', 'rules', Duration.minutes(15));
}

/** The share of customer lookups, in percent, that brought no answer; nought when they are fewer than three. */
export function lookupsInVainShare(stageName: string): MathExpression {
  const period = Duration.minutes(15);
  const answers = ['found', 'unknown', 'unavailable'];
  return new MathExpression({
    expression: `IF(unavailable >= 3, 100 * unavailable / (${answers.map((answer) => `FILL(${answer}, 0)`).join(' + ')}), 0)`,
    usingMetrics: Object.fromEntries(
      answers.map((answer) => [answer, functionMetric(stageName, 'enrich-task', answer, 'customerLookups', period)]),
    ),
    label: 'customer lookups in vain, percent',
    period,
  });
}

/** Encrypted recordings of which we have no key: their ciphertext is archived, and what it holds is not proved. */
export function recordingsSealed(stageName: string): Metric {
  return functionMetric(stageName, 'archive-recording', 'sealed', 'encryptedRecordings', Duration.minutes(15));
}

/** Encrypted recordings that do not open with the key that they name. */
export function recordingsUnfit(stageName: string): Metric {
  return functionMetric(stageName, 'archive-recording', 'unfit', 'encryptedRecordings', Duration.minutes(15));
}

/** Recordings of Twilio's that the daily comparison did not find in the archive. */
export function missingRecordings(stageName: string): Metric {
  return functionMetric(stageName, 'reconcile', 'missing-archive', 'findings', Duration.minutes(15));
}

/** Objects of the archive that no record speaks of. */
export function orphanObjects(stageName: string): Metric {
  return functionMetric(stageName, 'reconcile', 'orphan-object', 'findings', Duration.minutes(15));
}

/** Queues with fewer recordings than calls. */
export function recordingGaps(stageName: string): Metric {
  return functionMetric(stageName, 'reconcile', 'found', 'gaps', Duration.minutes(15));
}
