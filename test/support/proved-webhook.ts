import type { ProvedWebhook } from '../../lambdas/shared/messages/gateway-envelope.ts';

/** A webhook of which only route and body matter, as if Twilio had been proved to have sent it. */
export function provedWebhook(route: ProvedWebhook['route'], body: string): ProvedWebhook {
  return {
    proved: true,
    route,
    requestId: 'r-1',
    receivedAt: new Date(0),
    contentType: '',
    signature: '',
    bodySha256: '',
    body,
  };
}
