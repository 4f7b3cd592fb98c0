import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';
import type { Route } from './routes.ts';
import { tokenBuckets } from './token-bucket.ts';

/** Whether a request may pass now; `epochMs` is the run's clock. */
export type Throttle = (route: Route, epochMs: number) => boolean;

const stageSchema = z.strictObject({
  StageName: z.string(),
  RestApiId: z.string(),
  DeploymentId: z.string(),
  MethodSettings: z._default(
    z.array(
      z.strictObject({
        HttpMethod: z.string(),
        ResourcePath: z.string(),
        ThrottlingRateLimit: z.optional(wholeNumber),
        ThrottlingBurstLimit: z.optional(wholeNumber),
        CachingEnabled: z.optional(z.literal(false, 'no cache is known here')),
        DataTraceEnabled: unused,
        LoggingLevel: unused,
        MetricsEnabled: unused,
      }),
    ),
    [],
  ),
  AccessLogSetting: unused,
  Description: unused,
  Tags: unused,
  TracingEnabled: unused,
});

export type ApiStage = z.output<typeof stageSchema>;
type MethodSetting = ApiStage['MethodSettings'][number];

export const apiStage = (resource: Resource): ApiStage => typedProperties(resource, stageSchema);

/** `/~1twilio~1task-events` is how a method setting spells `/twilio/task-events`. */
const settingPath = (path: string): string => path.replace(/^\//, '').replaceAll('~1', '/');

function settingOf(stage: ApiStage, route: Route): MethodSetting | undefined {
  const fits = (setting: MethodSetting): boolean =>
    (setting.HttpMethod === '*' || setting.HttpMethod === route.httpMethod) &&
    ['*', route.resourcePath].includes(settingPath(setting.ResourcePath));
  const fitting = stage.MethodSettings.filter(fits);
  return fitting.find(({ ResourcePath }) => settingPath(ResourcePath) !== '*') ?? fitting[0];
}

/** The account's own limits where the template sets none. */
const accountLimit = { ratePerSecond: 10_000, burst: 5_000 };

/** A token bucket for each method. */
export function throttleOf(stage: ApiStage): Throttle {
  const take = tokenBuckets();
  return (route, epochMs) => {
    const setting = settingOf(stage, route);
    const ratePerSecond = setting?.ThrottlingRateLimit ?? accountLimit.ratePerSecond;
    const burst = setting?.ThrottlingBurstLimit ?? accountLimit.burst;
    return take(`${route.httpMethod} ${route.resourcePath}`, { ratePerSecond, burst }, epochMs);
  };
}
