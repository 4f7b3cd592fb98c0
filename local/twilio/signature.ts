import { createHash, createHmac } from 'node:crypto';

/** What is signed: a form's fields (a repeated field as an array), or a body that is not a form, exactly as it is sent. */
export type SignableRequest = {
  /** The whole URL as it was typed into Twilio's console, query included, fragment not. */
  readonly url: string;
  readonly authToken: string;
} & ({ readonly params: Readonly<Record<string, string | readonly string[]>> } | { readonly body: string });

export interface SignedRequest {
  /** Where to send it: with a body, `bodySHA256` has been added to the query. */
  readonly url: string;
  /** The value of `X-Twilio-Signature`. */
  readonly signature: string;
}

/**
 * Signs a request as Twilio does: base64 of HMAC-SHA1 over the URL and, for a form, every field sorted by name with its
 * value behind it and nothing between. (https://www.twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11)
 */
export function signTwilioRequest(request: SignableRequest): SignedRequest {
  const url = 'body' in request ? withBodyHash(request.url, request.body) : request.url;
  const signed = 'params' in request ? url + sortedFields(request.params) : url;
  return { url, signature: createHmac('sha1', request.authToken).update(signed, 'utf8').digest('base64') };
}

function withBodyHash(url: string, body: string): string {
  const hash = createHash('sha256').update(body, 'utf8').digest('hex');
  return `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
}

/** A field that occurs twice with the same value is signed once, as Twilio's own library does it. */
function sortedFields(params: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(params)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => valuesOf(value).map((single) => name + single))
    .join('');
}

const valuesOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : [...new Set(value)].sort();
