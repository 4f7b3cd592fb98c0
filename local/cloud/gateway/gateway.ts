import { headerOf, type GatewayAnswer, type GatewayRequest } from './gateway-request.ts';
import type { Admit } from './admission.ts';
import { answerFromFunction } from './function-integration.ts';
import type { CallFunction, CallService, Exchange } from './integration-backend.ts';
import { mappedValue } from './mapped-values.ts';
import { GatewayRefusal, type RefusalAnswer } from './refusal.ts';
import { requestContext, type ApiFacts } from './request-context.ts';
import { matchRoute, type Route, type RouteMatch } from './routes.ts';
import { answerFromService } from './service-integration.ts';
import type { Throttle } from './throttle.ts';
import { renderTemplate } from './velocity.ts';

export interface GatewayParts {
  readonly api: ApiFacts;
  readonly routes: readonly Route[];
  readonly throttle: Throttle;
  readonly refusalAnswer: (refusal: GatewayRefusal) => RefusalAnswer;
  readonly callService: CallService;
  readonly callFunction: CallFunction;
  readonly admit: Admit;
  /** Told of what went wrong behind an answer of 5xx, which the sender does not see. */
  readonly onFault: (fault: Error) => void;
}

/** API Gateway's limit for a request body. */
const MAXIMUM_BODY_BYTES = 10 * 1024 * 1024;

/** Answers one request as the deployed API would. Never rejects: a fault of the API's own is answered with 500. */
export async function answer(parts: GatewayParts, request: GatewayRequest): Promise<GatewayAnswer> {
  const match = matchRoute(parts.routes, request.method, request.path);
  const exchange: Exchange = {
    request,
    pathParameters: match?.pathParameters ?? {},
    context: requestContext(request, match?.route, parts.api),
  };
  try {
    return await answerMatched(parts, match, exchange);
  } catch (error) {
    const refusal = error instanceof GatewayRefusal ? error : configurationError(error);
    if (refusal.cause instanceof Error) parts.onFault(refusal.cause);
    return answerRefusal(refusal, parts.refusalAnswer(refusal), exchange);
  }
}

async function answerMatched(
  parts: GatewayParts,
  match: RouteMatch | undefined,
  exchange: Exchange,
): Promise<GatewayAnswer> {
  if (!match) throw new GatewayRefusal('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
  const { route } = match;
  const { request } = exchange;
  if (!parts.throttle(route, request.receivedAtEpochMs)) throw new GatewayRefusal('THROTTLED', 'Too Many Requests');
  if (request.body.length > MAXIMUM_BODY_BYTES) throw new GatewayRefusal('REQUEST_TOO_LARGE', 'Request Too Long');
  const admitted = { ...exchange, context: await parts.admit(route, exchange) };
  const missing = route.requiredParameters.filter((place) => mappedValue(place, exchange) === undefined);
  if (missing.length > 0)
    throw new GatewayRefusal(
      'BAD_REQUEST_PARAMETERS',
      `Missing required request parameters: [${missing.map(lastPart).join(', ')}]`,
    );
  return route.integration.Type === 'AWS_PROXY'
    ? answerFromFunction(route, admitted, parts.callFunction)
    : answerFromService(route.integration, admitted, parts.callService);
}

const lastPart = (place: string): string => place.split('.').at(-1) ?? place;

function configurationError(cause: unknown): GatewayRefusal {
  const refusal = new GatewayRefusal('API_CONFIGURATION_ERROR', 'Internal server error');
  refusal.cause = cause;
  return refusal;
}

function answerRefusal(refusal: GatewayRefusal, given: RefusalAnswer, exchange: Exchange): GatewayAnswer {
  const error = {
    message: refusal.message,
    messageString: JSON.stringify(refusal.message),
    responseType: refusal.responseType,
  };
  const { text } = renderTemplate(given.template, {
    body: exchange.request.body.toString('utf8'),
    request: exchange.request,
    pathParameters: exchange.pathParameters,
    context: { ...exchange.context, error },
  });
  const headers = Object.entries(given.headers).flatMap(([name, notation]): [string, string][] => {
    const value = mappedValue(notation, exchange);
    return value === undefined ? [] : [[name, value]];
  });
  const typed: [string, string][] =
    headerOf(headers, 'content-type') === undefined ? [['Content-Type', given.contentType]] : [];
  return {
    status: given.status,
    headers: [...typed, ...headers, ['x-amzn-ErrorType', refusal.responseType]],
    body: text,
  };
}
