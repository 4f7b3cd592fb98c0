import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { textMap, trueOrFalse, typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';

const statusCode = z.union([z.string(), z.number()]);

const integrationSchema = z.strictObject({
  Type: z.enum(['AWS', 'AWS_PROXY', 'MOCK']),
  IntegrationHttpMethod: z.optional(z.string()),
  Uri: z.optional(z.string()),
  Credentials: z.optional(z.string()),
  PassthroughBehavior: z._default(z.enum(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']), 'WHEN_NO_MATCH'),
  RequestTemplates: z._default(textMap, {}),
  RequestParameters: z._default(textMap, {}),
  TimeoutInMillis: z._default(wholeNumber, 29_000),
  IntegrationResponses: z._default(
    z.array(
      z.strictObject({
        StatusCode: statusCode,
        SelectionPattern: z.optional(z.string()),
        ResponseTemplates: z._default(textMap, {}),
        ResponseParameters: z._default(textMap, {}),
      }),
    ),
    [],
  ),
});

const methodSchema = z.strictObject({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  RestApiId: z.string(),
  AuthorizationType: z._default(
    z.enum(['NONE', 'CUSTOM'], 'open methods and those with an authorizer are served here'),
    'NONE',
  ),
  AuthorizerId: z.optional(z.string()),
  AuthorizationScopes: z.optional(z.never('scopes are not known here')),
  ApiKeyRequired: z._default(trueOrFalse, false),
  Integration: integrationSchema,
  MethodResponses: z._default(
    z.array(z.strictObject({ StatusCode: statusCode, ResponseParameters: unused, ResponseModels: unused })),
    [],
  ),
  RequestParameters: z._default(z.record(z.string(), trueOrFalse), {}),
  RequestValidatorId: z.optional(z.string()),
  OperationName: unused,
});

const resourceSchema = z.strictObject({ ParentId: z.string(), PathPart: z.string(), RestApiId: z.string() });

const validatorSchema = z.strictObject({
  Name: unused,
  RestApiId: z.string(),
  ValidateRequestBody: z.optional(z.literal(false, 'models of bodies are not known here')),
  ValidateRequestParameters: z.optional(trueOrFalse),
});

export type Integration = z.output<typeof integrationSchema>;
export type IntegrationResponse = Integration['IntegrationResponses'][number];

/** One method of one resource. */
export interface Route {
  readonly where: string;
  /** `ANY` for a method that serves all. */
  readonly httpMethod: string;
  readonly resourceId: string;
  /** As the template spells it: `/r/{recordingSid}`. */
  readonly resourcePath: string;
  readonly integration: Integration;
  /** Places like `method.request.header.X`, whose absence is refused; empty without a validator. */
  readonly requiredParameters: readonly string[];
  /** Whose word lets a request through; absent for a method that is open. */
  readonly authorizerId?: string;
  readonly wantsApiKey: boolean;
}

/** @throws {TemplateError} when a method's resource is not in the template, or answers with an undeclared status. */
export function routesOf(resources: readonly Resource[], rootResourceId: string): readonly Route[] {
  const paths = resourcePaths(resources, rootResourceId);
  const validators = new Set(
    resources
      .filter(({ type }) => type === 'AWS::ApiGateway::RequestValidator')
      .filter((resource) => typedProperties(resource, validatorSchema).ValidateRequestParameters)
      .map((resource) => resource.ref()),
  );
  return resources
    .filter(({ type }) => type === 'AWS::ApiGateway::Method')
    .map((resource): Route => {
      const method = typedProperties(resource, methodSchema);
      const resourcePath = paths.get(method.ResourceId);
      if (resourcePath === undefined) throw new TemplateError(resource.where, 'its resource is not in this assembly');
      const declared = new Set(method.MethodResponses.map((response) => String(response.StatusCode)));
      for (const { StatusCode } of method.Integration.IntegrationResponses)
        if (!declared.has(String(StatusCode)))
          throw new TemplateError(
            resource.where,
            `integration response ${StatusCode} is not among its method responses`,
          );
      const validated = method.RequestValidatorId !== undefined && validators.has(method.RequestValidatorId);
      const required = Object.entries(method.RequestParameters).filter(([, isRequired]) => isRequired);
      return {
        where: resource.where,
        httpMethod: method.HttpMethod,
        resourceId: method.ResourceId,
        resourcePath,
        integration: method.Integration,
        requiredParameters: validated ? required.map(([place]) => place) : [],
        ...authorizerOf(method, resource.where),
        wantsApiKey: method.ApiKeyRequired,
      };
    });
}

function authorizerOf(
  { AuthorizationType, AuthorizerId }: z.output<typeof methodSchema>,
  where: string,
): Pick<Route, 'authorizerId'> {
  if (AuthorizationType === 'NONE') return {};
  if (AuthorizerId === undefined) throw new TemplateError(where, 'wants an authorizer and names none');
  return { authorizerId: AuthorizerId };
}

function resourcePaths(resources: readonly Resource[], rootResourceId: string): ReadonlyMap<string, string> {
  const parts = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGateway::Resource')
      .map((resource) => [resource.ref(), typedProperties(resource, resourceSchema)]),
  );
  const pathOf = (id: string): string => {
    const part = parts.get(id);
    return part ? `${pathOf(part.ParentId)}/${part.PathPart}` : '';
  };
  return new Map([[rootResourceId, '/'], ...[...parts.keys()].map((id): [string, string] => [id, pathOf(id)])]);
}

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The route of a request; a fixed path part goes before a parameter, as in API Gateway, and a method before ANY. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const matches = routes
    .filter(({ httpMethod }) => httpMethod === method || httpMethod === 'ANY')
    .flatMap((route) => {
      const pathParameters = matchPath(route.resourcePath, path);
      return pathParameters ? [{ route, pathParameters }] : [];
    });
  const [best] = matches.toSorted((left, right) => generality(left.route) - generality(right.route));
  return best;
}

const generality = ({ resourcePath, httpMethod }: Route): number =>
  2 * (resourcePath.match(/\{/g)?.length ?? 0) +
  (resourcePath.includes('+}') ? 100 : 0) +
  (httpMethod === 'ANY' ? 1 : 0);

function matchPath(resourcePath: string, path: string): Record<string, string> | undefined {
  const wanted = resourcePath.split('/');
  const found = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const greedy = /^\{(\w+)\+\}$/.exec(part)?.[1];
    const value = found[index];
    if (value === undefined) return undefined;
    if (greedy) return { ...parameters, [greedy]: decoded(found.slice(index).join('/')) };
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name && value !== '') parameters[name] = decoded(value);
    else if (value !== part) return undefined;
  }
  return wanted.length === found.length ? parameters : undefined;
}

/** A `%` that begins no byte stays as it is: whoever reads the parameter says what is wrong with it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
