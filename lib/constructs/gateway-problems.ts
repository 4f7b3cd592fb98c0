import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { serviceName } from '../naming.ts';

/** An answer of the gateway's own to a caller, as RFC 9457 wants problems told. */
interface GatewayProblem {
  readonly type: ResponseType;
  readonly status: '401' | '403' | '429' | '503';
  /** The last part of the problem's `type`. */
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  /** By header, in the notation of gateway responses: a text is in quotes. */
  readonly headers: Readonly<Record<string, string>>;
}

const callerNotChecked = {
  status: '503',
  name: 'caller-not-checked',
  title: 'The caller cannot be checked now',
  detail: 'The token could not be looked at; nothing was sent. Send the request again.',
  headers: { 'Retry-After': "'5'" },
} as const;

const callerNotAdmitted = {
  status: '403',
  name: 'caller-not-admitted',
  title: 'This caller may not send messages here',
  detail: 'The token is known, and its caller is not one of this stage: it has to be named in outboundSms.callers.',
  headers: {},
} as const;

/**
 * What the gateway says of callers before their request reaches a function.
 *
 * Only methods with an authorizer or an API key can be answered with these, but for ACCESS_DENIED, which a policy for source
 * addresses causes as well, and THROTTLED, which any method can be.
 */
export const callerProblems: readonly GatewayProblem[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    status: '401',
    name: 'caller-not-known',
    title: 'The request has no token that is in force',
    detail: 'Wanted is the header "Authorization: Bearer <token>" with the token of a caller.',
    headers: { 'WWW-Authenticate': "'Bearer'" },
  },
  { type: ResponseType.ACCESS_DENIED, ...callerNotAdmitted },
  { type: ResponseType.INVALID_API_KEY, ...callerNotAdmitted },
  {
    type: ResponseType.THROTTLED,
    status: '429',
    name: 'too-many-requests',
    title: 'More requests than are taken',
    detail: 'Nothing was sent. Send the request again, later and more slowly.',
    headers: { 'Retry-After': "'1'" },
  },
  { type: ResponseType.AUTHORIZER_FAILURE, ...callerNotChecked },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ...callerNotChecked },
];

/** Gateway responses know references and no directives, so this is JSON with one reference in it. */
export function problemTemplate({ status, name, title, detail }: GatewayProblem): string {
  return JSON.stringify({
    type: `urn:${serviceName}:problem:${name}`,
    title,
    status: Number(status),
    detail,
    instance: `urn:${serviceName}:request:$context.extendedRequestId`,
  });
}
