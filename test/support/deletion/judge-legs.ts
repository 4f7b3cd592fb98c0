import type { CalabrioPolicy } from '../../../lambdas/shared/domain/policy.ts';
import { cast } from './cast.ts';
import type { Fact } from './facts.ts';
import { heard } from './heard.ts';
import type { Heard } from './heard.ts';
import { endOf, knownTasks, sharesCall } from './judge-tasks.ts';

/** One confirmation that Calabrio owes: of an agent's part (its number), or of the whole. */
export interface JudgedLeg {
  readonly of: number | 'recording' | 'call';
  readonly state: 'none' | 'complete' | 'failed' | 'timed-out' | 'ambiguous';
  /** With `complete`, and with `timed-out`: since when. */
  readonly since?: number;
  readonly ccrIds: readonly number[];
}

type Contact = Heard<'contact'>;

/** Rule 2: which confirmations are expected, and how each stands. */
export function judgeLegs(facts: readonly Fact[], calabrio: CalabrioPolicy, now: number): readonly JudgedLeg[] {
  const legs = expected(facts);
  if (legs.length === 0) return [];
  const contacts = heard(facts, 'contact').filter(
    ({ says }) => says.door === undefined && /^(COMPLETE|FAILED)$/.test(says.status) && concernsUs(facts, says),
  );
  const ours = contacts.filter(({ says }) => isAbout(facts, says) === 'ours' && mayCount(says));
  const perhaps = contacts.filter(({ says }) => isAbout(facts, says) === 'perhaps');
  const verdict = (of: JudgedLeg['of'], own: readonly Contact[], unsure: readonly Contact[], ended?: number) =>
    standing(of, { own, unsure, timesOutAt: ended === undefined ? Infinity : ended + calabrio.legTimeoutSeconds, now });
  const endOfLeg = (leg: number): number | undefined => legEnd(facts, leg);
  if (calabrio.legModel !== 'per-reservation') {
    const ends = legs.map(endOfLeg).filter((end) => end !== undefined);
    const of = calabrio.legModel === 'per-call' ? 'call' : 'recording';
    if (ours.some((failed) => isLastWord(failed, ours))) return [{ of, state: 'failed', ccrIds: [] }];
    return [verdict(of, ours, perhaps, ends.length === 0 ? undefined : Math.max(...ends))];
  }
  const legOf = ({ says }: Contact): number | undefined => {
    const named = agentsNamed(facts, says);
    if (named.length === 1) return legs.find((leg) => leg === named[0]);
    return named.length === 0 && legs.length === 1 && !namesAnyReservation(says) ? legs[0] : undefined;
  };
  const nobodys = ours.filter((contact) => legOf(contact) === undefined);
  return legs.map((leg) =>
    verdict(
      leg,
      ours.filter((contact) => legOf(contact) === leg),
      [...perhaps, ...nobodys],
      endOfLeg(leg),
    ),
  );
}

/** Rule 9 within one leg: the latest word counts; at the same moment FAILED; a doubtful FAILED still raises a doubt. */
function standing(
  of: JudgedLeg['of'],
  told: {
    readonly own: readonly Contact[];
    readonly unsure: readonly Contact[];
    readonly timesOutAt: number;
    readonly now: number;
  },
): JudgedLeg {
  const { own, unsure, timesOutAt, now } = told;
  const lastFailed = Math.max(-1, ...own.filter(({ says }) => says.status === 'FAILED').map(({ at }) => at));
  const goodSince = own.filter(({ says, at }) => says.status === 'COMPLETE' && at > lastFailed);
  const lastDoubt = Math.max(-1, ...unsure.filter(({ says }) => says.status === 'FAILED').map(({ at }) => at));
  const nothing = { of, ccrIds: [] };
  if (goodSince.length === 0) {
    if (lastFailed >= 0) return { ...nothing, state: 'failed' };
    if (unsure.length > 0) return { ...nothing, state: 'ambiguous' };
    return now >= timesOutAt ? { ...nothing, state: 'timed-out', since: timesOutAt } : { ...nothing, state: 'none' };
  }
  if (lastDoubt >= Math.max(...goodSince.map(({ at }) => at))) return { ...nothing, state: 'ambiguous' };
  const ccrIds = goodSince.map(({ says }) => says.ccrId);
  return { of, state: 'complete', since: Math.min(...goodSince.map(({ at }) => at)), ccrIds };
}

/** Rule 9 where one confirmation stands for several agents: a FAILED that no COMPLETE of its contact or leg came after. */
function isLastWord(failed: Contact, all: readonly Contact[]): boolean {
  const isRepairedBy = ({ at, says }: Contact): boolean =>
    says.status === 'COMPLETE' &&
    at > failed.at &&
    (says.ccrId === failed.says.ccrId || (says.legId !== '' && says.legId === failed.says.legId));
  return failed.says.status === 'FAILED' && !all.some(isRepairedBy);
}

