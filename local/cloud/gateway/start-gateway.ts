import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import type { HostedFunction } from '../functions/host-functions.ts';
import type { Caller } from '../iam/invoke-permissions.ts';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { typedProperties, unused } from '../template/typed-properties.ts';
import { admission } from './admission.ts';
import { authorizersOf, type Authorizer } from './authorizers.ts';
import { answer } from './gateway.ts';
import type { GatewayServer } from './gateway-server.ts';
import type { CallFunction, CallService } from './integration-backend.ts';
import { GatewayRefusal, refusalAnswers } from './refusal.ts';
import type { ApiFacts } from './request-context.ts';
import { routesOf, type Route } from './routes.ts';
import { sqsPath } from './sqs-backend.ts';
import { apiStage, throttleOf } from './throttle.ts';
import { usagePlans } from './usage-plans.ts';

const restApiSchema = z.strictObject({
  Name: unused,
  Description: unused,
  EndpointConfiguration: unused,
  DisableExecuteApiEndpoint: unused,
  // No binary media types: bodies are text. Another value needs base64 in `function-integration.ts`.
  BinaryMediaTypes: z.optional(z.array(z.string()).check(z.maxLength(0))),
  ApiKeySourceType: z.optional(z.literal('AUTHORIZER', 'keys that callers send by themselves are not known here')),
  MinimumCompressionSize: z.optional(z.never()),
  Policy: z.optional(z.never('a policy of the API is not evaluated here')),
  SecurityPolicy: unused,
  EndpointAccessMode: unused,
  Tags: unused,
});

interface GatewayWiring {
  readonly server: GatewayServer;
  readonly clock: Clock;
  readonly place: { readonly accountId: string; readonly region: string };
  readonly functions: readonly HostedFunction[];
  readonly callService: CallService;
  readonly mayInvoke: (caller: Caller) => void;
  readonly onFault: (fault: Error) => void;
  readonly afterRequest: () => void;
}

/** The one REST API of the assembly and its stage. */
export interface Api extends ApiFacts {
  readonly stage: Resource;
  readonly rootResourceId: string;
  readonly apiKeysComeFromAuthorizers: boolean;
}

/** @throws {TemplateError} when there are several APIs or stages; one address cannot serve them. */
export function findApi(resources: readonly Resource[], place: { accountId: string; region: string }): Api | undefined {
  const [api, ...moreApis] = resources.filter(({ type }) => type === 'AWS::ApiGateway::RestApi');
  const [stage, ...moreStages] = resources.filter(({ type }) => type === 'AWS::ApiGateway::Stage');
  if (!api || !stage) return undefined;
  for (const more of [...moreApis, ...moreStages])
    throw new TemplateError(more.where, 'one API with one stage is served');
  const apiKeysComeFromAuthorizers = typedProperties(api, restApiSchema).ApiKeySourceType !== undefined;
  const ids = { apiId: api.ref(), rootResourceId: api.attribute('RootResourceId') };
  return { ...place, ...ids, stageName: stage.ref(), stage, apiKeysComeFromAuthorizers };
}

/** @throws {TemplateError} for an integration that is not known here, or a function the API may not run. */
export function startGateway(resources: readonly Resource[], api: Api, wiring: GatewayWiring): void {
  const routes = routesOf(resources, api.rootResourceId);
  for (const route of routes) checkIntegration(route, api, wiring);
  const authorizers = authorizersOf(resources);
  for (const authorizer of authorizers.values()) checkAuthorizer(authorizer, api, wiring);
  for (const route of routes) checkDoor(route, api, authorizers);
  const parts = {
    api,
    routes,
    throttle: throttleOf(apiStage(api.stage)),
    refusalAnswer: refusalAnswers(resources),
    callService: reportingRefusals(wiring),
    callFunction: callFunction(wiring),
    admit: admission({
      api,
      authorizers,
      countOnPlan: usagePlans(resources, api),
      run: (uri, event) => functionAt(uri, wiring.functions, 'API').pool.invoke(event),
    }),
    onFault: wiring.onFault,
  };
  wiring.server.serve(api.stageName, (request) => answer(parts, request), wiring.afterRequest);
}

/** The sender sees only the mapped status, so what the service said goes to the log. */
function reportingRefusals({ callService, onFault }: GatewayWiring): CallService {
  return async (integration, request) => {
    const answered = await callService(integration, request);
    if (answered.status >= 400) onFault(new Error(`${integration.Uri} answered ${answered.status}: ${answered.body}`));
    return answered;
  };
}

function checkIntegration(route: Route, api: Api, wiring: GatewayWiring): void {
  const { integration, where } = route;
  if (integration.Type === 'MOCK') return;
  if (integration.Type === 'AWS') {
    sqsPath(integration.Uri);
    return;
  }
  const path = route.resourcePath.replace(/\{[^}]+\}/g, '*');
  const sourceArn = `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}/${api.stageName}/${route.httpMethod}${path}`;
  const functionArn = functionAt(integration.Uri, wiring.functions, where).arn;
  wiring.mayInvoke({ service: 'apigateway.amazonaws.com', sourceArn, functionArn, where });
}

function checkAuthorizer({ id, uri, where }: Authorizer, api: Api, { functions, mayInvoke }: GatewayWiring): void {
  const sourceArn = `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}/authorizers/${id}`;
  const functionArn = functionAt(uri, functions, where).arn;
  mayInvoke({ service: 'apigateway.amazonaws.com', sourceArn, functionArn, where });
}

function checkDoor(route: Route, api: Api, authorizers: ReadonlyMap<string, Authorizer>): void {
  const { authorizerId, wantsApiKey, where } = route;
  if (authorizerId !== undefined && !authorizers.has(authorizerId))
    throw new TemplateError(where, 'its authorizer is not in this assembly');
  if (wantsApiKey && (authorizerId === undefined || !api.apiKeysComeFromAuthorizers))
    throw new TemplateError(where, 'wants an API key, and only an authorizer can name one here');
}

/** The function in the address that API Gateway runs it by. */
function functionAt(uri: string | undefined, functions: readonly HostedFunction[], where: string): HostedFunction {
  const arn = /\/functions\/(.+)\/invocations$/.exec(uri ?? '')?.[1];
  const found = functions.find((hosted) => hosted.arn === arn);
  if (!found) throw new TemplateError(where, `the integration's function ${arn ?? uri} is not in this assembly`);
  return found;
}

function callFunction({ functions, clock }: GatewayWiring): CallFunction {
  return (integration, event) =>
    new Promise((resolve, reject) => {
      const callOff = clock.at(clock.now() + integration.TimeoutInMillis, () =>
        reject(new GatewayRefusal('INTEGRATION_TIMEOUT', 'Endpoint request timed out')),
      );
      functionAt(integration.Uri, functions, 'API').pool.invoke(event).finally(callOff).then(resolve, reject);
    });
}
