import * as z from 'zod/mini';
import type { DeletionControl } from '../../domain/deletion-control.ts';
import type { TargetControl } from '../../domain/report-targets.ts';
import type { BackfillControl, BackfillCounts } from '../../domain/reconcile/backfill-control.ts';
import type { SweepControl, WindowUnderWay } from '../../domain/reconcile/sweep-control.ts';
import type { SinkTest, SinkTests } from '../../domain/sink-tests.ts';
import { recordingSid } from '../../domain/sids.ts';
import { list, record, sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const deletionControl = record({
  version: z.number(),
  hour: record({ startedAt: time, begun: z.number() }),
  attempts: list(
    record({ at: time, recordingSid: sid(recordingSid), end: z.enum(['deleted', 'refused', 'gone-external']) }),
  ),
  breaker: z.discriminatedUnion('state', [
    record({ state: z.literal('closed'), closedBy: z.exactOptional(z.string()) }),
    record({ state: z.literal('open'), openedAt: time, why: z.string() }),
  ]),
  provedIngests: list(sid(recordingSid)),
} satisfies Fields<DeletionControl>);

const targetControl = record({
  version: z.number(),
  disabled: list(record({ name: z.string(), url: z.string(), disabledAt: time })),
  lastEnabled: z.exactOptional(record({ name: z.string(), enabledBy: z.string(), enabledAt: time })),
} satisfies Fields<TargetControl>);

const sweepControl = record({
  version: z.number(),
  sweptUntil: time,
  underWay: z.exactOptional(
    record({ from: time, until: time, page: z.string(), at: time } satisfies Fields<WindowUnderWay>),
  ),
  daysToCompare: list(z.string()),
  comparingUntil: z.exactOptional(time),
} satisfies Fields<SweepControl>);

const backfillControl = record({
  version: z.number(),
  from: z.string(),
  to: z.string(),
  doneUntil: z.exactOptional(z.string()),
  counts: record({
    found: z.number(),
    sent: z.number(),
    known: z.number(),
    tombstoned: z.number(),
    empty: z.number(),
    minutes: z.number(),
    bytes: z.number(),
    ofPersons: z.exactOptional(z.number()),
  } satisfies Fields<BackfillCounts>),
  at: time,
} satisfies Fields<BackfillControl>);

const sinkTests = record({
  version: z.number(),
  tests: list(record({ testId: z.string(), receivedAt: time, contentType: z.string() } satisfies Fields<SinkTest>)),
} satisfies Fields<SinkTests>);

export function encodeDeletionControl(decoded: DeletionControl): object {
  return z.encode(deletionControl, decoded);
}

/** @throws {z.core.$ZodError} when it is not the record of the deletions. */
export function decodeDeletionControl(stored: unknown): DeletionControl {
  return z.parse(deletionControl, stored);
}

export function encodeTargetControl(decoded: TargetControl): object {
  return z.encode(targetControl, decoded);
}

/** @throws {z.core.$ZodError} when it is not the record of the targets. */
export function decodeTargetControl(stored: unknown): TargetControl {
  return z.parse(targetControl, stored);
}

export function encodeSweepControl(decoded: SweepControl): object {
  return z.encode(sweepControl, decoded);
}

/** @throws {z.core.$ZodError} when it is not the record of the sweep. */
export function decodeSweepControl(stored: unknown): SweepControl {
  return z.parse(sweepControl, stored);
}

export function encodeBackfillControl(decoded: BackfillControl): object {
  return z.encode(backfillControl, decoded);
}

/** @throws {z.core.$ZodError} when it is not the record of a backfill. */
export function decodeBackfillControl(stored: unknown): BackfillControl {
  return z.parse(backfillControl, stored);
}

export function encodeSinkTests(decoded: SinkTests): object {
  return z.encode(sinkTests, decoded);
}

/** @throws {z.core.$ZodError} when it is not the record of test events. */
export function decodeSinkTests(stored: unknown): SinkTests {
  return z.parse(sinkTests, stored);
}
