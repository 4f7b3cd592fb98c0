import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { trueOrFalse, typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';
import { GatewayRefusal } from './refusal.ts';
import { tokenBuckets } from './token-bucket.ts';

const keySchema = z.strictObject({
  Name: unused,
  Description: unused,
  Value: z.string('a key whose value AWS makes up is not known here').check(z.minLength(20), z.maxLength(128)),
  // CloudFormation makes a key that may not be used unless told otherwise.
  Enabled: z._default(trueOrFalse, false),
  Tags: unused,
});

const planSchema = z.strictObject({
  UsagePlanName: unused,
  Description: unused,
  ApiStages: z._default(
    z.array(
      z.strictObject({
        ApiId: z.string(),
        Stage: z.string(),
        Throttle: z.optional(z.never('a throttle of one method is not known here')),
      }),
    ),
    [],
  ),
  Throttle: z.optional(z.strictObject({ RateLimit: wholeNumber, BurstLimit: wholeNumber })),
  Quota: z.optional(z.never('quotas are not known here')),
  Tags: unused,
});

const planKeySchema = z.strictObject({ KeyId: z.string(), KeyType: z.literal('API_KEY'), UsagePlanId: z.string() });

/** Counts a request on the plan of its key, and gives the key's id. @throws {GatewayRefusal} for a key without a plan, or when the plan has had enough. */
export type CountOnPlan = (apiKey: string | undefined, epochMs: number) => string;

interface PlanOfKey {
  readonly keyId: string;
  readonly planId: string;
  readonly throttle: z.output<typeof planSchema>['Throttle'];
}

/**
 * The usage plans of the template that are for this API and stage: a key that is in none of them opens no method that
 * wants one.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html (read 2026-11)
 */
export function usagePlans(
  resources: readonly Resource[],
  { apiId, stageName }: { readonly apiId: string; readonly stageName: string },
): CountOnPlan {
  const plans = plansByKey(resources, apiId, stageName);
  const take = tokenBuckets();
  return (apiKey, epochMs) => {
    const found = apiKey === undefined ? undefined : plans.get(apiKey);
    if (found === undefined) throw new GatewayRefusal('INVALID_API_KEY', 'Forbidden');
    const { keyId, planId, throttle } = found;
    const size = throttle && { ratePerSecond: throttle.RateLimit, burst: throttle.BurstLimit };
    // Each key of a plan has the plan's limits for itself.
    if (size !== undefined && !take(`${planId}/${keyId}`, size, epochMs))
      throw new GatewayRefusal('THROTTLED', 'Too Many Requests');
    return keyId;
  };
}

function plansByKey(resources: readonly Resource[], apiId: string, stageName: string): ReadonlyMap<string, PlanOfKey> {
  const ofType = (wanted: string) => resources.filter(({ type }) => type === wanted);
  const plans = new Map(
    ofType('AWS::ApiGateway::UsagePlan').map((resource) => [resource.ref(), typedProperties(resource, planSchema)]),
  );
  const keys = new Map(
    ofType('AWS::ApiGateway::ApiKey').map((resource) => [resource.ref(), typedProperties(resource, keySchema)]),
  );
  const wired = ofType('AWS::ApiGateway::UsagePlanKey').flatMap((resource): [string, PlanOfKey][] => {
    const { KeyId: keyId, UsagePlanId: planId } = typedProperties(resource, planKeySchema);
    const [plan, key] = [plans.get(planId), keys.get(keyId)];
    if (plan === undefined || key === undefined)
      throw new TemplateError(resource.where, 'its key or its usage plan is not in this assembly');
    const isHere = plan.ApiStages.some(({ ApiId, Stage }) => ApiId === apiId && Stage === stageName);
    return isHere && key.Enabled ? [[key.Value, { keyId, planId, throttle: plan.Throttle }]] : [];
  });
  return new Map(wired);
}
