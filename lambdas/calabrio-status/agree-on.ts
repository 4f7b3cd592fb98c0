import { compareText } from '../shared/domain/compare-text.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingSid, TaskSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';

/** What one id leads to in the ledger. */
export interface Lead {
  readonly recordings: ReadonlyMap<RecordingSid, RecordingRecord>;
  readonly tasks: readonly TaskRecord[];
  /** Of each of the recordings, which of the tasks it belongs to; none where it was found without a task. */
  readonly tasksOf: ReadonlyMap<RecordingSid, readonly TaskSid[]>;
}

/**
 * The recordings that every id which leads to any agrees on. Where there are none such, or where what they agree on is
 * known to belong to different tasks, it cannot be told which one is meant: then all of them, as a contradiction.
 */
export function agreeOn(leads: readonly Lead[]): {
  readonly recordingSids: readonly RecordingSid[];
  readonly isContradictory: boolean;
} {
  const sets = leads.map(({ recordings }) => new Set(recordings.keys())).filter(({ size }) => size > 0);
  const all = [...new Set(sets.flatMap((set) => [...set]))].sort(compareText);
  const agreed = all.filter((sid) => sets.every((set) => set.has(sid)));
  if (agreed.length === 0) return { recordingSids: all, isContradictory: all.length > 0 };
  return { recordingSids: agreed, isContradictory: areStrangers(agreed, leads) };
}

/** True when two of them each have a task and none in common: neither's plan would see the other as a sibling. */
function areStrangers(sids: readonly RecordingSid[], leads: readonly Lead[]): boolean {
  const tasksOf = sids.map((sid) => new Set(leads.flatMap((lead) => lead.tasksOf.get(sid) ?? [])));
  return tasksOf.some((one, place) =>
    tasksOf
      .slice(place + 1)
      .some((other) => one.size > 0 && other.size > 0 && [...one].every((task) => !other.has(task))),
  );
}
