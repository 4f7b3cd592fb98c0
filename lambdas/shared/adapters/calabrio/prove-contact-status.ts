import { createHash, timingSafeEqual } from 'node:crypto';
import { UnprovedSenderError } from '../../domain/outcome.ts';
import type { RawContactStatus } from '../../messages/gateway-envelope.ts';
import type { ProveContactStatus } from '../../ports/contact-status-proof.ts';
import type { SecretSource } from '../../ports/secret-source.ts';

/** The part of the Calabrio secret that its webhooks are proved with. */
export interface WebhookCredentials {
  readonly webhookTokens: { readonly current: string; readonly previous?: string | undefined };
  /** Absent where no HTTP basic was agreed on: then a header that came along says nothing. */
  readonly basic?: { readonly username: string; readonly password: string } | undefined;
}

type Fault = 'token-mismatch' | 'basic-missing' | 'basic-mismatch';

const inWords: Readonly<Record<Fault, string>> = {
  'token-mismatch': 'its path ends in no token that is in force',
  'basic-missing': 'it has no Authorization header, and HTTP basic was agreed on',
  'basic-mismatch': 'its Authorization header is not the one that was agreed on',
};

/**
 * Proves the sender by the token in its path, two of which are in force during a rotation, and by HTTP basic where the
 * secret has it: behind a queue nobody can be challenged for it, so Calabrio must send it unasked.
 *
 * Every comparison is of hashes, in constant time, and all of them are made.
 */
export function calabrioProveContactStatus(credentials: SecretSource<WebhookCredentials>): ProveContactStatus {
  return async (request) => {
    const kept = await credentials.current();
    const fault = faultOf(request, kept.reveal());
    if (fault === undefined) return { ...request, proved: true };
    // A token rotated a moment ago looks like a forgery until the secret is read again.
    const fresh = await credentials.fresh();
    const stillFault = fresh === kept ? fault : faultOf(request, fresh.reveal());
    if (stillFault === undefined) return { ...request, proved: true };
    throw new UnprovedSenderError(`the sender of a ${request.route} request is not proved: ${inWords[stillFault]}`, {
      reason: stillFault,
    });
  };
}

function faultOf(request: RawContactStatus, { webhookTokens, basic }: WebhookCredentials): Fault | undefined {
  const { current, previous } = webhookTokens;
  const tokens = previous === undefined ? [current] : [current, previous];
  const isTokenInForce = tokens.map((token) => isSame(token, request.credential)).includes(true);
  if (!isTokenInForce) return 'token-mismatch';
  if (basic === undefined) return undefined;
  if (request.authorization === '') return 'basic-missing';
  const isAgreed = isSame(`${basic.username}:${basic.password}`, userAndPassword(request.authorization));
  return isAgreed ? undefined : 'basic-mismatch';
}

/** What the header's base64 says; "" for a header of another scheme, which no `user:password` is. */
function userAndPassword(authorization: string): string {
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization.trim()) ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** Hashes have one length, so that not even a secret's length can be measured. */
function isSame(secret: string, given: string): boolean {
  return timingSafeEqual(hashOf(secret), hashOf(given));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
