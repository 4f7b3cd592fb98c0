import * as z from 'zod/mini';

/**
 * The envelope that the gateway's mapping template makes of a request, before any function has run.
 *
 * Every value that the sender controls is base64 in it, so that no header or body can break the JSON or add a key;
 * `route` is a constant of the template. Nothing here is believed before `proveSender`, or `proveContactStatus`, has said
 * so.
 */
const base64Text = z.string();

const twilioRoutes = [
  'twilio/task-events',
  'twilio/event-streams',
  'twilio/recording-events',
  'twilio/conference-events',
] as const;
type TwilioRoute = (typeof twilioRoutes)[number];
export const calabrioRoute = 'calabrio/contact-status';
export const gatewayRoutes = [...twilioRoutes, calabrioRoute] as const;
export type GatewayRoute = (typeof gatewayRoutes)[number];

const commonFields = {
  v: z.literal(1),
  requestId: z.string(),
  receivedAtEpochMs: z.number(),
  sourceIp: z.string(),
  contentType: base64Text,
  body: base64Text,
};

const twilioEnvelopeSchema = z.object({
  ...commonFields,
  route: z.enum(twilioRoutes),
  signature: base64Text,
  bodySha256: base64Text,
});

const calabrioEnvelopeSchema = z.object({
  ...commonFields,
  route: z.literal(calabrioRoute),
  /** The last part of the path. A secret, like `authorization`: printed by nothing. */
  credential: base64Text,
  authorization: base64Text,
  /** `x-contact-status-source`: who made the message, where it was one of ours. */
  contactStatusSource: base64Text,
});

export const gatewayEnvelopeSchema = z.discriminatedUnion('route', [twilioEnvelopeSchema, calabrioEnvelopeSchema]);

interface AnyRequest {
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly contentType: string;
  /** The exact body text, as UTF-8. */
  readonly body: string;
}

/** A request of Twilio's route as it came, decoded from its envelope and not proved. */
export interface RawWebhook extends AnyRequest {
  readonly route: TwilioRoute;
  /** `X-Twilio-Signature`, or "" when the request had none. */
  readonly signature: string;
  /** The `bodySHA256` query parameter, or "" when the request had none. */
  readonly bodySha256: string;
}

/** A request of Calabrio's route as it came, decoded from its envelope and not proved. */
export interface RawContactStatus extends AnyRequest {
  readonly route: typeof calabrioRoute;
  readonly credential: string;
  /** The `Authorization` header, or "" when the request had none. */
  readonly authorization: string;
  /** The `x-contact-status-source` header, or "" when the request had none. */
  readonly contactStatusSource: string;
}

/** A request whose sender is proved; only a `ProveSender` makes one. */
export type ProvedWebhook = RawWebhook & { readonly proved: true };

const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

export function rawRequest(envelope: z.infer<typeof gatewayEnvelopeSchema>): RawWebhook | RawContactStatus {
  const common = {
    requestId: envelope.requestId,
    receivedAt: new Date(envelope.receivedAtEpochMs),
    contentType: decode(envelope.contentType),
    body: decode(envelope.body),
  };
  if (envelope.route === calabrioRoute) {
    return {
      ...common,
      route: envelope.route,
      credential: decode(envelope.credential),
      authorization: decode(envelope.authorization),
      contactStatusSource: decode(envelope.contactStatusSource),
    };
  }
  return {
    ...common,
    route: envelope.route,
    signature: decode(envelope.signature),
    bodySha256: decode(envelope.bodySha256),
  };
}
