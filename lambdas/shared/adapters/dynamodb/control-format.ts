import * as z from 'zod/mini';
import type { DeletionControl } from '../../domain/deletion-control.ts';
import type { TargetControl } from '../../domain/report-targets.ts';
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
