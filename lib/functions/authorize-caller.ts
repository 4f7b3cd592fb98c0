import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/authorize-caller/env.ts';
import { BundledFunction } from '../constructs/bundled-function.ts';
import { apiKeyPrefix } from '../constructs/caller-door.ts';
import type { OutboundSmsSettings } from '../outbound-sms-settings.ts';
import { readSecrets, useDataKey } from '../permissions.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Tells the gateway whose token a request has. */
export class AuthorizeCaller extends BundledFunction {
  constructor(scope: Construct, parts: PipelineParts, { callers }: OutboundSmsSettings) {
    const { stage, stateful } = parts;
    super(scope, 'AuthorizeCaller', {
      ...commonProps(parts),
      name: 'authorize-caller',
      environment: {
        SMS_CALLERS_SECRET_ARN: stateful.smsCallersSecretArn,
        API_KEY_PREFIX: apiKeyPrefix(stage.name),
        CALLERS: JSON.stringify(callers.map(({ name }) => name)),
      } satisfies EnvVars,
      permissions: [useDataKey(scope, stateful), readSecrets(stateful.smsCallersSecretArn)],
      memorySizeMegabytes: 512,
      impact: {
        // That nobody has a token is told to the gateway by an error.
        errors: { alarmedAs: 'gateway-messages-unavailable' },
        throttles: 'Requests for messages to customers are refused at times, as nobody can say whose they are.',
      },
    });
  }
}
