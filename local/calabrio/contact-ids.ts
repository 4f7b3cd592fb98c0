import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { Random } from '../twilio/seeded-random.ts';
import type { LegIdKind, SessionIdKind } from './simulator.ts';
import type { ContactPart, TaskFacts } from './task-facts.ts';

/** Which ids a task's contacts have; whoever plans nothing else gets another pair than the task before. */
export interface IdKinds {
  readonly sessionId: SessionIdKind;
  readonly legId: LegIdKind;
}

const sessionKinds: readonly SessionIdKind[] = ['customer-call', 'conference', 'task', 'guid'];
const legKinds: readonly LegIdKind[] = ['worker-call', 'reservation', 'recording', 'conference'];

/**
 * The kinds of the nth task: all sixteen pairs in turn. Of several contacts of one task each needs an id of its own: the
 * agents' where there are several of them, the recordings' where those are what makes the contacts.
 */
export function idKindsOf(nth: number, parts: readonly ContactPart[], facts: TaskFacts): IdKinds {
  const sessionId = sessionKinds[nth % 4] ?? 'task';
  const legId = legKinds[(nth + Math.floor(nth / 4)) % 4] ?? 'reservation';
  if (facts.recordings.length > 1 && parts.length === facts.recordings.length) return { sessionId, legId: 'recording' };
  if (facts.agents.length > 1 && parts.length > 1)
    return { sessionId, legId: nth % 2 === 0 ? 'worker-call' : 'reservation' };
  return { sessionId, legId };
}

/** The ids themselves. What a task does not have (a chat has no call) is said by the next best that it has. */
export function contactIds(
  taskSid: TaskSid,
  facts: TaskFacts,
  part: ContactPart,
  kinds: IdKinds,
  random: Random,
): { readonly sessionId: string; readonly legId: string } {
  const { customerCallSid, conferenceSid } = facts;
  const reservation = part.agent?.reservationSid ?? taskSid;
  const sessions: Readonly<Record<SessionIdKind, () => string>> = {
    'customer-call': () => customerCallSid ?? taskSid,
    conference: () => conferenceSid ?? customerCallSid ?? taskSid,
    task: () => taskSid,
    guid: () => guid(random),
  };
  const legs: Readonly<Record<LegIdKind, () => string>> = {
    'worker-call': () => part.agent?.workerCallSid ?? reservation,
    reservation: () => reservation,
    recording: () => part.recordings[0] ?? reservation,
    conference: () => conferenceSid ?? customerCallSid ?? reservation,
    guid: () => guid(random),
  };
  return { sessionId: sessions[kinds.sessionId](), legId: legs[kinds.legId]() };
}

function guid(random: Random): string {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  return [hex(8), hex(4), `4${hex(3)}`, `8${hex(3)}`, hex(12)].join('-');
}
