import type { LastAttributes } from './connection.ts';
import type { PlannedSource } from './planned-source.ts';
import type { RecordingLabel } from '../lambdas/shared/domain/recording-label.ts';
import type { ArchivedAudio, RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import { attributeFacts, isObject, parseTaskAttributes } from '../lambdas/shared/domain/task-attributes.ts';
import type { TaskRecord } from '../lambdas/shared/domain/task-record.ts';
import type { TimelineEntry } from '../lambdas/shared/ports/ledger.ts';

/** Everything the ledger knows of one task or recording, with what a person wants to be told first. */
export interface TaskLife {
  readonly kind: 'task';
  readonly task: TaskRecord;
  readonly recordings: readonly RecordingRecord[];
  readonly timeline: readonly TimelineEntry[];
  readonly attributes: InsightsAttributes;
}

export interface RecordingLife {
  readonly kind: 'recording';
  readonly recording: RecordingRecord;
  /** Where it is in its life, in one word. */
  readonly label: RecordingLabel;
  /** Every task it is known to belong to. */
  readonly tasks: readonly TaskRecord[];
  /** Whether the source may go; absent where the pipeline does not say by which policy it plans. */
  readonly source?: PlannedSource;
  readonly timeline: readonly TimelineEntry[];
}

/** The attributes of a task as Flex Insights reads them. */
export interface InsightsAttributes {
  readonly source: LastAttributes['kind'];
  /** `conversations.*` and `customers.*` by their path; Insights ignores every other key. */
  readonly values: Readonly<Record<string, unknown>>;
  /** `conversations.segment_link`, whoever wrote it. */
  readonly segmentLink?: string;
  /** Why there are no values, when the attributes could not be read. */
  readonly problem?: string;
}

/** Insights keeps this many characters of a text attribute. (Flex Insights, Enhance Integration, read 2026-11) */
const insightsCharacters = 128;

/** What Insights would read of these attributes: texts are cut where Insights cuts them. */
export function insightsAttributes(last: LastAttributes): InsightsAttributes {
  if (last.kind === 'gone') return { source: 'gone', values: {} };
  const parsed = parseTaskAttributes(last.attributes);
  if (parsed.kind === 'unreadable') return { source: last.kind, values: {}, problem: parsed.why };
  const values: Record<string, unknown> = {};
  for (const part of ['conversations', 'customers']) {
    const group = parsed.attributes[part];
    if (!isObject(group)) continue;
    for (const [key, value] of Object.entries(group)) {
      values[`${part}.${key}`] = typeof value === 'string' ? [...value].slice(0, insightsCharacters).join('') : value;
    }
  }
  const { segmentLink } = attributeFacts(parsed.attributes);
  return { source: last.kind, values, ...(segmentLink !== undefined && { segmentLink }) };
}

/** The copy, when there is one. */
export function audioOf({ archive }: RecordingRecord): ArchivedAudio | undefined {
  return archive.state === 'stored' || archive.state === 'verified' || archive.state === 'sealed'
    ? archive.audio
    : undefined;
}

/** How long after the task's end its link was written, in seconds: negative before the end, undefined without both times. */
export function secondsToLink(task: TaskRecord): number | undefined {
  if (task.link.writtenAt === undefined || task.endedAt === undefined) return undefined;
  return (task.link.writtenAt.getTime() - task.endedAt.getTime()) / 1000;
}
