/** The name under which alarms, metrics, parameters and log groups are found. */
export const serviceName = 'flex-task-pipeline';

/** Where a stage's metrics are: two stages in one account do not add up to one. */
export function metricsNamespace(stageName: string): string {
  return `${serviceName}/${stageName}`;
}

/** Queues that a function of the same name works off. */
export const workerNames = [
  'enrich-task',
  'archive-recording',
  'link-recording',
  'calabrio-status',
  'delete-source',
  'report-status',
  'create-review-task',
  'archive-transcript',
  'erase-subject',
] as const;
export type WorkerName = (typeof workerNames)[number];

export type FunctionName = WorkerName | 'play-recording' | 'send-sms' | 'authorize-caller' | 'reconcile';

/** The API Gateway stage; also the path under which the API is reached without a custom domain. */
export const apiStageName = 'v1';

/** `flex-task-pipeline-dev-link-recording`: a name that people meet outside the templates. */
export function visibleName(stageName: string, name: string): string {
  return `${serviceName}-${stageName}-${name}`;
}

/** `archive-recording` → `ArchiveRecording`: the construct id of a thing that has a name. */
export function constructId(name: string): string {
  return name
    .split(/[-/]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