/** Rule 9 where no agent is known: Calabrio's last word of some contact of ours is FAILED. */
export function hasFailedWithoutLegs(facts: readonly Fact[]): boolean {
  const contacts = heard(facts, 'contact').filter(({ says }) => says.door === undefined && concernsUs(facts, says));
  const lastOf = (status: string, ccrId: number): number =>
    Math.max(-1, ...contacts.filter(({ says }) => says.status === status && says.ccrId === ccrId).map(({ at }) => at));
  return contacts.some(
    ({ says }) =>
      says.status === 'FAILED' &&
      isAbout(facts, says) !== 'not-ours' &&
      (says.ccrId <= 0 || lastOf('COMPLETE', says.ccrId) <= lastOf('FAILED', says.ccrId)),
  );
}

/** The agents' parts that the recording holds. */
function expected(facts: readonly Fact[]): readonly number[] {
  const { heardOf } = knownTasks(facts);
  const callsOwn = heardOf.filter((task) => sharesCall(facts, task));
  const tasks = callsOwn.length === 0 ? heardOf : callsOwn;
  const seen = reservations(facts).filter(({ says }) => tasks.includes(says.task));
  const legs = [...new Set(seen.map(({ says }) => says.leg ?? 0))].filter((leg) => !isUndone(facts, leg)).sort();
  const named = heard(facts, 'found').find(({ says }) => says.recording === 1 && says.leg !== undefined)?.says.leg;
  // An agent whose part this recording is owes a confirmation, also when nothing else was heard of that agent.
  if (named !== undefined && !agents(facts).includes(named) && heardOf.length > 0) return [named];
  const parts = named === undefined ? partsOf(facts, 1) : [named];
  return parts.length === 1 && legs.includes(parts[0] ?? 0) ? parts : legs;
}

function reservations(facts: readonly Fact[]): readonly Heard<'task'>[] {
  return heard(facts, 'task').filter(
    ({ says }) => says.leg !== undefined && /^reservation\.(accepted|wrapup|completed)$/.test(says.type),
  );
}

/** The transfer that brought the agent did not come about, as far as we were told all of it. */
function isUndone(facts: readonly Fact[], leg: number): boolean {
  const by = reservations(facts).find(({ says }) => says.leg === leg && says.broughtBy !== undefined)?.says.broughtBy;
  const types = heard(facts, 'task')
    .filter(({ says }) => says.transfer?.number === by)
    .map(({ says }) => says.type);
  const cameAbout = types.includes('task.transfer-completed');
  const cameToNothing = types.includes('task.transfer-failed') || types.includes('task.transfer-canceled');
  return by !== undefined && types.includes('task.transfer-initiated') && cameToNothing && !cameAbout;
}

/** The agents whose part alone a recording may be: as somebody found it, or as an agent's own call. None: the whole call. */
function partsOf(facts: readonly Fact[], recording: 1 | 2): readonly number[] {
  const found = heard(facts, 'found').filter(({ says }) => says.recording === recording);
  const named = found.flatMap(({ says }) => (says.leg === undefined ? [] : [says.leg]));
  const calls = [
    ...found.flatMap(({ says }) => (says.agentCall === undefined ? [] : [says.agentCall])),
    ...(recording === 1 && heard(facts, 'source').some(({ says }) => says.recorded === 'agent-1-call') ? [1] : []),
  ];
  return [...new Set([...named, ...calls.flatMap((call) => agentsOfCall(facts, call))])];
}

function agentsOfCall(facts: readonly Fact[], call: number): readonly number[] {
  const parts = heard(facts, 'found').flatMap(({ says: one }) => (one.leg === undefined ? [] : [one.leg]));
  return [...new Set([...agents(facts), ...parts])].filter((leg) => callOf(facts, leg) === call);
}

function agents(facts: readonly Fact[]): readonly number[] {
  return [...new Set(reservations(facts).map(({ says }) => says.leg ?? 0))];
}

/**
 * An agent's own call: the first that appeared in the agent's time, which is from the acceptance on until the next one's.
 * What an acceptance shows for the first time is the former agent's, while that one has none.
 */
function callOf(facts: readonly Fact[], leg: number): number | undefined {
  const task = reservations(facts).find(({ says }) => says.leg === leg)?.says.task;
  const ofTask = reservations(facts).filter(({ says }) => says.task === task);
  const sightings = heard(facts, 'task')
    .filter(({ says }) => says.task === task && says.agentCall !== undefined)
    .map(({ at, says }) => ({ at, call: says.agentCall ?? 0 }))
    .sort((a, b) => a.at - b.at || a.call - b.call);
  const appearances = sightings.filter((one, place) => sightings.findIndex(({ call }) => call === one.call) === place);
  if (new Set(ofTask.map(({ says }) => says.leg)).size === 1) return appearances[0]?.call;
  const turns = turnsOf(ofTask);
  const calls = new Map<number, number>();
  for (const { at, call } of appearances) {
    const begun = turns.filter((turn) => turn.at <= at);
    const current = begun.at(-1) ?? turns[0];
    const former = begun.at(-2);
    const owner = current?.at === at && former !== undefined && !calls.has(former.leg) ? former : current;
    if (owner !== undefined && !calls.has(owner.leg)) calls.set(owner.leg, call);
  }
  return calls.get(leg);
}

