import type { Connection } from '../../connection.ts';
import { someAtATime } from '../../some-at-a-time.ts';
import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';

type Place = Pick<Connection, 'ledger' | 'now'>;

/** The tasks that the ledger has of the present UTC day, so that those that come can be told from them. */
export async function tasksSoFar({ ledger, now }: Place): Promise<ReadonlySet<TaskSid>> {
  return new Set(await tasksOf(ledger, [dayOf(now())]));
}

/** The first task that the ledger saw at `since` or later, none of `before`; undefined while there is none. */
export async function firstTaskSince(
  { ledger, now }: Place,
  since: Date,
  before: ReadonlySet<TaskSid>,
): Promise<TaskRecord | undefined> {
  const days = [...new Set([dayOf(since), dayOf(now())])];
  const come = (await tasksOf(ledger, days)).filter((sid) => !before.has(sid));
  const read = await someAtATime(come, (sid) => ledger.readTask(sid));
  return read
    .filter((task) => task !== undefined)
    .filter(({ firstSeenAt, erased }) => firstSeenAt >= since && erased === undefined)
    .sort((one, other) => one.firstSeenAt.getTime() - other.firstSeenAt.getTime())[0];
}

async function tasksOf(ledger: Connection['ledger'], days: readonly string[]): Promise<readonly TaskSid[]> {
  const items = (await Promise.all(days.map((day) => ledger.ofDay(day)))).flat();
  return items.flatMap(({ sid }) => (taskSid.is(sid) ? [sid] : []));
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
