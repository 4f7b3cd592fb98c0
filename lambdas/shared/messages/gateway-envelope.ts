import * as z from 'zod/mini';
import { PermanentError } from '../domain/outcome.ts';

/**
 * The envelope that the gateway's mapping template makes of a request, before any function has run.
 *
 * Every value that the sender controls is base64 in it, so that no header or body can break the JSON or add a key;
 * `route` is a constant of the template. Nothing here is believed before `proveSender` has said so.
 */
const base64Text = z.string();

export const gatewayRoutes = ['twilio/task-events', 'twilio/event-streams', 'twilio/recording-events'] as const;
export type GatewayRoute = (typeof gatewayRoutes)[number];

export const gatewayEnvelopeSchema = z.object({
  v: z.literal(1),
  route: z.enum(gatewayRoutes),
  requestId: z.string(),
  receivedAtEpochMs: z.number(),
  sourceIp: z.string(),
  contentType: base64Text,
  signature: base64Text,
  bodySha256: base64Text,
  body: base64Text,
});

/** A request as it came, decoded from its envelope and not proved. */
export interface RawWebhook {
  readonly route: GatewayRoute;
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly contentType: string;
  /** `X-Twilio-Signature`, or "" when the request had none. */
  readonly signature: string;
  /** The `bodySHA256` query parameter, or "" when the request had none. */
  readonly bodySha256: string;
  /** The exact body text, as UTF-8. */
  readonly body: string;
}

/** A request whose sender is proved; only a `ProveSender` makes one. */
export type ProvedWebhook = RawWebhook & { readonly proved: true };

const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

export function rawWebhook(envelope: z.infer<typeof gatewayEnvelopeSchema>): RawWebhook {
  return {
    route: envelope.route,
    requestId: envelope.requestId,
    receivedAt: new Date(envelope.receivedAtEpochMs),
    contentType: decode(envelope.contentType),
    signature: decode(envelope.signature),
    bodySha256: decode(envelope.bodySha256),
    body: decode(envelope.body),
  };
}

/** The JSON of a queue body. @throws {PermanentError} `unreadable-message` when it is not JSON; the text is not quoted. */
export function parseJsonBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new PermanentError(`the queue body of ${body.length} characters is not JSON: wanted a v1 envelope`, {
      reason: 'unreadable-message',
    });
  }
}
