import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/**
 * All that is written about a request. `resourcePath` is the route as declared; the path itself would hold a recording's
 * SID, and a query or header a link key or a signature. Addresses are personal data and stay out too.
 */
const accessLogFields = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  receivedAtEpochMs: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  /** Why the gateway itself answered, such as THROTTLED; `-` when it did not. */
  responseType: '$context.error.responseType',
  integrationStatus: '$context.integrationStatus',
  integrationLatencyMs: '$context.integrationLatency',
  responseLatencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
} as const;

export const accessLogFormat = AccessLogFormat.custom(JSON.stringify(accessLogFields));
