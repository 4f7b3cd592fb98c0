import { personTokens } from '../shared/domain/erasure/person-tokens.ts';
import { isObject } from '../shared/domain/task-attributes.ts';
import { jsonOf } from '../shared/messages/json-text.ts';
import { textsWithin } from '../shared/messages/texts-within.ts';
import type { SubjectHash } from '../shared/ports/identity-map.ts';

/** `some`: it speaks of others as well, in events of their own. */
export type Mention = 'none' | 'some' | 'all';

/** What a message must speak of to be taken away, and what it must not speak of. */
export interface Sought {
  readonly sids: ReadonlySet<string>;
  readonly subjectHashes: ReadonlySet<string>;
  /** SIDs of what is held or locked: a message that speaks of it is left as it is. */
  readonly keptSids: ReadonlySet<string>;
}

/**
 * Says of a message's body whether it speaks of what is sought: by SID, or by a number, an address or an id whose keyed
 * hash is the person's, wherever in JSON, form or base64 it stands. Who the person is nobody has to know for that.
 *
 * Twilio signs a body as a whole, so of several events in one body none can be taken out.
 */
export function mentions(
  has: { readonly subjectHash: SubjectHash },
  sought: Sought,
): (body: string) => Promise<Mention> {
  const known = new Map<string, Promise<boolean>>();
  const isPersons = (kind: 'phone' | 'email' | 'external_id', value: string): Promise<boolean> => {
    const token = `${kind}:${value}`;
    const before = known.get(token);
    if (before !== undefined) return before;
    const answer = has.subjectHash.of(kind, value).then((hash) => sought.subjectHashes.has(hash));
    known.set(token, answer);
    return answer;
  };
  const speaksOf = async (text: string): Promise<boolean> => {
    const texts = textsWithin(text);
    if (texts.some((one) => sidsIn(one).some((sid) => sought.sids.has(sid)))) return true;
    if (sought.subjectHashes.size === 0) return false;
    for (const one of new Set(texts))
      for (const { kind, value } of personTokens(one)) if (await isPersons(kind, value)) return true;
    return false;
  };
  return async (body) => {
    const isKept = textsWithin(body).some((one) => sidsIn(one).some((sid) => sought.keptSids.has(sid)));
    if (isKept) return 'none';
    const events = eventsOf(body);
    const found = await Promise.all(events.map(speaksOf));
    if (found.every((is) => is)) return 'all';
    if (found.some((is) => is)) return 'some';
    if (!(await speaksOf(body))) return 'none';
    // What is in no event of its own: the address it came from, a parameter beside the events.
    return events.length > 1 ? 'some' : 'all';
  };
}

function sidsIn(text: string): readonly string[] {
  return text.match(/[A-Z]{2}[0-9a-f]{32}/g) ?? [];
}

/** The events of a batch, each as JSON; of any other body the whole. A parked message is looked into for its body. */
function eventsOf(text: string): readonly string[] {
  const message = jsonOf(text);
  if (!isObject(message) || typeof message['body'] !== 'string') return [text];
  const { body } = message;
  if (typeof message['queueName'] === 'string') return eventsOf(body);
  const events = jsonOf(Buffer.from(body, 'base64').toString('utf8'));
  return Array.isArray(events) && events.length > 1 ? events.map((event) => JSON.stringify(event)) : [text];
}
