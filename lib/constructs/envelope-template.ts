/**
 * The mapping template that turns a request into the body of an SQS `SendMessage` call, `MessageBody` being the JSON
 * envelope that lambdas/shared/messages/gateway-envelope.ts reads.
 *
 * Whatever the sender controls is base64 inside the envelope, so nothing it sends can close a string or add a key. The
 * constant text of the envelope is percent-encoded here, once, and the values by the template, so the template contains
 * no JSON that a template engine could stumble over. It is one line: a line break would become part of the first
 * parameter's name.
 */
export function envelopeTemplate(route: string): string {
  return [
    '#set($contentType = "")',
    '#set($signature = "")',
    '#set($bodySha256 = "")',
    // `$input.params("X-Twilio-Signature")` would look among path and query parameters first, and for this spelling only;
    // header names come in any case.
    '#set($headers = $input.params().header)',
    '#foreach($name in $headers.keySet())',
    '#if($name.toLowerCase() == "content-type")#set($contentType = $headers.get($name))#end',
    '#if($name.toLowerCase() == "x-twilio-signature")#set($signature = $headers.get($name))#end',
    '#end',
    '#set($query = $input.params().querystring)',
    '#foreach($name in $query.keySet())',
    '#if($name == "bodySHA256")#set($bodySha256 = $query.get($name))#end',
    '#end',
    // A letter after `#end` would be read as part of the directive's name, so a `#set` comes last.
    '#set($envelopeVersion = 1)',
    'Action=SendMessage&MessageBody=',
    ...envelope(route),
  ].join('');
}

function envelope(route: string): readonly string[] {
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
    constant(`","contentType":"`),
    sent('$contentType'),
    constant(`","signature":"`),
    sent('$signature'),
    constant(`","bodySha256":"`),
    sent('$bodySha256'),
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

export function envelopeTemplates(route: string): Record<string, string> {
  const template = envelopeTemplate(route);
  return Object.fromEntries(acceptedContentTypes.map((contentType) => [contentType, template]));
}
