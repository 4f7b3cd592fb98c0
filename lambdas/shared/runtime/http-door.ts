import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { HttpContext, HttpRequest, HttpResponse } from '../ports/http.ts';
import type { EventIds } from '../ports/message-context.ts';
import { describeError } from './describe-error.ts';
import type { ErrorDescription } from './describe-error.ts';
import { lineWriter } from './log.ts';
import type { Reporter } from './reporter.ts';

export interface HttpParts {
  readonly handle: (request: HttpRequest, context: HttpContext) => Promise<HttpResponse>;
  readonly report: Pick<Reporter, 'answered'>;
  readonly now: () => Date;
}

/** What is answered when something was thrown; it must not throw itself. */
export type WhenFailed = (error: unknown, requestId: string) => HttpResponse;

const COME_AGAIN_SECONDS = 5;

/**
 * The Lambda handler of a gateway route (REST proxy).
 *
 * Whatever goes wrong unforeseen, the parts that cannot be built included, is answered as `failed` says, 503 with
 * `Retry-After` unless told otherwise, and logged: to the caller a fault of ours is "come again", never a 500 with words
 * in it. It never rejects.
 */
export function httpDoor(
  functionName: string,
  parts: () => Promise<HttpParts>,
  failed: WhenFailed = () => comeAgain,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  return async (event) => {
    const { requestContext } = event;
    const requestId = requestContext.extendedRequestId ?? requestContext.requestId;
    const whenFailed = (error: unknown): HttpResponse => failed(error, requestId);
    const built = await parts().then(
      (has) => ({ has }),
      (error: unknown) => {
        lineWriter(functionName).notBuilt(describeError(error));
        return { response: whenFailed(error) };
      },
    );
    return proxyResult('response' in built ? built.response : await answer(event, requestId, built.has, whenFailed));
  };
}

async function answer(
  event: APIGatewayProxyEvent,
  requestId: string,
  has: HttpParts,
  whenFailed: (error: unknown) => HttpResponse,
): Promise<HttpResponse> {
  const startedAt = has.now();
  let ids: EventIds = {};
  const note = (more: EventIds): void => {
    ids = { ...ids, ...more };
  };
  const { response, error } = await respond(
    () => has.handle(httpRequest(event), { requestId, ...caller(event), note }),
    whenFailed,
  );
  has.report.answered({
    requestId,
    method: event.httpMethod,
    status: response.status,
    ...(response.reason !== undefined && { reason: response.reason }),
    tookMs: has.now().getTime() - startedAt.getTime(),
    ids,
    error,
  });
  return response;
}

async function respond(
  handle: () => Promise<HttpResponse>,
  whenFailed: (error: unknown) => HttpResponse,
): Promise<{ response: HttpResponse; error?: ErrorDescription }> {
  try {
    return { response: await handle() };
  } catch (error) {
    return { response: whenFailed(error), error: describeError(error) };
  }
}

const comeAgain: HttpResponse = {
  status: 503,
  headers: {
    'Retry-After': String(COME_AGAIN_SECONDS),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    // Without it a player on another origin sees a broken network instead of "come again".
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Retry-After',
  },
  body: '',
};

function httpRequest(event: APIGatewayProxyEvent): HttpRequest {
  return {
    method: event.httpMethod.toUpperCase(),
    pathParams: present(event.pathParameters),
    query: present(event.queryStringParameters),
    headers: Object.fromEntries(
      Object.entries(present(event.headers)).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('utf8'),
  };
}

/** What the authorizer put into its context. (docs.aws.amazon.com/apigateway, "Use API Gateway Lambda authorizers", read 2026-11) */
function caller({ requestContext }: APIGatewayProxyEvent): { readonly caller?: string } {
  const said: unknown = requestContext.authorizer?.['caller'];
  return typeof said === 'string' && said !== '' ? { caller: said } : {};
}

/** The gateway writes null where there is nothing. */
function present(values: Readonly<Record<string, string | undefined>> | null): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function proxyResult(response: HttpResponse): APIGatewayProxyResult {
  return { statusCode: response.status, headers: { ...response.headers }, body: response.body, isBase64Encoded: false };
}
