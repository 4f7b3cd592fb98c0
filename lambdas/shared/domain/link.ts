import { createHmac, timingSafeEqual } from 'node:crypto';
import { recordingSid } from './sids.ts';
import type { RecordingSid } from './sids.ts';
import { isObject } from './task-attributes.ts';
import type { TaskAttributes } from './task-attributes.ts';

/** Insights may cut a text attribute here, and a cut link opens nothing. */
const maxLinkCharacters = 128;

/** How long after a task's end Flex Insights still reads its links. */
export const linkWindowSeconds = 120;

/** After a task's end, a read this late says that the link has stayed. */
export const linkSettledAfterSeconds = 30;

/** Against an endless fight with another writer: a link is written at most this often. */
export const maxLinkWrites = 5;

/** The keys of the links: `signingKeyId` names the one that signs, all of them verify. */
interface KeyRing {
  readonly signingKeyId: string;
  readonly keys: Readonly<Record<string, Buffer>>;
}

/**
 * The playback link of a recording: known from its SID alone, so it can be written before a byte is copied, and the
 * same for ever under one signing key. It is a capability: whoever has it can listen.
 *
 * @throws {RangeError} when the link would be longer than `maxLinkCharacters`, or the ring lacks its signing key.
 */
export function playbackLink(baseUrl: string, sid: RecordingSid, ring: KeyRing): string {
  const key = ring.keys[ring.signingKeyId];
  if (key === undefined)
    throw new RangeError(`the link key ring has no key "${ring.signingKeyId}", which it says signs`);
  const link = `${baseUrl}/r/${sid}?k=${ring.signingKeyId}.${linkCode(sid, key)}`;
  if (link.length > maxLinkCharacters) {
    throw new RangeError(
      `the playback link has ${link.length} characters, at most ${maxLinkCharacters} are allowed: shorten LINK_BASE_URL`,
    );
  }
  return link;
}

/** The first 128 bits of HMAC-SHA256 over the SID, base64url: 22 characters. */
function linkCode(sid: RecordingSid, key: Buffer): string {
  return createHmac('sha256', key).update(sid).digest().subarray(0, 16).toString('base64url');
}

/** What a link's `k` is worth: `unknown-key` may become good when the ring is read afresh, `forged` never does. */
export type LinkCheck =
  { readonly kind: 'good'; readonly keyId: string } | { readonly kind: 'unknown-key' } | { readonly kind: 'forged' };

/** Checks the `k` of a playback link against every key of the ring, in constant time for the one it names. */
export function checkLinkCode(sid: RecordingSid, code: string, ring: KeyRing): LinkCheck {
  const [, keyId = '', given = ''] = /^([a-z0-9]{1,4})\.([A-Za-z0-9_-]{22})$/.exec(code) ?? [];
  if (keyId === '') return { kind: 'forged' };
  const key = ring.keys[keyId];
  if (key === undefined) return { kind: 'unknown-key' };
  return timingSafeEqual(Buffer.from(linkCode(sid, key)), Buffer.from(given))
    ? { kind: 'good', keyId }
    : { kind: 'forged' };
}

/** The recording that a link of ours names; undefined for any other text. The code is not checked. */
export function recordingOfOurLink(baseUrl: string, text: unknown): RecordingSid | undefined {
  if (typeof text !== 'string' || !text.startsWith(`${baseUrl}/r/`)) return undefined;
  const sid = text.slice(baseUrl.length + 3).split('?')[0];
  return recordingSid.is(sid) ? sid : undefined;
}

export type OnExistingLink = 'replace' | 'keep' | 'fill';

/** What is to be done with `conversations.segment_link`; `attributes` is the whole to send back. */
export type LinkPatch =
  | { readonly kind: 'present' }
  | { readonly kind: 'write'; readonly attributes: TaskAttributes; readonly replaced?: string }
  | { readonly kind: 'kept'; readonly existing: string }
  | { readonly kind: 'not-an-object' };

/**
 * Merges the link into the attributes and leaves every other key as it was; the same patch twice is `present`.
 *
 * `replace`: ours takes the place of whatever is there. `keep`: a link that was there before ours stays, and one that
 * replaced ours is replaced again. `fill`: only an empty place is written, whoever emptied it.
 * `hasBeenOurs` says that our link was seen on this task before.
 */
export function linkPatch(
  attributes: TaskAttributes,
  link: string,
  policy: { readonly onExistingLink: OnExistingLink; readonly hasBeenOurs: boolean; readonly baseUrl: string },
): LinkPatch {
  const conversations = attributes['conversations'] ?? {};
  if (!isObject(conversations)) return { kind: 'not-an-object' };
  const existing = conversations['segment_link'];
  if (existing === link) return { kind: 'present' };
  const patched = { ...attributes, conversations: { ...conversations, segment_link: link } };
  if (typeof existing !== 'string' || existing === '') return { kind: 'write', attributes: patched };
  const isOurs = recordingOfOurLink(policy.baseUrl, existing) !== undefined;
  const stays =
    !isOurs && (policy.onExistingLink === 'fill' || (policy.onExistingLink === 'keep' && !policy.hasBeenOurs));
  if (stays) return { kind: 'kept', existing };
  return { kind: 'write', attributes: patched, ...(!isOurs && { replaced: existing }) };
}

/** Takes our link off again, for a recording that turned out to hold nothing; undefined when it is not there. */
export function withoutOurLink(
  attributes: TaskAttributes,
  baseUrl: string,
  sid: RecordingSid,
): TaskAttributes | undefined {
  const conversations = attributes['conversations'];
  if (!isObject(conversations) || recordingOfOurLink(baseUrl, conversations['segment_link']) !== sid) return undefined;
  const { segment_link: _ours, ...others } = conversations;
  return { ...attributes, conversations: others };
}
