import type { Erasure, KeptFacets } from '../kept-facets.ts';
import type { RecordingRecord } from '../recording-record.ts';
import type { TaskLink, TaskMedia, TaskRecord } from '../task-record.ts';
import type { TranscriptRecord } from '../transcript-record.ts';

/**
 * Erased, or about to be: dead to everybody but whoever erases. A hold beats an erasure that was asked for, until
 * something of it is gone: what is held lives on, and the erasure waits for the hold to be released.
 */
export function isTombstoned({ erasure, holds }: Pick<KeptFacets, 'erasure' | 'holds'>): boolean {
  if (erasure.state === 'requested') return holds.length === 0 || erasure.begunAt !== undefined;
  return erasure.state === 'erased';
}

/** Who asks, and when. */
interface Asked {
  readonly at: Date;
  readonly erasureId?: string;
}

/** From now on nobody begins anything with it, unless it is held. Whoever asked first is who asked. */
export function requestErasure<R extends KeptFacets>(record: R, { at, erasureId }: Asked): R {
  if (record.erasure.state !== 'none') return record;
  return { ...record, erasure: { state: 'requested', requestedAt: at, ...idOf(erasureId) } };
}

/** From now on something of it may be gone. A hold that was placed before, even a moment ago, keeps it from beginning. */
export function beginErasure<R extends KeptFacets>(record: R, at: Date): R {
  const { erasure, holds } = record;
  const isToBegin = erasure.state === 'requested' && erasure.begunAt === undefined && holds.length === 0;
  return isToBegin ? { ...record, erasure: { ...erasure, begunAt: at } } : record;
}

/**
 * The tombstone of a recording: its SID, whose it was, when it was, and that nothing brings it back. What the copy was,
 * what Calabrio said and how it was encrypted is forgotten. Nothing changes a tombstone.
 */
export function recordingTombstone(recording: RecordingRecord, asked: Asked): RecordingRecord {
  if (recording.erasure.state === 'erased') return recording;
  const { recordingSid, version, accountSid, foundBy, firstSeenAt, source, taskSids, deletion } = recording;
  const { status, startedAt, callSid, conferenceSid } = source;
  return {
    ...{ recordingSid, version, accountSid, foundBy, firstSeenAt, taskSids, deletion },
    source: {
      status,
      ...(startedAt !== undefined && { startedAt }),
      ...(callSid !== undefined && { callSid }),
      ...(conferenceSid !== undefined && { conferenceSid }),
    },
    ...emptied(asked),
    linkRevoked: true,
    contacts: [],
    verifications: [],
    reports: [],
  };
}

/** The tombstone of a transcript; nothing changes it any more. */
export function transcriptTombstone(transcript: TranscriptRecord, asked: Asked): TranscriptRecord {
  if (transcript.erasure.state === 'erased') return transcript;
  const { conversationSid, version, accountSid, firstSeenAt, source, taskSids } = transcript;
  return { ...{ conversationSid, version, accountSid, firstSeenAt, source, taskSids }, ...emptied(asked) };
}

function emptied({ at, erasureId }: Asked) {
  const erasure: Erasure = { state: 'erased', erasedAt: at, ...idOf(erasureId) };
  return { archive: { state: 'none' }, holds: [], erasure } as const;
}

/**
 * The tombstone of a task. It keeps SIDs, times and queues, by which late messages are known as the erased task's; what
 * the attributes said (the conversation's id, the link that was there, the client, the consent), the hashes of whom it was
 * about, and what the enrichment wrote are forgotten. Nothing is due of it any more.
 */
export function taskTombstone(task: TaskRecord, { at, erasureId }: Required<Asked>): TaskRecord {
  if (task.erased !== undefined) return task;
  const { conversationId: _id, subjectHashes: _whom, keeping: _told, enrichment: _wrote, dueAt: _due, ...known } = task;
  const { link, media, ...rest } = known;
  return {
    ...rest,
    link: withoutReplaced(link),
    ...(media !== undefined && { media: withoutReplaced(media) }),
    settledAt: task.settledAt ?? at,
    erased: { at, erasureId },
  };
}

function withoutReplaced<Facet extends TaskLink | TaskMedia>(facet: Facet): Omit<Facet, 'replaced'> {
  const { replaced: _was, ...rest } = facet;
  return rest;
}

function idOf(erasureId: string | undefined): { readonly erasureId?: string } {
  return erasureId === undefined ? {} : { erasureId };
}
