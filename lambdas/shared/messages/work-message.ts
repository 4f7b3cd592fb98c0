import * as z from 'zod/mini';
import { recordingSid, reservationSid, taskSid } from '../domain/sids.ts';

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

const reservationSidText = z.pipe(
  z.string().check(z.refine(reservationSid.is, 'not a WR SID')),
  z.transform((text: string) => reservationSid(text)),
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
  z.object({
    v: z.literal(1),
    /** Something that contact statuses wait for became known under this alias: match them again; to calabrio-status. */
    route: z.literal('internal/match-contact-status'),
    alias: z.string(),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** By all that is known the source may go, or was about to: plan again, and delete it; to delete-source. */
    route: z.literal('internal/delete-source'),
    recordingSid: recordingSidText,
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** Calabrio completed a recording whose link we had replaced; to delete-source, which keeps the count. */
    route: z.literal('internal/count-ingest'),
    recordingSid: recordingSidText,
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** A contact status of ours is owed: to every target, or to the one that is named; to report-status. */
    route: z.literal('internal/report-status'),
    recordingSid: recordingSidText,
    reservationSid: z.optional(reservationSidText),
    status: z.enum(['COMPLETE', 'FAILED']),
    target: z.optional(z.string()),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** A contact status of Calabrio's, word for word, for those who want it too; to report-status. */
    route: z.literal('internal/relay-contact-status'),
    body: z.string(),
    target: z.optional(z.string()),
    cause: z.string(),
  }),
]);

export type WorkMessage = z.infer<typeof workMessageSchema>;
export type DiscoverRecordings = Extract<WorkMessage, { route: 'internal/discover-recordings' }>;
export type EnrichTask = Extract<WorkMessage, { route: 'internal/enrich-task' }>;
export type ArchiveRecording = Extract<WorkMessage, { route: 'internal/archive-recording' }>;
export type LinkRecording = Extract<WorkMessage, { route: 'internal/link-recording' }>;
export type MatchContactStatus = Extract<WorkMessage, { route: 'internal/match-contact-status' }>;
export type DeleteSource = Extract<WorkMessage, { route: 'internal/delete-source' }>;
export type CountIngest = Extract<WorkMessage, { route: 'internal/count-ingest' }>;
export type ReportStatus = Extract<WorkMessage, { route: 'internal/report-status' }>;
export type RelayContactStatus = Extract<WorkMessage, { route: 'internal/relay-contact-status' }>;
