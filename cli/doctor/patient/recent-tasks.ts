import { daysBefore } from './recent-days.ts';
import type { Connection } from '../../connection.ts';
import { someAtATime } from '../../some-at-a-time.ts';
import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';

const days = 3;
const mostTasks = 200;

/** The tasks of the last three UTC days, at most 200, the newest first. */
export async function recentTasks({ ledger, now }: Pick<Connection, 'ledger' | 'now'>): Promise<readonly TaskRecord[]> {
  const items = (await Promise.all(daysBefore(now(), days).map((day) => ledger.ofDay(day)))).flat();
  const sids = [...items]
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .flatMap(({ sid }) => (taskSid.is(sid) ? [sid] : []));
  const read = await someAtATime(sids.slice(0, mostTasks), (sid) => ledger.readTask(sid));
  return read.filter((task) => task !== undefined).filter(({ erased }) => erased === undefined);
}
