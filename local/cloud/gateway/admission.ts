import type { Authorizer } from './authorizers.ts';
import type { Exchange } from './integration-backend.ts';
import type { ApiFacts, RequestContext } from './request-context.ts';
import type { Route } from './routes.ts';
import type { CountOnPlan } from './usage-plans.ts';

/**
 * Has a request looked at by its method's authorizer, then counted on the usage plan of its key, and gives the context with
 * what was learnt. A method without either is open.
 *
 * The key is the one that the authorizer names (`ApiKeySourceType` AUTHORIZER); one that the sender sends means nothing.
 * AWS does not document whether a method's own throttle comes before its authorizer; here it does.
 *
 * The returned function throws a `GatewayRefusal` for a request that is not let through.
 */
export function admission(parts: AdmissionParts): Admit {
  return async (route, { request, context }) => {
    const authorizer = route.authorizerId === undefined ? undefined : parts.authorizers.get(route.authorizerId);
    const authorized = await authorizer?.authorize(request, methodArn(parts.api, request), parts.run);
    const known = authorized === undefined ? context : { ...context, authorizer: authorized.context };
    if (!route.wantsApiKey) return known;
    const apiKeyId = parts.countOnPlan(authorized?.apiKey, request.receivedAtEpochMs);
    const apiKey = authorized?.apiKey ?? '';
    return { ...known, identity: { ...context.identity, apiKey, apiKeyId } };
  };
}

export type Admit = (route: Route, exchange: Exchange) => Promise<RequestContext>;

interface AdmissionParts {
  readonly api: ApiFacts;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly countOnPlan: CountOnPlan;
  /** Runs an authorizer's function. */
  readonly run: Parameters<Authorizer['authorize']>[2];
}

function methodArn({ region, accountId, apiId, stageName }: ApiFacts, { method, path }: Exchange['request']): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stageName}/${method}${path}`;
}
