import { exampleTenantId } from './example-policy.ts';

/** The token that the webhook URL of the example tenant ends in. */
export const calabrioToken = 'token-of-the-example-tenant-1';

/** What a contact status says, by the six keys of Calabrio’s. */
export interface StatusKeys {
  readonly ccrId?: unknown;
  readonly sessionId?: unknown;
  readonly legId?: unknown;
  readonly tenantId?: unknown;
  readonly status?: unknown;
  readonly failureReason?: unknown;
}

/** The body of a contact status: COMPLETE of contact 4711 of the example tenant, with ids that nobody knows. */
export function statusBody(keys: StatusKeys = {}): string {
  return JSON.stringify({
    ccrId: 4711,
    sessionId: 'session-of-nobody',
    legId: 'leg-of-nobody',
    tenantId: exampleTenantId,
    status: 'COMPLETE',
    ...keys,
  });
}

export interface StatusRequest {
  readonly credential?: string;
  readonly authorization?: string;
  /** `x-contact-status-source` */
  readonly source?: string;
}

/** A request of Calabrio's as the gateway puts it on calabrio-status' queue. */
export function contactStatusEnvelope(body: string, receivedAt: Date, request: StatusRequest = {}): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    v: 1,
    route: 'calabrio/contact-status',
    requestId: `request-${receivedAt.getTime()}`,
    receivedAtEpochMs: receivedAt.getTime(),
    sourceIp: '192.0.2.9',
    contentType: base64('application/json'),
    credential: base64(request.credential ?? calabrioToken),
    authorization: base64(request.authorization ?? ''),
    contactStatusSource: base64(request.source ?? ''),
    body: base64(body),
  });
}
