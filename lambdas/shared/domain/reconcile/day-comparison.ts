import { compareText } from '../compare-text.ts';
import type { RecordingSid } from '../sids.ts';
import { findingKinds } from './findings.ts';
import type { Finding, FindingKind, QueueCounts, QueueShare } from './findings.ts';

/** The comparison of one UTC day as far as it has come; what the next run needs to go on with it. */
export interface DayComparison {
  readonly v: 1;
  /** `2026-11-20` */
  readonly day: string;
  /** First Twilio's list, page by page, then what only the ledger or the bucket has, by SID. */
  readonly stage: 'twilio' | 'ledger';
  readonly page?: string;
  /** When `page` was written down. Twilio says nowhere how long it takes a page's token. */
  readonly notedAtEpochMs?: number;
  readonly after?: string;
  /** What Twilio listed. */
  readonly seen: readonly RecordingSid[];
  readonly findings: readonly Finding[];
  /** Recordings that no task is known of. */
  readonly orphanRecordings: readonly RecordingSid[];
  readonly queues: QueueCounts;
  readonly counts: DayCounts;
}

export interface DayCounts {
  /** Listed by Twilio, the deleted ones of the last 40 days too. */
  readonly atTwilio: number;
  readonly inLedger: number;
  /** With a proved copy. */
  readonly archived: number;
  readonly tasks: number;
  /** Sent to archive-recording by this comparison. */
  readonly resent: number;
}

/** A finished day, as people and programs read it: SIDs and counts only. */
export interface DayReport {
  readonly v: 1;
  readonly day: string;
  readonly madeAt: Date;
  readonly counts: DayCounts & { readonly objects: number };
  readonly totals: Readonly<Record<FindingKind, number>>;
  readonly findings: readonly Finding[];
  readonly orphanRecordings: readonly RecordingSid[];
  readonly queues: readonly QueueShare[];
}

export function newDayComparison(day: string): DayComparison {
  return {
    ...{ v: 1, day, stage: 'twilio', seen: [], findings: [], orphanRecordings: [], queues: {} },
    counts: { atTwilio: 0, inLedger: 0, archived: 0, tasks: 0, resent: 0 },
  };
}

/** The report of a day that was compared whole, its findings by kind and SID. */
export function dayReport(
  compared: DayComparison,
  queues: readonly QueueShare[],
  objects: number,
  madeAt: Date,
): DayReport {
  const { day, counts, orphanRecordings } = compared;
  const findings = [...compared.findings].sort(byKindAndSid);
  return {
    v: 1,
    day,
    madeAt,
    counts: { ...counts, objects },
    totals: totalsOf(findings),
    findings,
    orphanRecordings,
    queues,
  };
}

function totalsOf(findings: readonly Finding[]): Readonly<Record<FindingKind, number>> {
  const totals = {
    ...{ 'missing-archive': 0, 'missing-link': 0, 'missing-calabrio': 0 },
    ...{ deletable: 0, 'gone-external': 0, 'orphan-object': 0 },
  };
  for (const { kind } of findings) totals[kind] += 1;
  return totals;
}

function byKindAndSid(a: Finding, b: Finding): number {
  const order = findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind);
  return order === 0 ? compareText(a.sid, b.sid) : order;
}

/** One line each for a finding, a recording without a task, and a queue with a gap: SIDs and words of ours, so no quotes. */
export function reportCsv({ findings, orphanRecordings, queues }: DayReport): string {
  const rows: readonly (readonly [finding: string, sid: string, why: string])[] = [
    ...findings.map(({ kind, sid, why }) => [kind, sid, why] as const),
    ...orphanRecordings.map((sid) => ['orphan-recording', sid, 'no-task'] as const),
    ...queues
      .filter(({ isGap }) => isGap)
      .map(
        ({ queueSid, tasks, recorded, wantedPercent }) =>
          ['gap', queueSid, `${recorded} of ${tasks} recorded and ${wantedPercent} percent wanted`] as const,
      ),
  ];
  return [['finding', 'sid', 'why'], ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** Where a day's report lies, `.json` and `.csv`; `.part.json` is a comparison that goes on. */
export function reportKey(day: string, ending: 'json' | 'csv' | 'part.json'): string {
  return `reports/${day.replaceAll('-', '/')}/reconcile.${ending}`;
}
