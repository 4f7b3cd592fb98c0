import * as z from 'zod/mini';
import type { RuleEvent } from '../domain/enrichment/rule-scope.ts';
import type { ReviewRd } from '../domain/review-rd.ts';
import { conversationSid, recordingSid, reservationSid, taskSid, workerSid } from '../domain/sids.ts';
import { handledEventTypes } from '../domain/task-event.ts';
import { agentStates } from '../domain/worker/canonical-worker.ts';
import { sidText } from './sid-text.ts';

const taskSidText = sidText(taskSid, 'WT');
const recordingSidText = sidText(recordingSid, 'RE');
const reservationSidText = sidText(reservationSid, 'WR');

/** `satisfies`: a key that is added to what rules see is added here, and is not lost on the way to the write. */
const ruleEvent = z.object({
  type: z.enum(handledEventTypes),
  occurredAt: z.string(),
  taskSid: z.string(),
  channel: z.exactOptional(z.string()),
  queueSid: z.exactOptional(z.string()),
  queueName: z.exactOptional(z.string()),
  reservationSid: z.exactOptional(z.string()),
  workerSid: z.exactOptional(z.string()),
  workerName: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  transferMode: z.exactOptional(z.enum(['WARM', 'COLD'])),
} satisfies Record<keyof RuleEvent, z.ZodMiniType>);

const reviewRdValue = z.exactOptional(z.union([z.string(), z.number()]));
/** `satisfies`: a key that is added to the domain's list is added here. */
const reviewRd = z.object({
  call_detail_id: reviewRdValue,
  client_id: reviewRdValue,
  community_group_id: reviewRdValue,
  community_id: reviewRdValue,
  contact_center_id: reviewRdValue,
  lead_id: reviewRdValue,
  resident_id: reviewRdValue,
  spoken_language_required: reviewRdValue,
} satisfies Record<keyof ReviewRd, typeof reviewRdValue>);

const foundBy = z.enum(['callback', 'segment-link', 'media', 'list', 'reconcile']);

/**
 * What the functions say to each other over their queues.
 *
 * The `internal/` routes are written by functions only: the gateway's templates hold their own route as a constant,
 * so no request can forge one of these. `cause` is the id of the message or event this one follows from, and becomes
 * the cause in the timeline.
 */
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
    /** What the rules see of the event. Absent in messages that an older function sent. */
    event: z.optional(ruleEvent),
    /** The worker's attributes at the event, without what looks like a secret. */
    worker: z.optional(z.record(z.string(), z.unknown())),
    /** `customer`: the rules that want the customer looked up, which may take its time. */
    part: z.optional(z.enum(['task', 'customer'])),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** A worker's attributes changed: write what Insights wants of an agent; to enrich-task. */
    route: z.literal('internal/enrich-worker'),
    workerSid: sidText(workerSid, 'WK'),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** A task that needs listening to has a recording: make the task for it; to create-review-task. */
    route: z.literal('internal/create-review-task'),
    taskSid: taskSidText,
    /** The ids that the made task takes over; Twilio has the reviewed task's attributes no longer when it is made. */
    rd: z.optional(reviewRd),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** An agent changed activity: tell every target that wants agent states, or the one that is named; to report-status. */
    route: z.literal('internal/report-agent-state'),
    workerSid: sidText(workerSid, 'WK'),
    workerName: z.optional(z.string()),
    state: z.enum(agentStates),
    /** The activity's name, where the mapping says that it goes along. */
    reason: z.optional(z.string()),
    /** ISO 8601, TaskRouter's clock. */
    occurredAt: z.string(),
    target: z.optional(z.string()),
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
  z.object({
    v: z.literal(1),
    /** A task of this conversation ended, or its transcript is due: archive what was said; to archive-transcript. */
    route: z.literal('internal/archive-transcript'),
    conversationSid: sidText(conversationSid, 'CH'),
    taskSid: z.optional(taskSidText),
    cause: z.string(),
  }),
  z.object({
    v: z.literal(1),
    /** An erasure was asked for, or is due again: go on with it; to erase-subject. */
    route: z.literal('internal/erase-subject'),
    erasureId: z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/)),
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
export type EnrichWorker = Extract<WorkMessage, { route: 'internal/enrich-worker' }>;
export type CreateReviewTask = Extract<WorkMessage, { route: 'internal/create-review-task' }>;
export type ReportAgentState = Extract<WorkMessage, { route: 'internal/report-agent-state' }>;
export type ArchiveTranscript = Extract<WorkMessage, { route: 'internal/archive-transcript' }>;
export type EraseSubject = Extract<WorkMessage, { route: 'internal/erase-subject' }>;
