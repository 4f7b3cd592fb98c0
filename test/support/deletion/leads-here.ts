import { cast } from './cast.ts';
import type { Says } from './facts.ts';
import type { Known } from './known.ts';

/**
 * Plays the alias index: true when one of the contact's ids, whole or as a part, is a name of the recording or of one of
 * its tasks. How the real index does it is asserted with calabrio-status.
 */
export function leadsHere(says: Says, { recording, tasks }: Known): boolean {
  if (says.kind !== 'contact') return false;
  const { callSid, conferenceSid } = recording.source;
  const names = [
    cast.recording(1),
    callSid,
    conferenceSid,
    ...tasks.flatMap((task) => [
      task.taskSid,
      ...task.callSids,
      ...task.conferenceSids,
      ...task.legs.map((leg) => leg.reservationSid),
    ]),
  ];
  return names.some((name) => name !== undefined && (says.sessionId.includes(name) || says.legId.includes(name)));
}
