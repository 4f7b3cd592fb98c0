import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import { attributeFacts, parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import {
  applyAsking,
  applyAttributeFacts,
  applyReview,
  applySettled,
  applyTaskGone,
  newTask,
} from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { addRecording } from '../shared/domain/task-recordings.ts';
import { accountSid, workspaceSid } from '../shared/domain/sids.ts';
import type { TaskSid } from '../shared/domain/sids.ts';
import type { DiscoverRecordings } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { RecordingResource, Recordings } from '../shared/ports/recordings.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { queueTranscripts } from './queue-transcripts.ts';
import type { TranscriptNeeds } from './queue-transcripts.ts';

interface Needs extends TranscriptNeeds {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly recordings: Recordings;
  readonly now: () => Date;
  readonly accountSid: string;
  readonly workspaceSid: string;
}

/**
 * Asks Twilio for a task's recordings: by what the task itself says now, by its conferences and by its calls.
 *
 * A task that is gone is settled by this look: nothing more can be learnt of it. Every recording found is announced,
 * also one known before, since the message that announced it may have died.
 */
export async function discoverRecordings(has: Needs, message: DiscoverRecordings): Promise<Outcome> {
  if ((await has.ledger.readTask(message.taskSid))?.erased !== undefined) return ignored('tombstoned');
  await putOff(has, message.taskSid);
  const { task, isGone } = await readTaskAtTwilio(has, message);
  const { recordings: found } = await recordListed(has, task, await listRecordings(has, task), message.cause);
  for (const { recordingSid, foundBy, isAbsent } of found) {
    const of = { v: 1, recordingSid, taskSid: task.taskSid, foundBy, cause: message.cause } as const;
    if (!isAbsent) await has.queues.send({ ...of, route: 'internal/link-recording', why: 'announced' });
    await has.queues.send({ ...of, route: 'internal/archive-recording' });
  }
  if (isGone) {
    await queueTranscripts(has, task, message.cause);
    await changeTask(has.ledger, task.taskSid, (before) => ({
      record: applySettled(before ?? task, has.now()),
      timeline: [],
    }));
  }
  return found.length === 0 ? ignored('no-recording-known') : done;
}

/**
 * All that the list names go into the ledger before the first is announced: whichever announcement comes first, the link
 * then names the best of them.
 */
async function recordListed(
  has: Needs,
  task: TaskRecord,
  listed: readonly RecordingResource[],
  cause: string,
): Promise<TaskRecord> {
  const isNew = ({ recordingSid }: RecordingResource): boolean =>
    !task.recordings.some((known) => known.recordingSid === recordingSid);
  const found = listed.filter(isNew);
  if (found.length === 0) return task;
  const after = `${found.map(({ recordingSid }) => recordingSid).join(', ')} by list`;
  const timeline = [{ occurredAt: has.now(), cause, what: 'recording known', actor: 'enrich-task', after }];
  return changeTask(has.ledger, task.taskSid, (before = task) => ({
    record: found.reduce((sofar, source) => addRecording(sofar, source.recordingSid, 'list', { source }), before),
    timeline,
  }));
}

/** Before Twilio is asked: while it does not answer, this message asks again, and reconcile must not send more of them. */
async function putOff(has: Needs, taskSid: TaskSid): Promise<void> {
  const at = has.now();
  const known = await has.ledger.readTask(taskSid);
  if (known?.dueAt === undefined) return;
  await changeTask(has.ledger, taskSid, (before = known) => ({ record: applyAsking(before, at), timeline: [] }));
}

/** What the task says of itself now, kept in the ledger: the events that would have said so may never come. */
async function readTaskAtTwilio(
  has: Needs,
  { taskSid, cause }: DiscoverRecordings,
): Promise<{ readonly task: TaskRecord; readonly isGone: boolean }> {
  const fetched = await has.tasks.fetch(taskSid);
  const at = has.now();
  const of = { taskSid, accountSid: accountSid(has.accountSid), workspaceSid: workspaceSid(has.workspaceSid) };
  const parsed = fetched.kind === 'task' ? parseTaskAttributes(fetched.task.attributes) : undefined;
  const facts = parsed?.kind === 'object' ? attributeFacts(parsed.attributes, of.accountSid) : undefined;
  const task = await changeTask(has.ledger, taskSid, (before) => {
    const known = before ?? newTask(of, at);
    if (fetched.kind === 'gone') {
      const timeline =
        known.endedAt === undefined ? [{ occurredAt: at, cause, what: 'task found gone', actor: 'enrich-task' }] : [];
      // Not due before the list has answered: it may be the one that does not.
      return { record: applyAsking(applyTaskGone(known, at), at), timeline };
    }
    return { record: applyReview(facts === undefined ? known : applyAttributeFacts(known, facts), at), timeline: [] };
  });
  if (facts !== undefined) await has.ledger.addAliases([...facts.callSids, ...facts.conferenceSids], taskSid);
  return { task, isGone: fetched.kind === 'gone' };
}

async function listRecordings(has: Needs, task: TaskRecord): Promise<readonly RecordingResource[]> {
  const lists = await Promise.all([
    ...task.conferenceSids.map((sid) => has.recordings.listOfConference(task.accountSid, sid)),
    ...task.callSids.map((sid) => has.recordings.listOfCall(task.accountSid, sid)),
  ]);
  const bySid = new Map(lists.flat().map((recording) => [recording.recordingSid, recording]));
  return [...bySid.values()].filter(({ status }) => !isEmpty(status));
}
