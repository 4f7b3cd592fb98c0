import * as z from 'zod/mini';
import type { DayComparison, DayCounts } from '../domain/reconcile/day-comparison.ts';
import { findingKinds } from '../domain/reconcile/findings.ts';
import type { Finding, QueueCount } from '../domain/reconcile/findings.ts';
import { conversationSid, recordingSid, taskQueueSid, taskSid } from '../domain/sids.ts';
import type { ConversationSid, RecordingSid, TaskQueueSid, TaskSid } from '../domain/sids.ts';
import { jsonOf } from './json-text.ts';

const recording = z.custom<RecordingSid>(recordingSid.is);
const found = z.custom<RecordingSid | TaskSid | ConversationSid>(
  (sid) => recordingSid.is(sid) || taskSid.is(sid) || conversationSid.is(sid),
);

/** `satisfies`: a field that is added to the comparison is added here, and is not lost between two runs. */
const comparison = z.object({
  v: z.literal(1),
  day: z.string(),
  stage: z.enum(['twilio', 'ledger']),
  page: z.exactOptional(z.string()),
  notedAtEpochMs: z.exactOptional(z.number()),
  after: z.exactOptional(z.string()),
  seen: z.array(recording),
  findings: z.array(z.object({ kind: z.enum(findingKinds), sid: found, why: z.string() } satisfies Fields<Finding>)),
  orphanRecordings: z.array(recording),
  queues: z.record(
    z.custom<TaskQueueSid>(taskQueueSid.is),
    z.object({ tasks: z.number(), recorded: z.number() } satisfies Fields<QueueCount>),
  ),
  counts: z.object({
    ...{ atTwilio: z.number(), inLedger: z.number(), archived: z.number(), tasks: z.number(), resent: z.number() },
  } satisfies Fields<DayCounts>),
} satisfies Fields<DayComparison>);

type Fields<T> = Readonly<Record<keyof T, z.ZodMiniType>>;

/** What a run left of a comparison, for the next one. */
export function dayComparisonText(compared: DayComparison): string {
  return JSON.stringify(compared);
}

/** Undefined where the text is none, or another version's: the comparison is then made from its beginning. */
export function readDayComparison(text: string | undefined): DayComparison | undefined {
  const parsed = comparison.safeParse(jsonOf(text ?? ''));
  return parsed.success ? parsed.data : undefined;
}
