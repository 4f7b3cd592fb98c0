import * as fc from 'fast-check';
import { render } from 'velocityjs';
import { acceptedContentTypes, envelopeTemplate, envelopeTemplates } from '../../lib/constructs/envelope-template.ts';
import { gatewayEnvelopeSchema, rawWebhook } from '../../lambdas/shared/messages/gateway-envelope.ts';
import type { RawWebhook } from '../../lambdas/shared/messages/gateway-envelope.ts';

interface SentRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly sourceIp?: string;
}

/** As java.net.URLEncoder does it, which is what the gateway's `$util.urlEncode` is. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function rendered(
  template: string,
  { headers = {}, query = {}, body = '', sourceIp = '192.0.2.7' }: SentRequest,
): string {
  return render(template, {
    input: { params: () => ({ header: headers, querystring: query, path: {} }), body },
    util: { base64Encode: (text: string) => Buffer.from(text, 'utf8').toString('base64'), urlEncode },
    context: {
      extendedRequestId: 'JKJaXmPLvHcESHA=',
      requestTimeEpoch: 1763625600123,
      identity: { sourceIp },
    },
  });
}

/** What SQS would be asked to do: the parameters of its query protocol. */
function sqsCall(request: SentRequest, route = 'twilio/task-events'): URLSearchParams {
  return new URLSearchParams(rendered(envelopeTemplate(route), request));
}

function received(request: SentRequest, route?: string): RawWebhook {
  return rawWebhook(gatewayEnvelopeSchema.parse(JSON.parse(sqsCall(request, route).get('MessageBody') ?? '')));
}

const evilTexts = [
  '"}',
  `a "quoted" and 'quoted' text`,
  'first\r\nsecond\nthird',
  'é😀 “curly” \u2028',
  '\\" \\u0022 \\',
  '$util.base64Encode($input.body) #set($x = 1) #end',
  'a=1&Action=PurgeQueue&MessageBody=%7B%7D',
  '%22%2C%22route%22%3A%22internal%2Flink-recording',
  '{"a":{"b":[1,2,{"c":"d"}]}}',
];

describe('the envelope template', () => {
  it('asks SQS for SendMessage, with the envelope as the one other parameter', () => {
    expect([...sqsCall({ body: 'a=b' }).keys()]).toEqual(['Action', 'MessageBody']);
    expect(sqsCall({ body: 'a=b' }).get('Action')).toBe('SendMessage');
  });

  it('carries what the gateway knows of the request', () => {
    expect(received({ body: 'a=b', sourceIp: '2001:db8::7' }, 'twilio/recording-events')).toMatchObject({
      route: 'twilio/recording-events',
      requestId: 'JKJaXmPLvHcESHA=',
      receivedAt: new Date('2025-11-20T08:00:00.123Z'),
    });
    expect(JSON.parse(sqsCall({ sourceIp: '2001:db8::7' }).get('MessageBody') ?? '')).toMatchObject({
      sourceIp: '2001:db8::7',
    });
  });

  it.each(evilTexts)('carries the body unchanged: %j', (body) => {
    expect(received({ body }).body).toBe(body);
  });

  it.each(evilTexts)('carries a signature, content type and body hash unchanged: %j', (text) => {
    const webhook = received({
      headers: { 'X-Twilio-Signature': text, 'Content-Type': text },
      query: { bodySHA256: text },
    });

    expect(webhook).toMatchObject({ signature: text, contentType: text, bodySha256: text });
  });

  it.each(['X-Twilio-Signature', 'x-twilio-signature', 'X-TWILIO-SIGNATURE'])('finds the header %s', (name) => {
    expect(
      received({ headers: { Accept: '*/*', [name]: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', 'User-Agent': 'TwilioProxy/1.1' } })
        .signature,
    ).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });

  it.each(['Content-Type', 'content-type', 'CONTENT-TYPE'])('finds the header %s', (name) => {
    expect(received({ headers: { [name]: 'application/json; charset=utf-8' } }).contentType).toBe(
      'application/json; charset=utf-8',
    );
  });

  it('takes a query parameter for the body hash only, and a header only for the signature', () => {
    const webhook = received({
      headers: { bodySHA256: 'from a header' },
      query: { 'X-Twilio-Signature': 'from the query', 'Content-Type': 'from the query' },
    });

    expect(webhook).toMatchObject({ signature: '', contentType: '', bodySha256: '' });
  });

  it('has "" for what the request does not have', () => {
    expect(received({})).toMatchObject({ signature: '', contentType: '', bodySha256: '', body: '' });
  });

  it('is the same for every content type that Twilio sends', () => {
    const templates = envelopeTemplates('twilio/event-streams');

    expect(Object.keys(templates).sort()).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/json',
      'application/x-www-form-urlencoded',
      'text/json',
    ]);
    expect(new Set(Object.values(templates)).size).toBe(1);
    expect(acceptedContentTypes).toHaveLength(5);
  });

  it('has no line break, which would become part of the first parameter’s name', () => {
    expect(envelopeTemplate('twilio/task-events')).not.toMatch(/[\r\n]/);
  });

  it('keeps every text as it was and lets none of them choose the route', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, text, (body, signature, contentType, bodySHA256) => {
        const webhook = received({
          headers: { 'x-twilio-signature': signature, 'content-type': contentType },
          query: { bodySHA256 },
          body,
        });

        expect(webhook).toMatchObject({
          route: 'twilio/task-events',
          body,
          signature,
          contentType,
          bodySha256: bodySHA256,
        });
      }),
    );
  });
});
