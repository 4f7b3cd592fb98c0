import type { EventRoute } from './gateway-routes.ts';

/**
 * The mapping template that turns a request into the body of an SQS `SendMessage` call, `MessageBody` being the JSON
 * envelope that lambdas/shared/messages/gateway-envelope.ts reads.
 *
 * Whatever the sender controls is base64 inside the envelope, so nothing it sends can close a string or add a key. The
 * constant text of the envelope is percent-encoded here, once, and the values by the template, so the template contains
 * no JSON that a template engine could stumble over. It is one line: a line break would become part of the first
 * parameter's name.
 */
export function envelopeTemplate({ route, sender }: EnvelopeRoute): string {
  const values = sentValues[sender];
  return [
    ...values.map(({ key }) => `#set($${key} = "")`),
    ...lookUp('header', values),
    ...lookUp('querystring', values),
    ...lookUp('path', values),
    // A letter after `#end` would be read as part of the directive's name, so a `#set` comes last.
    '#set($envelopeVersion = 1)',
    'Action=SendMessage&MessageBody=',
    ...envelope(route, values),
  ].join('');
}

type EnvelopeRoute = Pick<EventRoute, 'route' | 'sender'>;

/** A value of the sender's, found by a name in one part of the request and kept under a key of the envelope. */
interface SentValue {
  readonly key: string;
  readonly part: 'header' | 'querystring' | 'path';
  readonly name: string;
}

const contentType: SentValue = { key: 'contentType', part: 'header', name: 'content-type' };

/** What each sender proves itself by, and what the proof needs besides the body. */
const sentValues: Readonly<Record<EventRoute['sender'], readonly SentValue[]>> = {
  twilio: [
    contentType,
    { key: 'signature', part: 'header', name: 'x-twilio-signature' },
    { key: 'bodySha256', part: 'querystring', name: 'bodySHA256' },
  ],
  calabrio: [
    contentType,
    { key: 'credential', part: 'path', name: 'token' },
    { key: 'authorization', part: 'header', name: 'authorization' },
    { key: 'contactStatusSource', part: 'header', name: 'x-contact-status-source' },
  ],
};

/**
 * Looks through the names of one part. `$input.params("X-Twilio-Signature")` would look among path and query parameters
 * first, and for this spelling only; header names come in any case.
 */
function lookUp(part: SentValue['part'], values: readonly SentValue[]): readonly string[] {
  const wanted = values.filter((value) => value.part === part);
  if (wanted.length === 0) return [];
  const name = part === 'header' ? '$name.toLowerCase()' : '$name';
  return [
    `#set($${part} = $input.params().${part})`,
    `#foreach($name in $${part}.keySet())`,
    ...wanted.map((value) => `#if(${name} == "${value.name}")#set($${value.key} = $${part}.get($name))#end`),
    '#end',
  ];
}

function envelope(route: string, values: readonly SentValue[]): readonly string[] {
  const constant = (json: string): string => encodeURIComponent(json);
  const plain = (reference: string): string => `$util.urlEncode(${reference})`;
  const sent = (reference: string): string => `$util.urlEncode($util.base64Encode(${reference}))`;
  return [
    constant(`{"v":`),
    '$envelopeVersion',
    constant(`,"route":${JSON.stringify(route)},"requestId":"`),
    plain('$context.extendedRequestId'),
    constant(`","receivedAtEpochMs":`),
    '$context.requestTimeEpoch',
    constant(`,"sourceIp":"`),
    plain('$context.identity.sourceIp'),
    ...values.flatMap(({ key }) => [constant(`","${key}":"`), sent(`$${key}`)]),
    constant(`","body":"`),
    sent('$input.body'),
    constant(`"}`),
  ];
}

/**
 * The content types that have the template. Twilio sends the first for callbacks and the rest for Event Streams; a request
 * of another type is answered with 503, so that a change on Twilio's side delays events instead of losing them.
 */
export const acceptedContentTypes = [
  'application/x-www-form-urlencoded',
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'text/json',
] as const;

/** One template for every content type that is accepted, and for those that a route takes besides. */
export function forEveryContentType(template: string, besides: readonly string[] = []): Record<string, string> {
  return Object.fromEntries([...acceptedContentTypes, ...besides].map((type) => [type, template]));
}
