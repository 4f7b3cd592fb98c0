import { aliasesOfContact } from '../shared/domain/contact-status.ts';
import type { ContactAlias, ContactStatus } from '../shared/domain/contact-status.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { recordingSid, taskSid } from '../shared/domain/sids.ts';
import type { RecordingSid, TaskSid } from '../shared/domain/sids.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { agreeOn } from './agree-on.ts';
import type { Lead } from './agree-on.ts';

export interface FoundContact {
  /** Recordings of the ledger with sound, or whose sound is still to come. */
  readonly recordings: readonly RecordingRecord[];
  /** The ids lead to recordings that have nothing to do with each other: the status is kept there and confirms nothing. */
  readonly isContradictory: boolean;
  /** Every task that one of the ids leads to. */
  readonly tasks: readonly TaskRecord[];
}

/**
 * Whom the contact is about, by all that the ledger knows of its ids; read consistently, never through an index.
 *
 * A SID in the body is only ever looked up: a recording that the ledger does not have is not found by naming it. A part
 * of an id that looks like a SID counts only where the whole id leads to nothing.
 */
export async function findContact(ledger: Ledger, contact: ContactStatus): Promise<FoundContact> {
  const leads = await leadsOf(ledger, contact);
  const agreed = agreeOn(leads);
  const records = new Map(leads.flatMap(({ recordings }) => [...recordings]));
  const tasks = new Map(leads.flatMap((lead) => lead.tasks.map((task) => [task.taskSid, task])));
  return {
    recordings: agreed.recordingSids.flatMap((sid) => records.get(sid) ?? []),
    isContradictory: agreed.isContradictory,
    tasks: [...tasks.values()],
  };
}

async function leadsOf(ledger: Ledger, contact: ContactStatus): Promise<readonly Lead[]> {
  const aliases = aliasesOfContact(contact);
  const ofIds = await Promise.all((['sessionId', 'legId'] as const).map((id) => leadsOfId(ledger, aliases, id)));
  return ofIds.flat();
}

/** The whole id comes first of its aliases, and only what it does not lead to is looked for by its parts. */
async function leadsOfId(
  ledger: Ledger,
  aliases: readonly ContactAlias[],
  id: ContactAlias['from'],
): Promise<readonly Lead[]> {
  const [whole, ...parts] = aliases.filter(({ from }) => from === id);
  if (whole === undefined) return [];
  const lead = await leadOf(ledger, whole.alias);
  if (lead.tasks.length > 0 || lead.recordings.size > 0) return [lead];
  return Promise.all(parts.map(({ alias }) => leadOf(ledger, alias)));
}

async function leadOf(ledger: Ledger, alias: string): Promise<Lead> {
  const found = await ledger.findByAlias(alias);
  const taskSids = new Set([...found.tasks, ...(taskSid.is(alias) ? [alias] : [])]);
  const tasks = await recordsOf(taskSids, (sid) => ledger.readTask(sid));
  const ofTasks = await Promise.all(tasks.map(async (task) => ({ task, sids: await recordingsOfTask(ledger, task) })));
  const own = [...found.recordings, ...(recordingSid.is(alias) ? [alias] : [])];
  const sids = new Set([...own, ...ofTasks.flatMap((ofTask) => ofTask.sids)]);
  const known = await recordsOf(sids, (sid) => ledger.readRecording(sid));
  const recordings = new Map(
    known.filter(({ source }) => !isEmpty(source.status)).map((record) => [record.recordingSid, record]),
  );
  const tasksOf = new Map<RecordingSid, readonly TaskSid[]>(
    [...recordings.keys()].map((sid) => [
      sid,
      ofTasks.filter((ofTask) => ofTask.sids.includes(sid)).map(({ task }) => task.taskSid),
    ]),
  );
  return { recordings, tasks, tasksOf };
}

/** As the task itself says, and as its calls and conferences lead to, which may be known before the task says so. */
async function recordingsOfTask(ledger: Ledger, task: TaskRecord): Promise<readonly RecordingSid[]> {
  const named = task.recordings.filter(({ isAbsent }) => !isAbsent).map((recording) => recording.recordingSid);
  const found = await Promise.all([...task.callSids, ...task.conferenceSids].map((sid) => ledger.findByAlias(sid)));
  return [...new Set([...named, ...found.flatMap(({ recordings }) => recordings)])];
}

async function recordsOf<S, R>(sids: ReadonlySet<S>, read: (sid: S) => Promise<R | undefined>): Promise<readonly R[]> {
  const records = await Promise.all([...sids].map(read));
  return records.filter((record) => record !== undefined);
}
