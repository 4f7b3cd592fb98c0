import { workerNames } from '../naming.ts';
import type { FunctionName } from '../naming.ts';

/** What may become of a message; the runtime's judge decides. */
export const messageOutcomes = ['done', 'ignored', 'retry', 'park', 'quarantine'] as const;

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
  ...workerNames.map((name) => ({
    function: name,
    names: ['messages', 'waitedSeconds', 'tookMs'],
    outcomes: messageOutcomes,
  })),
  {
    function: 'enrich-task',
    names: ['attributes'],
    outcomes: ['written', 'observed', 'late', 'cut', 'refused', 'no-room'],
  },
  { function: 'enrich-task', names: ['secretsInAttributes'], outcomes: ['task', 'worker'] },
  { function: 'enrich-task', names: ['conflicts'], outcomes: ['met'] },
  { function: 'enrich-task', names: ['rules'], outcomes: ['failed'] },
  { function: 'enrich-task', names: ['customerLookups'], outcomes: ['found', 'unknown', 'unavailable'] },
  { function: 'enrich-task', names: ['workerAttributes'], outcomes: ['written', 'observed', 'faulty'] },
  { function: 'enrich-task', names: ['agentStates'], outcomes: ['reported', 'unmapped'] },
  { function: 'archive-recording', names: ['archivedBytes'], outcomes: ['verified'] },
  { function: 'archive-recording', names: ['sourcesGone'], outcomes: ['gone-external'] },
  { function: 'archive-recording', names: ['encryptedRecordings'], outcomes: ['decrypted', 'sealed', 'unfit'] },
  { function: 'archive-recording', names: ['locks'], outcomes: ['locked'] },
  { function: 'link-recording', names: ['links'], outcomes: ['in-time', 'late', 'missed'] },
  { function: 'link-recording', names: ['linkDelaySeconds'], outcomes: ['in-time', 'late'] },
  { function: 'link-recording', names: ['correlations'], outcomes: ['written', 'late'] },
  { function: 'link-recording', names: ['mediaLinks'], outcomes: ['written', 'late'] },
  { function: 'calabrio-status', names: ['contactStatuses'], outcomes: ['matched', 'unmatched', 'digital'] },
  { function: 'calabrio-status', names: ['completeThenFailed'], outcomes: ['failed'] },
  {
    function: 'delete-source',
    names: ['deletions'],
    outcomes: ['deleted', 'refused', 'gone-external', 'withdrawn'],
  },
  { function: 'delete-source', names: ['breaker'], outcomes: ['opened'] },
  { function: 'delete-source', names: ['copies'], outcomes: ['doubted'] },
  { function: 'report-status', names: ['reports'], outcomes: ['delivered', 'failed', 'disabled'] },
  { function: 'create-review-task', names: ['reviewTasks'], outcomes: ['created'] },
  { function: 'archive-transcript', names: ['transcripts'], outcomes: ['verified', 'gone'] },
  { function: 'erase-subject', names: ['erasures'], outcomes: ['finished', 'blocked'] },
  { function: 'erase-subject', names: ['erasedItems'], outcomes: ['erased', 'held', 'locked'] },
  {
    function: 'play-recording',
    names: ['requests', 'tookMs'],
    outcomes: ['200', '204', '302', '401', '403', '404', '405', '410', '503'],
  },
  { function: 'play-recording', names: ['plays'], outcomes: ['link', 'flex-token'] },
  {
    function: 'send-sms',
    names: ['requests', 'tookMs'],
    outcomes: ['200', '202', '400', '409', '413', '415', '422', '429', '502', '503'],
  },
  { function: 'send-sms', names: ['outboundSms'], outcomes: ['sent', 'accepted', 'replayed', 'refused'] },
  {
    function: 'authorize-caller',
    names: ['checks', 'tookMs'],
    outcomes: ['admitted', 'unknown-caller', 'unknown-token', 'failed'],
  },
  {
    function: 'reconcile',
    names: [
      'runs',
      'recordingsResent',
      'transcriptsResent',
      'tasksResent',
      'statusesResent',
      'erasuresResent',
      'movedToParked',
      'sweptRecordings',
      'recordingsFound',
      'daysCompared',
    ],
    outcomes: ['done'],
  },
  { function: 'reconcile', names: ['runs'], outcomes: ['failed'] },
  {
    function: 'reconcile',
    names: ['findings'],
    outcomes: ['missing-archive', 'missing-link', 'missing-calabrio', 'deletable', 'gone-external', 'orphan-object'],
  },
  { function: 'reconcile', names: ['gaps'], outcomes: ['found'] },
];

/** How many custom metrics the functions make when every outcome has occurred. */
export function functionMetricCount(): number {
  return metricFamilies.reduce((sum, family) => sum + family.names.length * family.outcomes.length, 0);
}
