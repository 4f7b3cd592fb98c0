import type { GatewayRoute, RawWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { bodySha256Of, twilioSignature } from './twilio-signature.ts';

export const publicUrl = 'https://hooks.example.com/v1';
export const authToken = '12345678901234567890123456789012';

const received = { requestId: 'r-1', receivedAt: new Date('2026-11-20T09:00:00Z') };

/** How a genuine request differs from the plain one. */
export interface Signing {
  readonly token?: string;
  /** The URL that was signed; the route's own when absent. */
  readonly url?: string;
  readonly contentType?: string;
}

/** A form as Twilio sends and signs it; `pairs` may repeat a name. */
export function signedForm(pairs: readonly (readonly [string, string])[], signing: Signing = {}): RawWebhook {
  const route: GatewayRoute = 'twilio/task-events';
  return {
    ...received,
    route,
    contentType: signing.contentType ?? 'application/x-www-form-urlencoded; charset=UTF-8',
    signature: twilioSignature(signing.token ?? authToken, signing.url ?? `${publicUrl}/${route}`, pairs),
    bodySha256: '',
    body: pairs.map(([name, value]) => `${formEncoded(name)}=${formEncoded(value)}`).join('&'),
  };
}

/** A JSON body as Twilio sends and signs it: only the URL is signed, and the body's hash is in it. */
export function signedJson(body: string, signing: Signing = {}): RawWebhook {
  const route: GatewayRoute = 'twilio/event-streams';
  const bodySha256 = bodySha256Of(body);
  return {
    ...received,
    route,
    contentType: signing.contentType ?? 'application/json',
    signature: twilioSignature(
      signing.token ?? authToken,
      signing.url ?? `${publicUrl}/${route}?bodySHA256=${bodySha256}`,
    ),
    bodySha256,
    body,
  };
}

function formEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}
