// The deep path on purpose: 4 KB, where the package's root is 3.7 MB and 95 ms of cold start.
import { validateBody, validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { UnprovedSenderError } from '../../domain/outcome.ts';
import { parseFormBody } from '../../messages/form-body.ts';
import type { FormBody } from '../../messages/form-body.ts';
import type { RawWebhook } from '../../messages/gateway-envelope.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import type { ProveSender } from '../../ports/sender-proof.ts';

/** The part of the Twilio secret that signatures are proved with; sub-accounts sign with their own tokens. */
export interface SigningTokens {
  readonly authTokens: Readonly<Record<string, { readonly current: string; readonly previous?: string | undefined }>>;
}

export interface ProveSenderSettings {
  /** What Twilio was told, up to the route: scheme, host and stage, without a slash at its end. */
  readonly publicUrl: string;
  readonly tokens: SecretSource<SigningTokens>;
}

/**
 * Twilio sends some tens. A stranger's hundred thousand would be sorted for every token, for seconds, and the messages
 * that came in the same batch would wait with them, or be killed with them.
 */
const MOST_PARAMETERS = 1_000;

/**
 * Proves the sender by Twilio's signature over `publicUrl/route`, never over a URL rebuilt from the request.
 *
 * A body whose hash came along (`bodySHA256`) must have that hash, and the signature covers the URL with it; a form is
 * signed with its parameters. Every token of the secret is tried, whatever account the body names: the body is not
 * believed yet, and an Event Streams sink is signed by its owner's account, not by the one the event is of.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security (read 2026-11)
 */
export function twilioProveSender({ publicUrl, tokens }: ProveSenderSettings): ProveSender {
  return async (webhook) => {
    if (webhook.signature === '') throw unproved(webhook, 'signature-missing', 'it has no X-Twilio-Signature');
    if (!hasSignedBody(webhook))
      throw unproved(webhook, 'body-hash-mismatch', 'its body is not the one that bodySHA256 says was signed');
    const url = signedUrl(publicUrl, webhook);
    const kept = await tokens.current();
    if (isSignedByAny(kept.reveal(), webhook, url)) return { ...webhook, proved: true };
    // A token rotated a moment ago looks like a forgery until the secret is read again.
    const fresh = await tokens.fresh();
    if (fresh !== kept && isSignedByAny(fresh.reveal(), webhook, url)) return { ...webhook, proved: true };
    throw unproved(webhook, 'signature-mismatch', 'no auth token in force proves its signature');
  };
}

/** With a hash, the body must have it. Without one only parameters are signed, so that a JSON body would be anybody's. */
function hasSignedBody(webhook: RawWebhook): boolean {
  return webhook.bodySha256 === ''
    ? !/json/i.test(webhook.contentType)
    : validateBody(webhook.body, webhook.bodySha256);
}

function signedUrl(publicUrl: string, webhook: RawWebhook): string {
  const query = webhook.bodySha256 === '' ? '' : `?bodySHA256=${webhook.bodySha256}`;
  return `${publicUrl}/${webhook.route}${query}`;
}

/** Tries every token to the end, so that the time it takes says nothing of which one fits. */
function isSignedByAny({ authTokens }: SigningTokens, webhook: RawWebhook, url: string): boolean {
  const candidates = Object.values(authTokens).flatMap(({ current, previous }) =>
    previous === undefined ? [current] : [current, previous],
  );
  const signed = signedParameters(webhook);
  const proofs = candidates.flatMap((token) =>
    signed.map((parameters) => validateRequest(token, webhook.signature, url, parameters)),
  );
  return proofs.includes(true);
}

/** What may have been signed after the URL. A hash already ties the body to the URL; a form's parameters may follow even so. */
function signedParameters(webhook: RawWebhook): readonly FormBody[] {
  if (webhook.bodySha256 === '') return twiliosForm(webhook.body);
  return /x-www-form-urlencoded/i.test(webhook.contentType) ? [{}, ...twiliosForm(webhook.body)] : [{}];
}

/**
 * The form, or nothing where it cannot be one of Twilio's. Nothing marks where the signed URL ends and the first name
 * begins: with such names, a JSON request's `?bodySHA256=…` would pass for a form, and its signature for the form's.
 */
function twiliosForm(body: string): readonly FormBody[] {
  if (body.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS) return [];
  const form = parseFormBody(body);
  return Object.keys(form).some((name) => name === '' || name.startsWith('?')) ? [] : [form];
}

/** Says nothing of what was in the request: it may be anybody's, and it may be true. */
function unproved(webhook: RawWebhook, reason: string, what: string): UnprovedSenderError {
  return new UnprovedSenderError(`the sender of a ${webhook.route} request is not proved: ${what}`, { reason });
}
