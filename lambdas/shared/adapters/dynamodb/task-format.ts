import * as z from 'zod/mini';
import {
  accountSid,
  callSid,
  conferenceSid,
  conversationSid,
  recordingSid,
  reservationSid,
  taskQueueSid,
  taskSid,
  transferSid,
  workerSid,
  workspaceSid,
} from '../../domain/sids.ts';
import type {
  KeepingFacts,
  Leg,
  MediaPlace,
  TaskEnrichment,
  TaskLink,
  TaskMedia,
  TaskRecord,
  TaskRecording,
  Transfer,
  WorkerCall,
} from '../../domain/task-record.ts';
import { foundBy, list, record, sid, since, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const leg = record({
  reservationSid: sid(reservationSid),
  workerSid: z.exactOptional(sid(workerSid)),
  workerCallSid: z.exactOptional(sid(callSid)),
  taskQueueSid: z.exactOptional(sid(taskQueueSid)),
  acceptedAt: z.exactOptional(time),
  wrapupAt: z.exactOptional(time),
  completedAt: z.exactOptional(time),
} satisfies Fields<Leg>);

const workerCall = record({ callSid: sid(callSid), firstSeenAt: time } satisfies Fields<WorkerCall>);

const transfer = record({
  transferSid: sid(transferSid),
  initiatedAt: z.exactOptional(time),
  endedAt: z.exactOptional(time),
  outcome: z.exactOptional(z.enum(['completed', 'failed', 'canceled'])),
  fromReservationSid: z.exactOptional(sid(reservationSid)),
  toWorkerSid: z.exactOptional(sid(workerSid)),
  mode: z.exactOptional(z.enum(['WARM', 'COLD'])),
} satisfies Fields<Transfer>);

const taskRecording = record({
  recordingSid: sid(recordingSid),
  foundBy,
  kind: z.enum(['conference', 'call', 'unknown']),
  callSid: z.exactOptional(sid(callSid)),
  reservationSid: z.exactOptional(sid(reservationSid)),
  startedAt: z.exactOptional(time),
  isAbsent: z.boolean(),
} satisfies Fields<TaskRecording>);

const link = record({
  state: z.enum(['none', 'written', 'late', 'kept', 'missed', 'removed', 'overwritten']),
  recordingSid: z.exactOptional(sid(recordingSid)),
  writes: z.number(),
  writtenAt: z.exactOptional(time),
  seenAt: z.exactOptional(time),
  replaced: z.exactOptional(z.string()),
} satisfies Fields<TaskLink>);

const mediaPlace = record({
  reservationSid: z.exactOptional(sid(reservationSid)),
  recordingSid: z.exactOptional(sid(recordingSid)),
  startedAt: z.exactOptional(time),
  transcriptSid: z.exactOptional(sid(conversationSid)),
} satisfies Fields<MediaPlace>);

const media = record({
  state: z.enum(['none', 'written', 'late', 'kept', 'missed', 'removed', 'overwritten', 'refused']),
  places: list(mediaPlace),
  writes: z.number(),
  writtenAt: z.exactOptional(time),
  seenAt: z.exactOptional(time),
  replaced: z.exactOptional(list(z.string())),
  fromTwilio: list(sid(recordingSid)),
} satisfies Fields<TaskMedia>);

const enrichment = record({
  mode: z.enum(['observe', 'fill', 'overwrite']),
  paths: list(z.string()),
  latePaths: z.exactOptional(list(z.string())),
  writes: z.exactOptional(z.number()),
  at: time,
} satisfies Fields<TaskEnrichment>);

const keeping = record({
  clientId: z.exactOptional(z.string()),
  direction: z.exactOptional(z.enum(['inbound', 'outbound'])),
  consent: z.exactOptional(z.enum(['given', 'refused'])),
} satisfies Fields<KeepingFacts>);

const erased = record({ at: time, erasureId: z.string() } satisfies Fields<NonNullable<TaskRecord['erased']>>);

const review = record({ intendedAt: time, taskSid: z.exactOptional(sid(taskSid)) } satisfies Fields<
  NonNullable<TaskRecord['review']>
>);

const taskRecord = record({
  taskSid: sid(taskSid),
  version: z.number(),
  accountSid: sid(accountSid),
  workspaceSid: sid(workspaceSid),
  firstSeenAt: time,
  lastEventAt: time,
  toldBy: z.exactOptional(list(z.enum(['event-streams', 'task-events']))),
  createdAt: z.exactOptional(time),
  channel: z.exactOptional(z.string()),
  taskQueueSid: z.exactOptional(sid(taskQueueSid)),
  taskQueueAt: z.exactOptional(time),
  taskQueueName: z.exactOptional(z.string()),
  parentTaskSid: z.exactOptional(sid(taskSid)),
  conversationId: z.exactOptional(z.string()),
  callSids: list(sid(callSid)),
  customerCallSid: z.exactOptional(sid(callSid)),
  conferenceSids: list(sid(conferenceSid)),
  conversationSids: list(sid(conversationSid)),
  legs: list(leg),
  workerCalls: since(list(workerCall), []),
  transfers: since(list(transfer), []),
  recordings: list(taskRecording),
  mediaRecordingSids: since(list(sid(recordingSid)), []),
  primaryRecordingSid: z.exactOptional(sid(recordingSid)),
  link,
  media: z.exactOptional(media),
  enrichment: z.exactOptional(enrichment),
  keeping: z.exactOptional(keeping),
  subjectHashes: z.exactOptional(list(z.string())),
  erased: z.exactOptional(erased),
  review: z.exactOptional(review),
  endedAt: z.exactOptional(time),
  endedBy: z.exactOptional(z.enum(['completed', 'canceled', 'deleted', 'gone'])),
  settledAt: z.exactOptional(time),
  dueAt: z.exactOptional(time),
} satisfies Fields<TaskRecord>);

/** What is stored of the record: JSON, in both directions the same. */
export function encodeTask(decoded: TaskRecord): { readonly version: number } {
  return z.encode(taskRecord, decoded);
}

/** @throws {z.core.$ZodError} when it is not a task's record. */
export function decodeTask(stored: unknown): TaskRecord {
  return z.parse(taskRecord, stored);
}
