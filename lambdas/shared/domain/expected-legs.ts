import { aliasesOfContact, mostContacts } from './contact-status.ts';
import { identifyContact, isLegNamed } from './identify-contact.ts';
import { joinedLegs } from './joined-legs.ts';
import type { CalabrioPolicy } from './policy.ts';
import type { RecordingContact, RecordingRecord } from './recording-record.ts';
import { secondsAfter } from './seconds-after.ts';
import { reservationSid } from './sids.ts';
import type { ReservationSid } from './sids.ts';
import type { Leg, TaskRecord } from './task-record.ts';

/** One confirmation that is waited for: of an agent's leg, or of the whole recording or call. */
export interface ExpectedLeg {
  readonly of: ReservationSid | 'recording' | 'call';
  readonly state: 'none' | 'complete' | 'failed' | 'timed-out' | 'ambiguous';
  /** With `complete`: the contacts that say so, which the API is asked for. */
  readonly ccrIds: readonly number[];
  /** With `complete`: since when. */
  readonly completeAt?: Date;
  /** With `none` and `timed-out`: from when on it has timed out. */
  readonly timesOutAt?: Date;
}

/**
 * The confirmations that Calabrio owes for this recording, by the leg model, and how each stands.
 *
 * Of what was said of a leg the latest counts, by receipt; FAILED wins a tie. Where one confirmation is owed for all, a
 * FAILED of any contact stands until that contact or leg is completed. Contacts that may be a sibling's confirm nothing:
 * they are the reason given where a confirmation is missing, and their FAILED casts doubt on an earlier COMPLETE. An
 * empty list: no agent was there.
 */
export function expectedLegs(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  calabrio: CalabrioPolicy,
  now: Date,
): readonly ExpectedLeg[] {
  const joined = joinedLegs(recording, tasks);
  if (joined.length === 0) return [];
  const told = tell(recording, tasks);
  const ends = joined.map(({ leg, task }) => leg.completedAt ?? task.endedAt);
  const waited = { calabrio, now };
  if (calabrio.legModel !== 'per-reservation') {
    const of = calabrio.legModel === 'per-call' ? 'call' : 'recording';
    if (told.own.some((contact) => isUnrepaired(contact, told.own))) return [{ of, state: 'failed', ccrIds: [] }];
    return [legOf({ of, own: told.own, doubtful: told.doubtful }, latest(ends), waited)];
  }
  const heardOf = tasks.flatMap((task) => task.legs);
  const known = [...heardOf, ...joined.map(({ leg }) => leg).filter((leg) => !heardOf.includes(leg))];
  const only = joined.length === 1 ? joined[0]?.leg.reservationSid : undefined;
  const assigned = joined.map(({ leg }) => ({
    leg,
    own: told.own.filter((contact) => legMeant(contact, known, only) === leg.reservationSid),
  }));
  const unassigned = told.own.filter((contact) => !assigned.some(({ own }) => own.includes(contact)));
  return assigned.map(({ leg, own }, place) =>
    legOf({ of: leg.reservationSid, own, doubtful: [...told.doubtful, ...unassigned] }, ends[place], waited),
  );
}

/** A FAILED is repaired by a later COMPLETE of the same contact or the same `legId`; another agent's says nothing of it. */
function isUnrepaired(failed: RecordingContact, all: readonly RecordingContact[]): boolean {
  return (
    failed.status === 'FAILED' &&
    !all.some(
      ({ status, ccrId, legId, lastReceivedAt }) =>
        status === 'COMPLETE' &&
        lastReceivedAt > failed.lastReceivedAt &&
        (ccrId === failed.ccrId || (legId !== '' && legId === failed.legId)),
    )
  );
}

interface Told {
  readonly own: readonly RecordingContact[];
  readonly doubtful: readonly RecordingContact[];
}

/**
 * What was said of this recording for certain, and what perhaps. A COMPLETE without an id of Calabrio's confirms nothing.
 * Where no more could be kept, what was not kept may have said otherwise: then nothing is certain.
 */
function tell(recording: RecordingRecord, tasks: readonly TaskRecord[]): Told {
  if (recording.contacts.length >= mostContacts) return { own: [], doubtful: recording.contacts };
  const said = recording.contacts.filter(({ status }) => status === 'COMPLETE' || status === 'FAILED');
  const about = said.map((contact) => ({ contact, who: identifyContact(contact, recording, tasks) }));
  const counts = ({ ccrId, status }: RecordingContact): boolean => ccrId > 0 || status === 'FAILED';
  return {
    own: about.filter(({ contact, who }) => who === 'this' && counts(contact)).map(({ contact }) => contact),
    doubtful: about.filter(({ who }) => who === 'ambiguous').map(({ contact }) => contact),
  };
}

/**
 * The one leg that a contact is about: the one it names, or the only one there is. Naming two of them, or a reservation
 * that we have not heard of, it is about none for certain.
 */
function legMeant(
  contact: RecordingContact,
  known: readonly Leg[],
  only: ReservationSid | undefined,
): ReservationSid | undefined {
  const ids = aliasesOfContact(contact).map(({ alias }) => alias);
  const named = known.filter((leg) => isLegNamed(leg, ids));
  if (named.length > 0) return named.length === 1 ? named[0]?.reservationSid : undefined;
  return ids.some(reservationSid.is) ? undefined : only;
}

function legOf(
  leg: Told & { readonly of: ExpectedLeg['of'] },
  endedAt: Date | undefined,
  { calabrio, now }: { readonly calabrio: CalabrioPolicy; readonly now: Date },
): ExpectedLeg {
  const { of, own, doubtful } = leg;
  const failed = lastOf(own.filter(({ status }) => status === 'FAILED'));
  const doubt = lastOf(doubtful.filter(({ status }) => status === 'FAILED'));
  const completes = own.filter(({ status }) => status === 'COMPLETE');
  const complete = lastOf(completes);
  if (failed !== undefined && (complete === undefined || failed >= complete))
    return { of, state: 'failed', ccrIds: [] };
  if (complete !== undefined && doubt !== undefined && doubt >= complete) return { of, state: 'ambiguous', ccrIds: [] };
  if (complete !== undefined) {
    const standing = completes.filter(({ lastReceivedAt }) => failed === undefined || lastReceivedAt > failed);
    const ccrIds = [...new Set(standing.map(({ ccrId }) => ccrId))];
    return { of, state: 'complete', ccrIds, completeAt: completeSince(standing, failed) };
  }
  if (doubtful.length > 0) return { of, state: 'ambiguous', ccrIds: [] };
  if (endedAt === undefined) return { of, state: 'none', ccrIds: [] };
  const timesOutAt = secondsAfter(endedAt, calabrio.legTimeoutSeconds);
  return { of, state: now >= timesOutAt ? 'timed-out' : 'none', ccrIds: [], timesOutAt };
}

/** A repeat does not begin the wait anew, but a COMPLETE that repaired a FAILED does. */
function completeSince(completes: readonly RecordingContact[], failedAt: Date | undefined): Date {
  const times = completes.map(({ firstReceivedAt, lastReceivedAt }) =>
    failedAt === undefined || firstReceivedAt > failedAt ? firstReceivedAt : lastReceivedAt,
  );
  return times.reduce((first, time) => (time < first ? time : first));
}

function lastOf(contacts: readonly RecordingContact[]): Date | undefined {
  return latest(contacts.map(({ lastReceivedAt }) => lastReceivedAt));
}

function latest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.reduce(
    (last, time) => (last === undefined || (time !== undefined && time > last) ? time : last),
    undefined,
  );
}
