import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { textMap, typedProperties } from '../template/typed-properties.ts';

/**
 * The answers that API Gateway gives by itself, with their status when the template does not say otherwise.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html (read 2026-11)
 */
const defaultStatuses = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
} as const;

export type RefusalType = keyof typeof defaultStatuses;

/** Ends a request with a gateway response instead of an integration's. */
export class GatewayRefusal extends Error {
  readonly responseType: RefusalType;
  /** The status when neither the type nor its group is set in the template. @default - the type's own */
  readonly status: number | undefined;

  constructor(responseType: RefusalType, message: string, status?: number) {
    super(message);
    this.name = 'GatewayRefusal';
    this.responseType = responseType;
    this.status = status;
  }
}

const gatewayResponseSchema = z.strictObject({
  ResponseType: z.string(),
  RestApiId: z.string(),
  StatusCode: z.optional(z.union([z.string(), z.number()])),
  ResponseParameters: z._default(textMap, {}),
  ResponseTemplates: z._default(textMap, {}),
});

export interface RefusalAnswer {
  readonly status: number;
  readonly template: string;
  readonly contentType: string;
  /** By header name, in the template's notation for values. */
  readonly headers: Readonly<Record<string, string>>;
}

const defaultTemplate = '{"message":$context.error.messageString}';

/** How each refusal is answered: as the template says of its type, else of DEFAULT_4XX or DEFAULT_5XX, else as by default. */
export function refusalAnswers(resources: readonly Resource[]): (refusal: GatewayRefusal) => RefusalAnswer {
  const given = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGateway::GatewayResponse')
      .map((resource) => typedProperties(resource, gatewayResponseSchema))
      .map((response) => [response.ResponseType, response]),
  );
  return ({ responseType, status }) => {
    const own = status ?? defaultStatuses[responseType];
    const found = given.get(responseType) ?? given.get(own < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const [contentType, template] = Object.entries(found?.ResponseTemplates ?? {})[0] ?? [
      'application/json',
      defaultTemplate,
    ];
    const headers = Object.entries(found?.ResponseParameters ?? {}).map(
      ([place, value]) => [place.replace(/^gatewayresponse\.header\./, ''), value] as const,
    );
    return { status: Number(found?.StatusCode ?? own), template, contentType, headers: Object.fromEntries(headers) };
  };
}
