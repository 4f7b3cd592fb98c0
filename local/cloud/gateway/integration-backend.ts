import type { GatewayRequest } from './gateway-request.ts';
import type { RequestContext } from './request-context.ts';
import type { Integration } from './routes.ts';

/** What an AWS service answered to an integration. */
export interface BackendAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a rendered request to the AWS service that an integration names, under the integration's role. */
export type CallService = (
  integration: Integration,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<BackendAnswer>;

/** Runs the function that a proxy integration names. @throws {FunctionError} when it fails. */
export type CallFunction = (integration: Integration, event: unknown) => Promise<unknown>;

/** Everything one request is answered from. */
export interface Exchange {
  readonly request: GatewayRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: RequestContext;
}
