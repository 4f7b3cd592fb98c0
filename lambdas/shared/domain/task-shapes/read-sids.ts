import { callSid, conferenceSid, conversationSid } from '../sids.ts';
import type { AttributeFacts } from '../task-attributes.ts';
import { valueAt } from './places.ts';
import type { Places } from './places.ts';
import { believe, note, textIn } from './reading.ts';
import type { Reading } from './reading.ts';

const kinds = { callSid, conferenceSid, conversationSid };
type Kind = keyof typeof kinds;

interface SidPlace {
  readonly path: string;
  readonly kind: Kind;
  /** The agent's leg is a call too, and never the task's. */
  readonly isAgents?: true;
}

/** Where SIDs are, and of what kind they should be. */
const sidPlaces: readonly SidPlace[] = [
  { path: 'conference.participants.customer', kind: 'callSid' },
  { path: 'call_sid', kind: 'callSid' },
  { path: 'callSid', kind: 'callSid' },
  { path: 'worker_call_sid', kind: 'callSid', isAgents: true },
  { path: 'conference.participants.worker', kind: 'callSid', isAgents: true },
  { path: 'conferenceSid', kind: 'conferenceSid' },
  { path: 'conference.sid', kind: 'conferenceSid' },
  { path: 'channelSid', kind: 'conversationSid' },
  { path: 'conversationSid', kind: 'conversationSid' },
];

/**
 * Finds where the SIDs that `facts` has come from, who tells others, and what stands under another kind's name: it is
 * taken for what its prefix says.
 */
export function readSids(
  reading: Reading,
  places: Places,
  facts: AttributeFacts,
): { readonly callSid?: string; readonly conferenceSid?: string; readonly conversationSid?: string } {
  const met = sidPlaces.flatMap((place) => {
    const value = textIn(valueAt(places.root, place.path));
    return value === undefined ? [] : [{ ...place, value }];
  });
  for (const { path, kind, value } of met) if (!kinds[kind].is(value)) note(reading, 'wrong-sid-kind', path);
  const read = (kind: Kind, sid: string | undefined): { readonly [key in Kind]?: string } => {
    if (sid === undefined) return {};
    const others = met.filter((place) => place.kind === kind && kinds[kind].is(place.value) && place.isAgents !== true);
    const source = met.find(({ value }) => value === sid) ?? { path: `conference.participants.${sid}`, value: sid };
    believe(reading, kind, [source, ...others]);
    return { [kind]: sid };
  };
  return {
    ...read('callSid', facts.customerCallSid ?? facts.callSids.find((sid) => sid !== facts.workerCallSid)),
    ...read('conferenceSid', facts.conferenceSids[0]),
    ...read('conversationSid', facts.conversationSids[0]),
  };
}
