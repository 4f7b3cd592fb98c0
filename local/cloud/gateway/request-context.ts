import type { GatewayRequest } from './gateway-request.ts';
import { headerOf } from './gateway-request.ts';
import type { Route } from './routes.ts';

/** The API a request came to. */
export interface ApiFacts {
  readonly apiId: string;
  readonly stageName: string;
  readonly accountId: string;
  readonly region: string;
}

/** `$context`, with names as AWS has them. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly deploymentId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: {
    readonly sourceIp: string;
    readonly userAgent: string;
    readonly apiKey?: string;
    readonly apiKeyId?: string;
  };
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly stage: string;
  /** What the method's authorizer said. */
  readonly authorizer?: Readonly<Record<string, string>>;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `$context.requestTime`: `20/Nov/2026:08:14:05 +0000`. */
function requestTime(epochMs: number): string {
  const at = new Date(epochMs);
  const day = String(at.getUTCDate()).padStart(2, '0');
  return `${day}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}

/**
 * What templates see as `$context` and a proxied function as `requestContext`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html (read 2026-11)
 */
export function requestContext(request: GatewayRequest, route: Route | undefined, api: ApiFacts): RequestContext {
  const domainName = `${api.apiId}.execute-api.${api.region}.amazonaws.com`;
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    deploymentId: 'local',
    domainName,
    domainPrefix: api.apiId,
    extendedRequestId: request.extendedRequestId,
    httpMethod: request.method,
    identity: { sourceIp: request.sourceIp, userAgent: headerOf(request.headers, 'user-agent') ?? '' },
    path: `/${api.stageName}${request.path}`,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: requestTime(request.receivedAtEpochMs),
    requestTimeEpoch: request.receivedAtEpochMs,
    resourceId: route?.resourceId ?? '',
    resourcePath: route?.resourcePath ?? '',
    stage: api.stageName,
  };
}
