import { createHmac } from 'node:crypto';
import type { FlexUser } from '../shared/ports/flex-tokens.ts';
import type { LinkKeyRing } from '../shared/ports/link-keys.ts';

/**
 * The token in `Authorization: Basic base64("token:" + token)`, as Flex's player sends it; undefined for anything else.
 * (https://www.twilio.com/docs/flex/developer/insights/playback-recordings-custom-storage, read 2026-11)
 */
export function flexTokenOf(authorization: string): string | undefined {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/_-]+=*)$/i.exec(authorization) ?? [];
  const [, token] = /^token:([\w.~+/=-]+)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return token;
}

/**
 * Who listens, without a name: the worker's SID, else Flex's id of the user, else the identity under a link key, which is
 * named and kept as long as links are. An identity is made of the user's e-mail address, and so is Twilio's
 * `realm_user_id`.
 */
export function listenerName({ workerSid, flexUserSid, identity }: FlexUser, ring: LinkKeyRing): string {
  if (workerSid !== undefined) return workerSid;
  if (flexUserSid !== undefined) return flexUserSid;
  const key = ring.keys[ring.signingKeyId];
  if (key === undefined)
    throw new RangeError(`the link key ring has no key "${ring.signingKeyId}", which it says signs`);
  // No recording's SID begins so: never the code of a link.
  const code = createHmac('sha256', key).update(`flex-user:${identity}`).digest().subarray(0, 16);
  return `${ring.signingKeyId}.${code.toString('base64url')}`;
}
