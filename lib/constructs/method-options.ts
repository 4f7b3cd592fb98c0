import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import type { MethodDeploymentOptions } from 'aws-cdk-lib/aws-apigateway';
import type { Stage } from '../stage-settings.ts';
import { eventRoutesOf, functionRoutesOf, healthPath } from './gateway-routes.ts';

/** Execution logs and data traces would write bodies, headers and whole URLs: link keys, tokens, signatures, phone numbers. */
export const noExecutionLog = { loggingLevel: MethodLoggingLevel.OFF, dataTraceEnabled: false };

/** What each method takes before it answers 429; the key is the path with its method. */
export function methodOptions(stage: Stage): Record<string, MethodDeploymentOptions> {
  const routes = [
    ...eventRoutesOf(stage).map((route) => ({ ...route, methods: ['POST', ...route.probes] })),
    ...functionRoutesOf(stage),
    { path: healthPath, methods: ['GET'], throttle: 'health' as const },
  ];
  return Object.fromEntries(
    routes.flatMap((route) =>
      route.methods.map((method) => {
        const { ratePerSecond, burst } = stage.throttles[route.throttle];
        return [
          `/${route.path}/${method}`,
          { ...noExecutionLog, throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst },
        ];
      }),
    ),
  );
}
