import type { TaskRecord } from './task-record.ts';

/**
 * A time by which the task had begun: when it was created or, where nobody told that, the earliest that is known of it. So
 * a task of which only the end was told, hours late, did not begin when its event came.
 */
export function taskBeganBy({
  createdAt,
  firstSeenAt,
  endedAt,
  legs,
}: Pick<TaskRecord, 'createdAt' | 'firstSeenAt' | 'endedAt' | 'legs'>): Date {
  if (createdAt !== undefined) return createdAt;
  const told = legs.flatMap(({ acceptedAt, wrapupAt, completedAt }) => [acceptedAt, wrapupAt, completedAt]);
  return [...told, endedAt]
    .filter((at) => at !== undefined)
    .reduce((earliest, at) => (at < earliest ? at : earliest), firstSeenAt);
}
