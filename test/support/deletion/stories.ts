import { cast, hour } from './cast.ts';
import type { Fact, Says } from './facts.ts';

type TaskSays = Extract<Says, { readonly kind: 'task' }>;

function fact(name: string, at: number, says: Says): Fact {
  return { name, at, says };
}

function task(
  name: string,
  at: number,
  type: TaskSays['type'],
  more: Partial<Omit<TaskSays, 'kind' | 'type'>> = {},
): Fact {
  return fact(name, at, { kind: 'task', type, task: 1, knowsCalls: true, ...more });
}

/** The task's events. Agent 1 talks from 5 to 95 s; the task ends at 100 s. */
export const created = task('task created', 0, 'task.created');
export const accepted = task('agent 1 accepted', 5, 'reservation.accepted', { leg: 1, agentCall: 1 });
export const wrappedUp = task('agent 1 wrapped up', 90, 'reservation.wrapup', { leg: 1, agentCall: 1 });
export const left = task('agent 1 completed', 95, 'reservation.completed', { leg: 1, agentCall: 1 });
export const ended = task('task completed', 100, 'task.completed');
export const canceled = task('task canceled', 100, 'task.canceled');

/** Agent 2 is brought by transfer 1, between 40 and 60 s. */
const transfer = { number: 1, fromLeg: 1, toAgent: 2 } as const;
export const transferBegun = task('transfer initiated', 40, 'task.transfer-initiated', { transfer });
export const accepted2 = task('agent 2 accepted', 50, 'reservation.accepted', { leg: 2, agentCall: 2, broughtBy: 1 });
export const left2 = task('agent 2 completed', 96, 'reservation.completed', { leg: 2, agentCall: 2 });
export const transferDone = task('transfer completed', 60, 'task.transfer-completed', { transfer });
export const transferFailed = task('transfer failed', 60, 'task.transfer-failed', { transfer });
export const transferCanceled = task('transfer canceled', 60, 'task.transfer-canceled', { transfer });

/** A follow-up task that quotes the recording: it has an agent and no call. */
export const followUpAccepted = task('follow-up accepted', 2000, 'reservation.accepted', {
  task: 2,
  leg: 3,
  knowsCalls: false,
});
export const followUpEnded = task('follow-up completed', 2400, 'task.completed', { task: 2, knowsCalls: false });
export const followUpLinked = fact('follow-up’s link seen', 2440, {
  kind: 'link',
  task: 2,
  state: 'written',
  seen: 2440,
});

export const found = fact('found on the task', 98, { kind: 'found', task: 1, recording: 1 });
export const foundOnFollowUp = fact('found on the follow-up', 2300, { kind: 'found', task: 2, recording: 1 });
export const foundAsPart = fact('found as agent 1’s part', 98, { kind: 'found', task: 1, recording: 1, leg: 1 });
export const siblingFound = fact('sibling found', 97, { kind: 'found', task: 1, recording: 2 });
export const siblingFoundAsPart = fact('sibling found as agent 2’s part', 97, {
  kind: 'found',
  task: 1,
  recording: 2,
  leg: 2,
});

/** Twilio's word: two channels, 100 s, of the conference. */
export const recorded = source('recording completed', 102, 'completed');
export function source(
  name: string,
  at: number,
  status: Extract<Says, { readonly kind: 'source' }>['status'],
  more: Partial<Extract<Says, { readonly kind: 'source' }>> = {},
): Fact {
  const sound = status === 'completed' ? { channels: 2, durationSeconds: 100 } : {};
  return fact(name, at, { kind: 'source', status, recorded: 'conference', ...sound, ...more });
}

/** The copy, verified at 120 s. */
export const copied = copy('copy verified', 120, 'verified');
export const stored = copy('copy stored', 118, 'stored');
export function copy(
  name: string,
  at: number,
  state: Extract<Says, { readonly kind: 'copy' }>['state'],
  more: Partial<Extract<Says, { readonly kind: 'copy' }>> = {},
): Fact {
  return fact(name, at, { kind: 'copy', state, ...more });
}
export const doubted = fact('copy doubted', 5 * hour, { kind: 'copy-doubted', what: 'hash' });

/** The link: seen 40 s after the task's end. */
export const linked = fact('link seen', 140, { kind: 'link', task: 1, state: 'written', seen: 140 });
export function link(
  name: string,
  at: number,
  state: Extract<Says, { readonly kind: 'link' }>['state'],
  seen?: number,
) {
  return fact(name, at, { kind: 'link', task: 1, state, ...(seen !== undefined && { seen }) });
}

/** Calabrio's word: contact 501 for agent 1, 502 for agent 2; the call's conference is the session. */
export function contact(
  name: string,
  at: number,
  status: string,
  more: Partial<Extract<Says, { readonly kind: 'contact' }>> = {},
): Fact {
  const says = { kind: 'contact', status, ccrId: 501, sessionId: cast.conference, legId: cast.reservation(1) } as const;
  return fact(name, at, { ...says, ...more });
}
export const complete = contact('COMPLETE', 2 * hour, 'COMPLETE');
export const complete2 = contact('COMPLETE of agent 2', 3 * hour, 'COMPLETE', {
  ccrId: 502,
  legId: cast.reservation(2),
});
export const failed = contact('FAILED', 4 * hour, 'FAILED');

export const confirmed = api('API confirms', 6 * hour, 'confirmed');
export function api(name: string, at: number, result: Extract<Says, { readonly kind: 'api' }>['result'], ccrId = 501) {
  return fact(name, at, { kind: 'api', ccrId, result });
}

export const held = fact('hold placed', 7 * hour, { kind: 'hold', matter: 'claim 7' });
export const released = fact('hold released', 8 * hour, { kind: 'release', matter: 'claim 7' });
export const intended = fact('deletion intended', 9 * hour, { kind: 'intend' });
export const withdrawn = fact('deletion withdrawn', 10 * hour, { kind: 'withdraw' });
export const deleted = fact('deleted', 11 * hour, { kind: 'deleted' });
export const foundGone = fact('found gone', 12 * hour, { kind: 'found-gone' });
export const erasureRequested = fact('erasure requested', 13 * hour, { kind: 'erasure-requested' });
export const erased = fact('erased', 14 * hour, { kind: 'erased' });
export const taskGone = fact('task gone', 400, { kind: 'task-gone', task: 1 });
