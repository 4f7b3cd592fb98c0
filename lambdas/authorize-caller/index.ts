import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { smsCallersSchema } from '../shared/adapters/secrets/sms-callers-secret.ts';
import { authorizerDoor } from '../shared/runtime/authorizer-door.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { authorizeCaller } from './handler.ts';

const functionName = 'authorize-caller';

/** With the gateway's own minute, a token that was taken out of the secret opens nothing after two. */
const MAX_AGE_SECONDS = 60;

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const secret = secretSource({
    ...{ client: secretsClient(), now },
    secretArn: env.SMS_CALLERS_SECRET_ARN,
    schema: smsCallersSchema,
    maxAgeSeconds: MAX_AGE_SECONDS,
  });
  return {
    check: authorizeCaller({ secret, callers: env.CALLERS, apiKeyPrefix: env.API_KEY_PREFIX }),
    report: reporter(functionName),
    now,
  };
});

export const handler = authorizerDoor(functionName, parts);
