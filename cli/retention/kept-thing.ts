import type { Connection } from '../connection.ts';
import { holdableRecording, holdableTranscript } from '../holdable.ts';
import type { Holdable, HoldableRecord } from '../holdable.ts';
import { someAtATime } from '../some-at-a-time.ts';
import type { RetentionDecision } from '../../lambdas/shared/domain/kept-facets.ts';
import { decideRetention } from '../../lambdas/shared/domain/retention/decide-retention.ts';
import { hasRetentionEnded } from '../../lambdas/shared/domain/retention/keeping-life.ts';
import type { RetentionConfig } from '../../lambdas/shared/domain/retention/retention-config.ts';
import { retentionFactsOf } from '../../lambdas/shared/domain/retention/retention-facts.ts';
import { conversationSid, recordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../../lambdas/shared/domain/task-record.ts';
import { knownTasks } from '../../lambdas/shared/steps/known-tasks.ts';

/** How a recording's or transcript's time would move. `undecided`: nothing was decided for it yet. `ended`: S3 lets it go. */
export type Move = 'as-it-is' | 'undecided' | 'sooner' | 'later' | 'as-long' | 'ended';

/** One archived recording or transcript, how it is kept now, and how it would be. */
export interface KeptThingOfDay {
  readonly thing: Holdable;
  readonly day: string;
  readonly sizeBytes: number;
  readonly was: RetentionDecision | undefined;
  readonly would: RetentionDecision;
  readonly move: Move;
  /** S3 would let it go within days: its new time is over already, and nothing holds it. */
  readonly isAtOnce: boolean;
  readonly isHeld: boolean;
  readonly isLocked: boolean;
}

/** Everything archived of one UTC day; whatever is not archived, or erased, is left out. */
export async function keptOfDay(
  connection: Connection,
  day: string,
  config: RetentionConfig,
): Promise<readonly KeptThingOfDay[]> {
  const items = await connection.ledger.ofDay(day);
  const found = await someAtATime(items, async ({ sid }): Promise<readonly KeptThingOfDay[]> => {
    if (recordingSid.is(sid)) return keptThing(connection, day, holdableRecording(connection, sid), config);
    if (conversationSid.is(sid)) return keptThing(connection, day, holdableTranscript(connection, sid), config);
    return [];
  });
  return found.flat();
}

async function keptThing(
  connection: Connection,
  day: string,
  thing: Holdable,
  config: RetentionConfig,
): Promise<readonly KeptThingOfDay[]> {
  const record = await thing.read();
  const copy = record === undefined || record.erasure.state !== 'none' ? undefined : copyOf(record);
  if (record === undefined || copy === undefined) return [];
  const now = connection.now();
  const was = record.retention;
  const tasks = (await tasksOf(connection, record)).map(retentionFactsOf);
  const isEnded = hasRetentionEnded(record, now);
  const would =
    isEnded && was !== undefined ? was : decideRetention(config, { tasks, storedAt: copy.storedAt, now, before: was });
  const isHeld = record.holds.length > 0;
  const move = isEnded ? 'ended' : moveOf(was, would);
  const isAtOnce = !isHeld && !isEnded && would.until !== undefined && would.until <= now;
  const lock = was?.lock;
  const isLocked = lock?.lockedAt !== undefined && lock.until > now;
  return [{ thing, day, sizeBytes: copy.sizeBytes, was, would, move, isAtOnce, isHeld, isLocked }];
}

function moveOf(was: RetentionDecision | undefined, would: RetentionDecision): Move {
  if (was === undefined) return 'undecided';
  if (was === would) return 'as-it-is';
  const [before, after] = [was.until?.getTime() ?? Infinity, would.until?.getTime() ?? Infinity];
  if (before === after) return 'as-long';
  return after < before ? 'sooner' : 'later';
}

function copyOf(record: HoldableRecord): { readonly sizeBytes: number; readonly storedAt: Date } | undefined {
  if ('recordingSid' in record) {
    const { archive } = record;
    return archive.state === 'verified' || archive.state === 'sealed' ? archive.audio : undefined;
  }
  if (record.archive.state !== 'verified') return undefined;
  const { json, text, storedAt } = record.archive.transcript;
  return { sizeBytes: json.sizeBytes + text.sizeBytes, storedAt };
}

async function tasksOf(connection: Connection, record: HoldableRecord): Promise<readonly TaskRecord[]> {
  if ('recordingSid' in record) return knownTasks(connection, record);
  const tasks = await Promise.all(record.taskSids.map((sid) => connection.ledger.readTask(sid)));
  return tasks.filter((task) => task !== undefined);
}
