import { createHash, createHmac } from 'node:crypto';

/**
 * Signs as Twilio says that it signs, written from its document and not from its library: the URL, then each
 * parameter's name and value in the order of the names, HMAC-SHA1 with the auth token, base64.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security (read 2026-11)
 */
export function twilioSignature(
  authToken: string,
  url: string,
  parameters: readonly (readonly [name: string, value: string])[] = [],
): string {
  const sorted = parameters.toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return createHmac('sha1', authToken)
    .update(url + sorted.map(([name, value]) => name + value).join(''), 'utf8')
    .digest('base64');
}

/** The value of `bodySHA256`: lower-case hex. */
export function bodySha256Of(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}
