import { idKind } from './id-kind.ts';
import type { IdKind, Known } from './id-kind.ts';
import type { Connection } from '../connection.ts';
import { someAtATime } from '../some-at-a-time.ts';
import { aliasesOfContact } from '../../lambdas/shared/domain/contact-status.ts';
import type { ContactStatus } from '../../lambdas/shared/domain/contact-status.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import { recordingSid, taskSid } from '../../lambdas/shared/domain/sids.ts';
import type { RecordingSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../../lambdas/shared/domain/task-record.ts';
import type { InboxItem } from '../../lambdas/shared/ports/contact-inbox.ts';
import type { Ledger } from '../../lambdas/shared/ports/ledger.ts';

/** One contact status as it was received, once for all its repeats, and what its ids are to us. */
export interface Observation {
  readonly contact: ContactStatus;
  readonly firstReceivedAt: Date;
  /** How often it was received. */
  readonly times: number;
  readonly sessionIdIs: IdKind;
  readonly legIdIs: IdKind;
  /** The tasks that its ids lead to. */
  readonly taskSids: readonly TaskSid[];
}

/** What was received on these days, oldest first. */
export async function observationsOf(
  connection: Connection,
  days: readonly string[],
  onDay: (day: string) => void,
): Promise<readonly Observation[]> {
  const items: InboxItem[] = [];
  for (const day of days) {
    onDay(day);
    items.push(...(await connection.inbox.inboxOfDay(day)));
  }
  const byHash = Map.groupBy(items, ({ hash }) => hash);
  const observed = await someAtATime([...byHash.values()], (same) => observation(connection.ledger, same));
  return observed.flat().sort((a, b) => a.firstReceivedAt.getTime() - b.firstReceivedAt.getTime());
}

/** Of the same status under each of its ids, and again at each receipt. */
async function observation(ledger: Ledger, same: readonly InboxItem[]): Promise<readonly Observation[]> {
  const [first] = same.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  if (first === undefined) return [];
  const { contact, receivedAt } = first;
  const known = await knownBy(ledger, contact);
  return [
    {
      contact,
      firstReceivedAt: receivedAt,
      times: new Set(same.map((item) => item.receivedAt.getTime())).size,
      sessionIdIs: idKind(contact, 'sessionId', known),
      legIdIs: idKind(contact, 'legId', known),
      taskSids: known.tasks.map((task) => task.taskSid),
    },
  ];
}

/** Everything that the two ids lead to: a recording leads on to its tasks. */
async function knownBy(ledger: Ledger, contact: ContactStatus): Promise<Known> {
  const aliases = [...new Set(aliasesOfContact(contact).map(({ alias }) => alias))];
  const matches = await Promise.all(aliases.map((alias) => ledger.findByAlias(alias)));
  const recordings = await recordingsBy(ledger, [
    ...aliases.filter(recordingSid.is),
    ...matches.flatMap((match) => match.recordings),
  ]);
  const sids = new Set<TaskSid>([
    ...aliases.filter(taskSid.is),
    ...matches.flatMap((match) => match.tasks),
    ...recordings.flatMap((recording) => recording.taskSids),
  ]);
  const tasks: readonly (TaskRecord | undefined)[] = await Promise.all([...sids].map((sid) => ledger.readTask(sid)));
  return { tasks: tasks.filter((task) => task !== undefined), recordings };
}

async function recordingsBy(ledger: Ledger, sids: readonly RecordingSid[]): Promise<readonly RecordingRecord[]> {
  const read = await Promise.all([...new Set(sids)].map((sid) => ledger.readRecording(sid)));
  return read.filter((recording) => recording !== undefined);
}
