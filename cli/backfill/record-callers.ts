import type { CommandNeeds } from '../command.ts';
import type { Connection } from '../connection.ts';
import { patiently } from '../patiently.ts';
import { callerKey } from '../../lambdas/shared/domain/enrichment/identity.ts';
import type { CallSid } from '../../lambdas/shared/domain/sids.ts';
import type { RecordingResource } from '../../lambdas/shared/ports/recordings.ts';
import { reopenErasure } from '../../lambdas/shared/steps/reopen-erasure.ts';

/** `forgotten`: somebody who was in the call has asked since to be forgotten; it is that erasure's now, and nobody else's. */
export type Caller = 'nobody' | 'somebody' | 'forgotten';

export interface CallerNeeds {
  readonly connection: Pick<Connection, 'calls' | 'subjectHash' | 'subjectIndex' | 'erasures' | 'now'>;
  readonly pause: CommandNeeds['pause'];
  readonly tell: (text: string) => void;
}

/**
 * Writes down under a keyed hash whose call was recorded, so that a person who asks for their recordings, or to be
 * forgotten, is found: no task will ever say so of a recording from before. Resolves to whether anybody is known; a
 * browser, a SIP address and a withheld number are nobody. A second call changes nothing. Of whoever has been forgotten
 * since, the erasure is taken up again: it finds the recording under the hash.
 *
 * Of a conference that is over Twilio does not list who was in it
 * (https://www.twilio.com/docs/voice/api/conference-participant-resource, read 2026-11), and Voice Insights, which does,
 * keeps that for 30 days (https://www.twilio.com/docs/voice/insights/conference, read 2026-11). What is known of it is
 * the recording's own call, and the call that ended it: the customer's where the customer hung up.
 *
 * @throws {RetryableError} when Twilio does not answer, however patiently it is asked.
 */
export async function recordCallers(has: CallerNeeds, recording: RecordingResource): Promise<Caller> {
  const { calls, subjectHash, subjectIndex } = has.connection;
  const hashes = new Set<string>();
  for (const callSid of await callsOf(has, recording)) {
    const ends = await patiently(has, () => calls.endsOf(callSid));
    const key = ends === undefined ? undefined : callerKey(ends);
    if (key !== undefined) hashes.add(await subjectHash.of(key.kind, key.value));
  }
  for (const hash of hashes) await subjectIndex.add(hash, recording.recordingSid);
  const asked = (await Promise.all([...hashes].map((hash) => subjectIndex.erasuresOf(hash)))).flat();
  const madeAt = recording.startedAt ?? new Date(0);
  const since = asked.filter(({ requestedAt }) => madeAt <= requestedAt);
  for (const { erasureId } of since) await reopenErasure(has.connection, erasureId);
  if (since.length > 0) return 'forgotten';
  return hashes.size > 0 ? 'somebody' : 'nobody';
}

async function callsOf(has: CallerNeeds, { callSid, conferenceSid }: RecordingResource): Promise<ReadonlySet<CallSid>> {
  const ending =
    conferenceSid === undefined ? undefined : await patiently(has, () => has.connection.calls.thatEnded(conferenceSid));
  return new Set([callSid, ending].filter((sid) => sid !== undefined));
}
