import * as z from 'zod/mini';
import { recordingSid, taskSid } from '../domain/sids.ts';

/**
 * What the functions say to each other over their queues.
 *
 * The `internal/` routes are written by functions only: the gateway's templates hold their own route as a constant,
 * so no request can forge one of these. `cause` is the id of the message or event this one follows from, and becomes
 * the cause in the timeline.
 */
const taskSidText = z.pipe(
  z.string().check(z.refine(taskSid.is, 'not a WT SID')),
  z.transform((text: string) => taskSid(text)),
);
const recordingSidText = z.pipe(
  z.string().check(z.refine(recordingSid.is, 'not an RE SID')),
  z.transform((text: string) => recordingSid(text)),
);

const foundBy = z.enum(['callback', 'segment-link', 'media', 'list', 'reconcile']);

export const workMessageSchema = z.discriminatedUnion('route', [
  z.object({
    v: z.literal(1),
    /** Look for the task's recordings by conference and call, as its end or wrap-up said; to enrich-task. */
    route: z.literal('internal/discover-recordings'),
    taskSid: taskSidText,
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** The task's attributes lack what the rules want: read, merge and write them; to enrich-task. */
    route: z.literal('internal/enrich-task'),
    taskSid: taskSidText,
    deadlines: z.array(z.enum(['identity', 'segment'])),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** A recording is known or due: record it and, when it is final, copy it; to archive-recording. */
    route: z.literal('internal/archive-recording'),
    recordingSid: recordingSidText,
    taskSid: z.optional(taskSidText),
    foundBy,
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** A task may owe a link: look and write; to link-recording. */
    route: z.literal('internal/link-recording'),
    taskSid: taskSidText,
    recordingSid: z.optional(recordingSidText),
    why: z.enum(['announced', 'check', 'overwritten', 'absent', 'reconcile']),
    foundBy: z.optional(foundBy),
    cause: z.string(),
  }),
]);

export type WorkMessage = z.infer<typeof workMessageSchema>;
export type DiscoverRecordings = Extract<WorkMessage, { route: 'internal/discover-recordings' }>;
export type EnrichTask = Extract<WorkMessage, { route: 'internal/enrich-task' }>;
export type ArchiveRecording = Extract<WorkMessage, { route: 'internal/archive-recording' }>;
export type LinkRecording = Extract<WorkMessage, { route: 'internal/link-recording' }>;
