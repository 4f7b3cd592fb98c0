import * as z from 'zod/mini';
import { allValues, lastValues, type GatewayAnswer, type Pairs } from './gateway-request.ts';
import type { CallFunction, Exchange } from './integration-backend.ts';
import { GatewayRefusal } from './refusal.ts';
import type { Route } from './routes.ts';

const headerValue = z.union([z.string(), z.number(), z.boolean()]);

const responseSchema = z.strictObject({
  statusCode: z.union([z.number(), z.string().check(z.regex(/^\d{3}$/))]),
  headers: z.nullish(z.record(z.string(), headerValue)),
  multiValueHeaders: z.nullish(z.record(z.string(), z.array(headerValue))),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** Answers a request by a function (type AWS_PROXY); what the function does wrong is 502, what takes too long 504. */
export async function answerFromFunction(
  route: Route,
  exchange: Exchange,
  callFunction: CallFunction,
): Promise<GatewayAnswer> {
  const response: unknown = await callFunction(route.integration, proxyEvent(route, exchange)).catch(
    (error: unknown) => {
      if (error instanceof GatewayRefusal) throw error;
      throw internalServerError(error);
    },
  );
  const read = responseSchema.safeParse(response);
  if (!read.success) throw internalServerError(read.error);
  const { statusCode, headers, multiValueHeaders, body } = read.data;
  const many = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    values.map((value) => [name, String(value)] as const),
  );
  const named = new Set(many.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {})
    .filter(([name]) => !named.has(name.toLowerCase()))
    .map(([name, value]) => [name, String(value)] as const);
  const all: Pairs = [...single, ...many];
  const typed = all.some(([name]) => name.toLowerCase() === 'content-type');
  // No binary media type is set, so a base64 body stays base64, as it would behind the deployed gateway.
  return {
    status: Number(statusCode),
    headers: typed ? all : [['Content-Type', 'application/json'], ...all],
    body: body ?? '',
  };
}

function internalServerError(cause: unknown): GatewayRefusal {
  const refusal = new GatewayRefusal('INTEGRATION_FAILURE', 'Internal server error', 502);
  refusal.cause = cause;
  return refusal;
}

const orNull = <Value extends object>(map: Value): Value | null => (Object.keys(map).length > 0 ? map : null);

/**
 * The event of a Lambda proxy integration of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html (read 2026-11)
 */
function proxyEvent(route: Route, { request, pathParameters, context }: Exchange) {
  const identity = {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    user: null,
    userArn: null,
    ...context.identity,
  };
  return {
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(request.headers),
    multiValueHeaders: allValues(request.headers),
    queryStringParameters: orNull(lastValues(request.query)),
    multiValueQueryStringParameters: orNull(allValues(request.query)),
    pathParameters: orNull(pathParameters),
    stageVariables: null,
    requestContext: { ...context, identity },
    body: request.body.length > 0 ? request.body.toString('utf8') : null,
    isBase64Encoded: false,
  };
}
