import type { RecordedTask } from './calls-of.ts';
import type { Connection } from '../connection.ts';
import { someAtATime } from '../some-at-a-time.ts';
import { taskSid } from '../../lambdas/shared/domain/sids.ts';
import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { Ledger } from '../../lambdas/shared/ports/ledger.ts';

/** The tasks of these days that are over and have a recording with sound. */
export async function recordedTasks(
  { ledger }: Connection,
  days: readonly string[],
  onDay: (day: string) => void,
): Promise<readonly RecordedTask[]> {
  const found: RecordedTask[] = [];
  for (const day of days) {
    onDay(day);
    const sids = (await ledger.ofDay(day)).map(({ sid }) => sid).filter(taskSid.is);
    found.push(...(await someAtATime(sids, (sid) => recordedTask(ledger, sid))).flat());
  }
  return found;
}

async function recordedTask(ledger: Ledger, sid: TaskSid): Promise<readonly RecordedTask[]> {
  const task = await ledger.readTask(sid);
  const { endedAt } = task ?? {};
  if (task === undefined || endedAt === undefined) return [];
  const withSound = task.recordings.filter(({ isAbsent }) => !isAbsent);
  const read = await Promise.all(withSound.map(({ recordingSid }) => ledger.readRecording(recordingSid)));
  const recordings = read.filter((recording) => recording !== undefined);
  return recordings.length === 0 ? [] : [{ task: { ...task, endedAt }, recordings }];
}
