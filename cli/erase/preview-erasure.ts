import type { Connection } from '../connection.ts';
import { someAtATime } from '../some-at-a-time.ts';
import { prefixOf } from '../holdable.ts';
import type { HoldableRecord } from '../holdable.ts';
import type { ErasureItem } from '../../lambdas/shared/domain/erasure/erasure-request.ts';
import { isOnlyQuoted } from '../../lambdas/shared/domain/joined-legs.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import { knownTasks } from '../../lambdas/shared/steps/known-tasks.ts';
import { isHeldByStranger, lockInTheWay, strangersHold } from '../../lambdas/shared/steps/erasure-obstacles.ts';
import type { FoundSubject } from '../../lambdas/shared/steps/find-subject.ts';

/** One recording or transcript, and what stands against its erasure. */
export interface PreviewedItem {
  readonly sid: ErasureItem['sid'];
  readonly outcome: 'would-go' | 'held' | 'locked' | 'erased-already' | 'unknown';
  readonly matters?: readonly string[];
  readonly lock?: { readonly mode: 'governance' | 'compliance'; readonly until: Date };
  /** Versions and delete markers in S3. */
  readonly objects: number;
  /** Tasks that have it too and are not among those that were found: their call goes with it. Absent where there is none. */
  readonly alsoOf?: readonly string[];
  /** Contacts of Calabrio's that somebody must delete there. */
  readonly contacts: readonly number[];
}

/** What an erasure would take, without a word of whom it is about. */
export interface ErasurePreview {
  readonly tasks: readonly { readonly taskSid: string; readonly isOpen: boolean; readonly isErased: boolean }[];
  readonly items: readonly PreviewedItem[];
  /** Recordings of other tasks' calls that these tasks quote; they stay. */
  readonly quoted: readonly string[];
}

/** Looks at everything that was found, in the ledger and in S3; changes nothing. */
export async function previewErasure(connection: Connection, found: FoundSubject): Promise<ErasurePreview> {
  const { tasks, recordings, transcripts, unknownSids } = found;
  const known = [
    ...recordings.map((record) => ({
      ...{ sid: record.recordingSid, record },
      contacts: [...new Set(record.contacts.map(({ ccrId }) => ccrId))],
    })),
    ...transcripts.map((record) => ({ sid: record.conversationSid, record, contacts: [] })),
  ];
  return {
    tasks: tasks.map(({ taskSid, endedAt, erased }) => ({
      taskSid,
      isOpen: endedAt === undefined && erased === undefined,
      isErased: erased !== undefined,
    })),
    quoted: found.quotedSids,
    items: [
      ...(await someAtATime(known, async ({ sid, record, contacts }) => ({
        ...{ sid, contacts },
        ...('recordingSid' in record && (await othersOf(connection, found, record))),
        ...(await obstacleOf(connection, record)),
      }))),
      ...unknownSids.map((sid) => ({ sid, outcome: 'unknown', objects: 0, contacts: [] }) as const),
    ],
  };
}

/** A call that was transferred, or in which several customers were, is several tasks' and has one recording. */
async function othersOf(
  connection: Connection,
  { taskSids }: FoundSubject,
  record: RecordingRecord,
): Promise<Pick<PreviewedItem, 'alsoOf'>> {
  const tasks = await knownTasks(connection, record);
  const others = tasks.filter((task) => !taskSids.includes(task.taskSid) && !isOnlyQuoted(record, task, tasks));
  return others.length === 0 ? {} : { alsoOf: others.map(({ taskSid }) => taskSid) };
}

async function obstacleOf(
  connection: Connection,
  record: HoldableRecord,
): Promise<Pick<PreviewedItem, 'outcome' | 'objects' | 'matters' | 'lock'>> {
  if (record.erasure.state === 'erased') return { outcome: 'erased-already', objects: 0 };
  const prefix = prefixOf(record);
  const versions = prefix === undefined ? [] : await connection.archive.versions(prefix);
  const objects = versions.length;
  if (record.holds.length > 0) return { outcome: 'held', objects, matters: record.holds.map(({ matter }) => matter) };
  // Whether the stage opens governance locks is not known here, so they are shown.
  const has = { keeping: connection.archive, opensGovernance: false, now: () => connection.now() };
  if (await isHeldByStranger(has, record, versions)) return { outcome: 'held', objects, matters: [strangersHold] };
  const lock = await lockInTheWay(has, versions);
  return lock === undefined ? { outcome: 'would-go', objects } : { outcome: 'locked', objects, lock };
}
