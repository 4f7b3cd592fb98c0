import { recordingSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { AskedErasure, SubjectIndex } from '../../../lambdas/shared/ports/subject-index.ts';

export interface InMemorySubjectIndex extends SubjectIndex {
  /** Every hash that leads to something, with what it leads to. */
  all(): ReadonlyMap<string, readonly (TaskSid | RecordingSid)[]>;
}

export function inMemorySubjectIndex(): InMemorySubjectIndex {
  const targets = new Map<string, Set<TaskSid | RecordingSid>>();
  const erasures = new Map<string, readonly AskedErasure[]>();
  const of = (subjectHash: string): readonly (TaskSid | RecordingSid)[] =>
    [...(targets.get(subjectHash) ?? [])].toSorted();
  return {
    all: () => new Map([...targets.keys()].map((hash) => [hash, of(hash)])),
    async add(subjectHash, target) {
      targets.set(subjectHash, (targets.get(subjectHash) ?? new Set()).add(target));
    },
    async find(subjectHash) {
      const found = of(subjectHash);
      return { tasks: found.filter(taskSid.is), recordings: found.filter(recordingSid.is) };
    },
    async addErasure(subjectHash, { erasureId, requestedAt }) {
      const others = (erasures.get(subjectHash) ?? []).filter((one) => one.erasureId !== erasureId);
      erasures.set(subjectHash, [...others, { erasureId, requestedAt }]);
    },
    async erasuresOf(subjectHash) {
      return erasures.get(subjectHash) ?? [];
    },
    async remove(subjectHash, target) {
      const left = targets.get(subjectHash);
      left?.delete(target);
      if (left?.size === 0) targets.delete(subjectHash);
    },
  };
}
