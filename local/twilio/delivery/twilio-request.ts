import type { TwilioEvent } from '../events/twilio-event.ts';
import type { JsonObject } from '../json.ts';
import { signTwilioRequest } from '../signature.ts';
import { cloudEvent, testEvent } from './cloud-event.ts';
import { conferenceEventForm, recordingEventForm, taskEventForm } from './classic-form.ts';
import type { DeliveryCopy, Transport } from './delivery-target.ts';
import { pathOf } from './transport-rules.ts';

/** A request that is ready to be sent. */
export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RequestParts {
  readonly event: TwilioEvent;
  readonly transport: Transport;
  readonly publicUrl: string;
  readonly apiUrl: string;
  readonly authToken: string;
  /** The same on every retry. */
  readonly idempotencyToken: string;
  readonly forged?: DeliveryCopy['forged'];
}

/** Signs over the public URL, sends to the API's; a forged copy is spoiled after signing. */
export function twilioRequest(parts: RequestParts): OutgoingRequest {
  const { body, contentType, signed } = bodyOf(parts);
  const spoiled = parts.forged === 'body' ? spoil(body) : body;
  return {
    url: parts.apiUrl + signed.url.slice(parts.publicUrl.length),
    headers: {
      'Content-Type': contentType,
      'Content-Length': String(Buffer.byteLength(spoiled)),
      'User-Agent': 'TwilioProxy/1.1',
      'I-Twilio-Idempotency-Token': parts.idempotencyToken,
      ...(parts.forged !== 'unsigned' && { 'X-Twilio-Signature': signed.signature }),
    },
    body: spoiled,
  };
}

function bodyOf(parts: RequestParts) {
  const url = parts.publicUrl + pathOf(parts.transport);
  const authToken = parts.forged === 'signature' ? `not-${parts.authToken}` : parts.authToken;
  const { event, transport } = parts;
  const streamed = (item: JsonObject) => {
    const body = JSON.stringify([item]);
    return { body, contentType: 'application/json', signed: signTwilioRequest({ url, body, authToken }) };
  };
  if (event.kind === 'sink-test') return streamed(testEvent(event));
  if (event.kind === 'task-router' && transport.kind === 'event-streams') {
    const { dataAs = 'object', schemaVersion = 4 } = transport;
    return streamed(cloudEvent(event, { dataAs, schemaVersion }));
  }
  const params = formOf(event);
  return {
    body: new URLSearchParams(params).toString(),
    contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    signed: signTwilioRequest({ url, params, authToken }),
  };
}

function formOf(event: Exclude<TwilioEvent, { kind: 'sink-test' }>): Readonly<Record<string, string>> {
  switch (event.kind) {
    case 'task-router':
      return taskEventForm(event);
    case 'recording':
      return recordingEventForm(event);
    case 'conference':
      return conferenceEventForm(event);
  }
}

/** Changes one hex digit of the first SID: still well formed, no longer what was signed. */
function spoil(body: string): string {
  return body.replace(
    /([A-Z]{2}[0-9a-f]{31})([0-9a-f])/,
    (_whole, start: string, last: string) => start + (last === '0' ? '1' : '0'),
  );
}
