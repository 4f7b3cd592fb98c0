import { lastValues, mediaTypeOf, type GatewayAnswer } from './gateway-request.ts';
import type { BackendAnswer, CallService, Exchange } from './integration-backend.ts';
import { mappedValue } from './mapped-values.ts';
import { GatewayRefusal } from './refusal.ts';
import type { Integration, IntegrationResponse } from './routes.ts';
import { renderTemplate, type Rendered } from './velocity.ts';

/** Answers a request from an AWS service (type AWS) or from nothing at all (type MOCK), by the method's templates. */
export async function answerFromService(
  integration: Integration,
  exchange: Exchange,
  callService: CallService,
): Promise<GatewayAnswer> {
  const text = exchange.request.body.toString('utf8');
  const template = chooseTemplate(integration, mediaTypeOf(exchange.request));
  const body = template === undefined ? text : render(template, text, exchange).text;
  const backend =
    integration.Type === 'MOCK'
      ? mockAnswer(body)
      : await callService(integration, { headers: integrationHeaders(integration, exchange), body });
  const response = chooseResponse(integration.IntegrationResponses, backend.status);
  return mapResponse(response, backend, exchange);
}

/**
 * The template for a media type; `undefined` passes the body through unchanged.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html (read 2026-11)
 */
function chooseTemplate(integration: Integration, mediaType: string): string | undefined {
  const { RequestTemplates: templates, PassthroughBehavior: passthrough } = integration;
  const found = Object.entries(templates).find(([key]) => key.toLowerCase() === mediaType);
  if (found) return found[1];
  const passes =
    passthrough === 'WHEN_NO_MATCH' || (passthrough === 'WHEN_NO_TEMPLATES' && Object.keys(templates).length === 0);
  if (passes) return undefined;
  throw new GatewayRefusal('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
}

function render(template: string, body: string, { request, pathParameters, context }: Exchange): Rendered {
  return renderTemplate(template, { body, request, pathParameters, context });
}

function integrationHeaders(integration: Integration, exchange: Exchange): Readonly<Record<string, string>> {
  const headers = Object.entries(integration.RequestParameters).flatMap(([place, notation]) => {
    const name = /^integration\.request\.header\.(.+)$/.exec(place)?.[1];
    if (name === undefined) throw new Error(`the integration parameter ${place} is not known here`);
    const value = mappedValue(notation, exchange);
    return value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  return Object.fromEntries(headers);
}

/** A mock integration answers with the status that its request template names. */
function mockAnswer(rendered: string): BackendAnswer {
  const status = /"?statusCode"?\s*:\s*"?(\d{3})/.exec(rendered)?.[1];
  if (status === undefined) throw new GatewayRefusal('API_CONFIGURATION_ERROR', 'Internal server error');
  return { status: Number(status), body: '', headers: {} };
}

/** The first response whose pattern fits the whole status, else the one without a pattern. */
function chooseResponse(responses: readonly IntegrationResponse[], status: number): IntegrationResponse {
  const chosen =
    responses.find(({ SelectionPattern: pattern }) => pattern && new RegExp(`^(?:${pattern})$`).test(String(status))) ??
    responses.find(({ SelectionPattern: pattern }) => !pattern);
  if (!chosen) throw new GatewayRefusal('API_CONFIGURATION_ERROR', 'Internal server error');
  return chosen;
}

function mapResponse(response: IntegrationResponse, backend: BackendAnswer, exchange: Exchange): GatewayAnswer {
  const [contentType, template] = Object.entries(response.ResponseTemplates)[0] ?? ['application/json', ''];
  // An empty template is the same as none: API Gateway hands the service's own answer on.
  const rendered = template === '' ? undefined : render(template, backend.body, exchange);
  const mapped = Object.entries(response.ResponseParameters).flatMap(([place, notation]): [string, string][] => {
    const value = mappedValue(notation, exchange, backend);
    return value === undefined ? [] : [[place.replace(/^method\.response\.header\./, ''), value]];
  });
  const overriding = Object.entries(rendered?.override.header ?? {}).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const headers = lastValues([['Content-Type', contentType], ...mapped, ...overriding]);
  return {
    status: Number(rendered?.override.status ?? response.StatusCode),
    headers: Object.entries(headers),
    body: rendered?.text ?? backend.body,
  };
}
