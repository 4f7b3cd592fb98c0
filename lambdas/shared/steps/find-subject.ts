import { compareText } from '../domain/compare-text.ts';
import type { IdentityKey } from '../domain/enrichment/identity.ts';
import { isOnlyQuoted } from '../domain/joined-legs.ts';
import type { RecordingRecord } from '../domain/recording-record.ts';
import type { ConversationSid, RecordingSid, TaskSid } from '../domain/sids.ts';
import type { TaskRecord } from '../domain/task-record.ts';
import type { TranscriptRecord } from '../domain/transcript-record.ts';
import type { SubjectHash } from '../ports/identity-map.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { SubjectIndex } from '../ports/subject-index.ts';
import type { TranscriptRecords } from '../ports/transcript-records.ts';
import { knownTasks } from './known-tasks.ts';

interface FindNeeds {
  readonly index: Pick<SubjectIndex, 'find'>;
  readonly ledger: Pick<Ledger, 'readTask' | 'readRecording' | 'findByAlias'>;
  readonly transcripts: Pick<TranscriptRecords, 'readTranscript'>;
}

/** Tasks and recordings that are meant as well, whoever they are about. */
export interface NamedSids {
  readonly taskSids?: readonly TaskSid[];
  readonly recordingSids?: readonly RecordingSid[];
}

/** Everything the ledger leads to from one person, in the order of the SIDs. */
export interface FoundSubject {
  readonly subjectHashes: readonly string[];
  /** Also tasks that the ledger has no record of. */
  readonly taskSids: readonly TaskSid[];
  readonly tasks: readonly TaskRecord[];
  readonly recordings: readonly RecordingRecord[];
  readonly transcripts: readonly TranscriptRecord[];
  /** What a task or an operator names and the ledger has no record of. */
  readonly unknownSids: readonly (RecordingSid | ConversationSid)[];
  /** Recordings of other tasks' calls, which these tasks only quote: they are about whoever those are about, and left out. */
  readonly quotedSids: readonly RecordingSid[];
}

/**
 * Finds what is about a person: the tasks and recordings under the hashes of their keys, the recordings of those tasks (as
 * the task says, and as its calls and conferences lead to), their conversations' transcripts, and what is named besides.
 * `keys` hold normalised values, as `SubjectHash` wants them.
 *
 * From a recording nobody is followed to its other tasks: a conference may hold a colleague's task, or another
 * customer's after a transfer, and what else those tasks have is about somebody else. Nor from a task to a recording of
 * another task's call that it only quotes, as a follow-up task does: it is found by whom that call was with. Nor is anybody followed from one of
 * a task's hashes to the others: a telephone is shared by a household, and whoever asks says by which keys.
 *
 * @throws {RetryableError} while the key of the hashes, or the ledger, cannot be read.
 */
export async function findSubject(
  has: FindNeeds & { readonly subjectHash: SubjectHash },
  keys: readonly IdentityKey[],
  also: NamedSids = {},
): Promise<FoundSubject> {
  return findByHashes(has, await Promise.all(keys.map(({ kind, value }) => has.subjectHash.of(kind, value))), also);
}

/** As `findSubject`, for whoever has the hashes and not the keys. */
export async function findByHashes(
  has: FindNeeds,
  subjectHashes: readonly string[],
  also: NamedSids = {},
): Promise<FoundSubject> {
  const found = await Promise.all(subjectHashes.map((hash) => has.index.find(hash)));
  const taskSids = sorted([...(also.taskSids ?? []), ...found.flatMap((targets) => targets.tasks)]);
  const { tasks, taskSids: allSids } = await withReviews(has, taskSids);
  const ofTasks = await Promise.all(tasks.map((task) => recordingsOf(has, task)));
  const named = [...(also.recordingSids ?? []), ...found.flatMap((targets) => targets.recordings)];
  const own = [...named, ...ofTasks.flatMap((of) => of.own)];
  const recordings = await records(own, (sid) => has.ledger.readRecording(sid));
  const conversations = tasks.flatMap((task) => task.conversationSids);
  const transcripts = await records(conversations, (sid) => has.transcripts.readTranscript(sid));
  return {
    subjectHashes,
    taskSids: allSids,
    tasks,
    recordings: recordings.known,
    transcripts: transcripts.known,
    unknownSids: [...recordings.unknown, ...transcripts.unknown],
    quotedSids: sorted(ofTasks.flatMap((of) => of.quoted)).filter((sid) => !own.includes(sid)),
  };
}

/** The task that an agent was given to listen to a call is about the same customer, and names them. */
async function withReviews(
  has: FindNeeds,
  taskSids: readonly TaskSid[],
): Promise<{ readonly tasks: readonly TaskRecord[]; readonly taskSids: readonly TaskSid[] }> {
  const tasks = await records(taskSids, (sid) => has.ledger.readTask(sid));
  const reviews = tasks.known.flatMap(({ review }) => (review?.taskSid === undefined ? [] : [review.taskSid]));
  const all = sorted([...taskSids, ...reviews]);
  if (all.length === taskSids.length) return { tasks: tasks.known, taskSids };
  return { tasks: (await records(all, (sid) => has.ledger.readTask(sid))).known, taskSids: all };
}

interface RecordingsOfTask {
  readonly own: readonly RecordingSid[];
  readonly quoted: readonly RecordingSid[];
}

async function recordingsOf(has: FindNeeds, task: TaskRecord): Promise<RecordingsOfTask> {
  const aliases = [...task.callSids, ...task.conferenceSids];
  const led = await Promise.all(aliases.map((alias) => has.ledger.findByAlias(alias)));
  const named = await Promise.all(
    task.recordings.map(async ({ recordingSid }) => ({
      recordingSid,
      isQuote: await isQuote(has, task, recordingSid),
    })),
  );
  const sidsOf = (isWanted: boolean): readonly RecordingSid[] =>
    named.filter(({ isQuote: is }) => is === isWanted).map(({ recordingSid }) => recordingSid);
  return { own: [...sidsOf(false), ...led.flatMap(({ recordings }) => recordings)], quoted: sidsOf(true) };
}

async function isQuote(has: FindNeeds, task: TaskRecord, sid: RecordingSid): Promise<boolean> {
  const recording = await has.ledger.readRecording(sid);
  return recording !== undefined && isOnlyQuoted(recording, task, await knownTasks(has, recording));
}

async function records<S extends string, R>(
  sids: readonly S[],
  read: (sid: S) => Promise<R | undefined>,
): Promise<{ readonly known: readonly R[]; readonly unknown: readonly S[] }> {
  const unique = sorted(sids);
  const found = await Promise.all(unique.map(read));
  return {
    known: found.filter((record) => record !== undefined),
    unknown: unique.filter((_sid, place) => found[place] === undefined),
  };
}

function sorted<S extends string>(sids: readonly S[]): readonly S[] {
  return [...new Set(sids)].sort(compareText);
}
