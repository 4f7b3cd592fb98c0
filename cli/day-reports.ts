import * as z from 'zod/mini';
import type { Connection } from './connection.ts';
import { UnreachableError } from './unreachable-error.ts';
import { reportKey } from '../lambdas/shared/domain/reconcile/day-comparison.ts';
import { findingKinds } from '../lambdas/shared/domain/reconcile/findings.ts';
import { jsonOf } from '../lambdas/shared/messages/json-text.ts';

const count = z.number();
const report = z.looseObject({
  v: z.literal(1),
  day: z.string(),
  madeAt: z.string(),
  counts: z.object({ atTwilio: count, inLedger: count, archived: count, tasks: count, resent: count, objects: count }),
  totals: z.record(z.enum(findingKinds), count),
  findings: z.array(z.object({ kind: z.enum(findingKinds), sid: z.string(), why: z.string() })),
  orphanRecordings: z.array(z.string()),
  queues: z.array(
    z.object({
      ...{ queueSid: z.string(), tasks: count, recorded: count },
      ...{ wantedPercent: z.optional(count), isGap: z.boolean() },
    }),
  ),
});

/** A day's report as it lies in the bucket. */
export type WrittenReport = z.infer<typeof report>;

/** @throws {UnreachableError} when there is none, or it is none that we can read. */
export async function readDayReport({ reports }: Pick<Connection, 'reports'>, day: string): Promise<WrittenReport> {
  const key = reportKey(day, 'json');
  const parsed = report.safeParse(jsonOf((await reports.readReport(key)) ?? ''));
  if (!parsed.success) throw new UnreachableError(`${key} in the archive bucket is not there, or is no report of ours`);
  return parsed.data;
}
