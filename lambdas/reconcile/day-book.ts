import { isMendedByCopy, recordingFindings } from '../shared/domain/reconcile/compare-recording.ts';
import type { ComparedRecording } from '../shared/domain/reconcile/compare-recording.ts';
import { taskFindings, withTaskCounted } from '../shared/domain/reconcile/compare-task.ts';
import type { DayComparison } from '../shared/domain/reconcile/day-comparison.ts';
import type { Finding } from '../shared/domain/reconcile/findings.ts';
import type { Policy } from '../shared/domain/policy.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';

/** A comparison that is being made: takes one thing after another, and can be put down at any moment. */
export interface DayBook {
  /** Resolves to the findings that a new copy may mend. */
  recording(compared: ComparedRecording, isListed: boolean): readonly Finding[];
  task(task: TaskRecord): void;
  orphan(finding: Finding): void;
  resent(count: number): void;
  isSeen(sid: RecordingSid): boolean;
  /** As it stands, at this place. */
  at(place: Pick<DayComparison, 'stage' | 'page' | 'after'>): DayComparison;
}

/** Goes on with `before`. Without `owesLinks` no task lacks one. */
export function openDayBook(
  before: DayComparison,
  { policy, owesLinks, now }: { readonly policy: Policy; readonly owesLinks: boolean; readonly now: Date },
): DayBook {
  const seen = new Set(before.seen);
  const findings = [...before.findings];
  const orphanRecordings = [...before.orphanRecordings];
  const counts = { ...before.counts };
  let queues = before.queues;
  return {
    recording(compared, isListed) {
      const { recordingSid, record, tasks } = compared;
      if (isListed) {
        seen.add(recordingSid);
        counts.atTwilio += 1;
      }
      if (record !== undefined) counts.inLedger += 1;
      if (record?.archive.state === 'verified' || record?.archive.state === 'sealed') counts.archived += 1;
      if (record?.erasure.state === 'none' && tasks.length === 0) orphanRecordings.push(recordingSid);
      const found = recordingFindings(compared, policy, now);
      findings.push(...found);
      return found.filter(isMendedByCopy);
    },
    task(task) {
      counts.tasks += 1;
      queues = withTaskCounted(queues, task);
      if (owesLinks) findings.push(...taskFindings(task, now));
    },
    orphan: (finding) => void findings.push(finding),
    resent: (count) => void (counts.resent += count),
    isSeen: (sid) => seen.has(sid),
    at: (place) => ({
      ...{ v: 1, day: before.day, seen: [...seen], findings: [...findings], orphanRecordings: [...orphanRecordings] },
      ...{ queues, counts: { ...counts } },
      ...place,
    }),
  };
}
