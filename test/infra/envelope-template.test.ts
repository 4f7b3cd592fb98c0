import * as fc from 'fast-check';
import { render } from 'velocityjs';
import { acceptedContentTypes, envelopeTemplate, forEveryContentType } from '../../lib/constructs/envelope-template.ts';
import { gatewayEnvelopeSchema, rawRequest } from '../../lambdas/shared/messages/gateway-envelope.ts';

interface SentRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
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
  { headers = {}, query = {}, path = {}, body = '', sourceIp = '192.0.2.7' }: SentRequest,
): string {
  return render(template, {
    input: { params: () => ({ header: headers, querystring: query, path }), body },
    util: { base64Encode: (text: string) => Buffer.from(text, 'utf8').toString('base64'), urlEncode },
    context: {
      extendedRequestId: 'JKJaXmPLvHcESHA=',
      requestTimeEpoch: 1763625600123,
      identity: { sourceIp },
    },
  });
}

const taskEvents = { route: 'twilio/task-events', sender: 'twilio' } as const;
const contactStatus = { route: 'calabrio/contact-status', sender: 'calabrio' } as const;
type Route = Parameters<typeof envelopeTemplate>[0];

/** What SQS would be asked to do: the parameters of its query protocol. */
function sqsCall(request: SentRequest, route: Route = taskEvents): URLSearchParams {
  return new URLSearchParams(rendered(envelopeTemplate(route), request));
}

function envelopeOf(request: SentRequest, route?: Route): object {
  return JSON.parse(sqsCall(request, route).get('MessageBody') ?? '');
}

function received(request: SentRequest, route?: Route): ReturnType<typeof rawRequest> {
  return rawRequest(gatewayEnvelopeSchema.parse(envelopeOf(request, route)));
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
    expect(
      received({ body: 'a=b', sourceIp: '2001:db8::7' }, { ...taskEvents, route: 'twilio/recording-events' }),
    ).toMatchObject({
      route: 'twilio/recording-events',
      requestId: 'JKJaXmPLvHcESHA=',
      receivedAt: new Date('2025-11-20T08:00:00.123Z'),
    });
    expect(envelopeOf({ sourceIp: '2001:db8::7' })).toMatchObject({ sourceIp: '2001:db8::7' });
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
      received({ headers: { Accept: '*/*', [name]: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', 'User-Agent': 'TwilioProxy/1.1' } }),
    ).toMatchObject({ signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' });
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
    const templates = forEveryContentType(envelopeTemplate(taskEvents));

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
    for (const route of [taskEvents, contactStatus]) expect(envelopeTemplate(route)).not.toMatch(/[\r\n]/);
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

describe('the envelope of a contact status', () => {
  const path = { token: 'k3yQ-long_enough-to-be-one' };

  it('carries the last part of the path, the authorization and who made it, each as it was sent', () => {
    const headers = {
      Authorization: 'Basic Y2FsYWJyaW86cGFzc3dvcmQ=',
      'X-Contact-Status-Source': 'archive',
      'Content-Type': 'application/json',
    };

    expect(received({ path, headers, body: '{"ccrId":7}' }, contactStatus)).toEqual({
      route: 'calabrio/contact-status',
      requestId: 'JKJaXmPLvHcESHA=',
      receivedAt: new Date('2025-11-20T08:00:00.123Z'),
      contentType: 'application/json',
      body: '{"ccrId":7}',
      credential: 'k3yQ-long_enough-to-be-one',
      authorization: 'Basic Y2FsYWJyaW86cGFzc3dvcmQ=',
      contactStatusSource: 'archive',
    });
  });

  it('shows neither token nor authorization as they are', () => {
    const text = JSON.stringify(envelopeOf({ path, headers: { authorization: 'Basic c2VjcmV0' } }, contactStatus));

    expect(text).not.toContain(path.token);
    expect(text).not.toContain('Basic c2VjcmV0');
  });

  it.each(['AUTHORIZATION', 'authorization', 'Authorization'])('finds the header %s', (name) => {
    expect(received({ path, headers: { [name]: 'Basic x' } }, contactStatus)).toMatchObject({
      authorization: 'Basic x',
    });
  });

  it('has "" for what the request does not have, and takes no credential from a header or the query', () => {
    expect(
      received({ headers: { token: 'a' }, query: { token: 'b', authorization: 'c' } }, contactStatus),
    ).toMatchObject({ credential: '', authorization: '', contactStatusSource: '', contentType: '' });
  });

  it('keeps every text as it was and lets none of them choose the route', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, text, (body, token, authorization, source) => {
        const headers = { authorization, 'x-contact-status-source': source };

        expect(received({ path: { token }, headers, body }, contactStatus)).toMatchObject({
          route: 'calabrio/contact-status',
          body,
          credential: token,
          authorization,
          contactStatusSource: source,
        });
      }),
    );
  });

  it.each(evilTexts)('carries a credential unchanged: %j', (token) => {
    expect(received({ path: { token } }, contactStatus)).toMatchObject({ credential: token });
  });

  it('leaves the envelopes of Twilio’s routes as they are', () => {
    const keys = ['v', 'route', 'requestId', 'receivedAtEpochMs', 'sourceIp', 'contentType'];

    expect(Object.keys(envelopeOf({ path }))).toEqual([...keys, 'signature', 'bodySha256', 'body']);
    expect(Object.keys(envelopeOf({ path }, contactStatus))).toEqual([
      ...keys,
      'credential',
      'authorization',
      'contactStatusSource',
      'body',
    ]);
  });
});
