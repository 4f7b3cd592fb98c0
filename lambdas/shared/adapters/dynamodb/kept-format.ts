import * as z from 'zod/mini';
import type {
  Hold,
  HoldRelease,
  KeptAs,
  KeptFacets,
  RetentionDecision,
  RetentionLock,
} from '../../domain/kept-facets.ts';
import { list, record, since, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const hold = record({
  matter: z.string(),
  placedBy: z.string(),
  why: z.string(),
  placedAt: time,
} satisfies Fields<Hold>);

const holdRelease = record({
  matter: z.string(),
  releasedBy: z.string(),
  why: z.string(),
  releasedAt: time,
} satisfies Fields<HoldRelease>);

const erasureId = z.exactOptional(z.string());

const erasure = z.discriminatedUnion('state', [
  record({ state: z.literal('none') }),
  record({ state: z.literal('requested'), requestedAt: time, begunAt: z.exactOptional(time), erasureId }),
  record({ state: z.literal('erased'), erasedAt: time, erasureId }),
]);

const lock = record({
  mode: z.enum(['governance', 'compliance']),
  dueAt: time,
  until: time,
  lockedAt: z.exactOptional(time),
} satisfies Fields<RetentionLock>);

const retention = record({
  className: z.string(),
  decidedAt: time,
  until: z.exactOptional(time),
  lock: z.exactOptional(lock),
} satisfies Fields<RetentionDecision>);

const kept = record({
  className: z.exactOptional(z.string()),
  versions: z.exactOptional(z.string()),
  isHeld: z.boolean(),
  at: time,
} satisfies Fields<KeptAs>);

/** What recordings and transcripts have in common, as fields of either's format. */
export const keptFacets = {
  holds: since(list(hold), []),
  releases: z.exactOptional(list(holdRelease)),
  erasure: since(erasure, { state: 'none' }),
  retention: z.exactOptional(retention),
  kept: z.exactOptional(kept),
} satisfies Fields<KeptFacets>;
