import { isDeepStrictEqual } from 'node:util';
import { applyConferenceEvent, newConference } from '../shared/domain/conference-life.ts';
import type { ConferenceEvent } from '../shared/domain/conference-life.ts';
import { RetryableError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { parseConferenceCallback } from '../shared/messages/conference-callback.ts';
import type { ConferenceSid } from '../shared/domain/sids.ts';
import type { ProvedWebhook } from '../shared/messages/gateway-envelope.ts';
import type { ConferenceRecords } from '../shared/ports/conferences.ts';
import { lookAgainAtEndings } from './look-again-at-endings.ts';
import type { LookAgainNeeds } from './look-again-at-endings.ts';

interface Needs extends LookAgainNeeds {
  readonly conferenceRecords: ConferenceRecords;
  readonly accountSid: string;
}

/** How often two writers may collide on one conference before the message is left for later. */
const maxCollisions = 10;

/**
 * Writes what a conference callback says into the conference's record. A second time it changes nothing; that somebody
 * left has the endings of the agents in wrap-up judged again.
 *
 * @throws {PermanentError} as `parseConferenceCallback`. @throws {RetryableError} `ledger-contended` after ten collisions.
 */
export async function recordConferenceEvent(has: Needs, webhook: ProvedWebhook): Promise<Outcome> {
  const parsed = parseConferenceCallback(webhook);
  if (parsed.kind === 'ignored') return ignored(parsed.reason);
  if (parsed.accountSid !== has.accountSid) return ignored('foreign-account');
  const { event } = parsed;
  if (await isOfErased(has, event.conferenceSid)) return ignored('tombstoned');
  await save(has, event);
  // Also when nothing was new: the delivery before may have died between the record and this.
  if (event.kind !== 'participant-join') await lookAgainAtEndings(has, event.conferenceSid, webhook.requestId);
  return done;
}

/** A participant's label may be a number: with one erased task in it, nothing is told of the conference any more. */
async function isOfErased({ ledger }: Pick<Needs, 'ledger'>, conferenceSid: ConferenceSid): Promise<boolean> {
  const { tasks } = await ledger.findByAlias(conferenceSid);
  const records = await Promise.all(tasks.map((sid) => ledger.readTask(sid)));
  return records.some((task) => task?.erased !== undefined);
}

async function save(has: Pick<Needs, 'conferenceRecords'>, event: ConferenceEvent): Promise<void> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const before = await has.conferenceRecords.readConference(event.conferenceSid);
    const after = applyConferenceEvent(before ?? newConference(event.conferenceSid), event);
    if (isDeepStrictEqual(before, after)) return;
    if ((await has.conferenceRecords.saveConference(after)) === 'saved') return;
  }
  throw new RetryableError(
    `${event.conferenceSid} was changed by others ${maxCollisions} times while we tried to: it is left for later`,
    { reason: 'ledger-contended' },
  );
}