/** Who accepted when, one after the other; who was never heard to accept has no turn. */
function turnsOf(events: readonly Heard<'task'>[]): readonly { readonly leg: number; readonly at: number }[] {
  const acceptances = events
    .filter(({ says }) => says.type === 'reservation.accepted')
    .map(({ at, says }) => ({ at, leg: says.leg ?? 0 }))
    .sort((a, b) => a.at - b.at || a.leg - b.leg);
  return acceptances.filter((one, place) => acceptances.findIndex(({ leg }) => leg === one.leg) === place);
}

/** The agents that a contact names: heard of, or whose part the recording is; by their reservation or by their own call. */
function agentsNamed(facts: readonly Fact[], says: Contact['says']): readonly number[] {
  const parts = heard(facts, 'found').flatMap(({ says: one }) => (one.leg === undefined ? [] : [one.leg]));
  return [...new Set([...agents(facts), ...parts])].filter(
    (leg) =>
      isNamed(says, cast.reservation(leg)) ||
      [1, 2].some((call) => isNamed(says, cast.agentCall(call)) && callOf(facts, leg) === call),
  );
}

function isNamed({ sessionId, legId }: Contact['says'], sid: string): boolean {
  return `${sessionId} ${legId}`.includes(sid);
}

function namesAnyReservation({ sessionId, legId }: Contact['says']): boolean {
  return /WR[0-9a-f]{32}/.test(`${sessionId} ${legId}`);
}

/** Rule 2, "match unambiguous": whether a contact is about recording 1, or may be about its sibling. */
function isAbout(facts: readonly Fact[], says: Contact['says']): 'ours' | 'not-ours' | 'perhaps' {
  if (says.isContradictory === true) return 'perhaps';
  const names = ([1, 2] as const).filter((recording) => isNamed(says, cast.recording(recording)));
  if (names.length > 1) return 'perhaps';
  if (names.length === 1) return names[0] === 1 ? 'ours' : 'not-ours';
  const { heardOf } = knownTasks(facts);
  const hasSibling = heard(facts, 'found').some(({ says: one }) => one.recording === 2 && heardOf.includes(one.task));
  if (!hasSibling) return 'ours';
  const named = agentsNamed(facts, says);
  const ofAgents = ([1, 2] as const).filter((recording) =>
    partsOf(facts, recording).some((leg) => named.includes(leg)),
  );
  const wholes = ([1, 2] as const).filter((recording) => partsOf(facts, recording).length === 0);
  const candidates = ofAgents.length === 0 && named.length > 0 ? wholes : ofAgents;
  if (candidates.length !== 1) return 'perhaps';
  return candidates[0] === 1 ? 'ours' : 'not-ours';
}

/** Our own reports know no id of Calabrio's, so a COMPLETE without one confirms nothing; a FAILED stands in the way. */
function mayCount({ ccrId, status }: Contact['says']): boolean {
  return ccrId > 0 || status === 'FAILED';
}

/** True when one of the contact's ids leads to the recording or to one of its tasks. */
function concernsUs(facts: readonly Fact[], says: Contact['says']): boolean {
  const { heardOf } = knownTasks(facts);
  const recorded = heard(facts, 'source').map((one) => one.says.recorded);
  const events = heard(facts, 'task').filter((one) => heardOf.includes(one.says.task));
  const names = [
    cast.recording(1),
    ...(recorded.includes('conference') ? [cast.conference] : []),
    ...(recorded.includes('customer-call') ? [cast.customerCall] : []),
    ...(recorded.includes('agent-1-call') ? [cast.agentCall(1)] : []),
    ...heardOf.map(cast.task),
    ...(events.some((one) => one.says.knowsCalls) ? [cast.conference, cast.customerCall] : []),
    ...events.flatMap((one) => (one.says.agentCall === undefined ? [] : [cast.agentCall(one.says.agentCall)])),
    ...events.flatMap((one) => (one.says.leg === undefined ? [] : [cast.reservation(one.says.leg)])),
  ];
  return names.some((name) => isNamed(says, name));
}

function legEnd(facts: readonly Fact[], leg: number): number | undefined {
  const own = reservations(facts).filter(({ says }) => says.leg === leg);
  const completed = own.filter(({ says }) => says.type === 'reservation.completed').map(({ at }) => at);
  if (completed.length > 0) return Math.min(...completed);
  const task = own[0]?.says.task ?? heard(facts, 'found').find(({ says }) => says.leg === leg)?.says.task;
  return task === undefined ? undefined : endOf(facts, task);
}
