import type * as z from 'zod/mini';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { awsEnvSchema } from '../shared/adapters/s3/aws-env.ts';
import { presignedPlayback } from '../shared/adapters/s3/presigned-playback.ts';
import { linkKeys, linkKeysSchema } from '../shared/adapters/secrets/link-keys.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { twilioFlexTokens } from '../shared/adapters/twilio/flex-tokens.ts';
import { rememberedFlexTokens } from '../shared/adapters/twilio/remembered-flex-tokens.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { accountSid } from '../shared/domain/sids.ts';
import { httpDoor } from '../shared/runtime/http-door.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { playRecording } from './handler.ts';
import type { FlexPlayer } from './handler.ts';

const functionName = 'play-recording';

/** Far more than listen at the same time through one container; of a forged token nothing is remembered. */
const MOST_TOKENS = 1_000;

const now = (): Date => new Date();

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const client = secretsClient();
  const ring = secretSource({ client, secretArn: env.LINK_KEYS_SECRET_ARN, schema: linkKeysSchema, now });
  const report = reporter(functionName);
  return {
    handle: playRecording({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      linkKeys: linkKeys(ring),
      playbackUrls: presignedPlayback({ bucketName: env.ARCHIVE_BUCKET, aws: loadEnv(awsEnvSchema), now }),
      flexPlayer: flexPlayer(env, client),
      meter: report,
      now,
    }),
    report,
    now,
  };
});

function flexPlayer(env: z.output<typeof envSchema>, client: ReturnType<typeof secretsClient>): FlexPlayer | undefined {
  const { FLEX_PLAYER: settings, TWILIO_SECRET_ARN: secretArn } = env;
  if (settings === undefined || secretArn === undefined) return undefined;
  const { cacheSeconds, origins, roles } = settings;
  const apiKey = secretSource({ client, secretArn, schema: twilioSecretSchema, now });
  const asked = twilioFlexTokens(twilioClient({ apiKey, baseUrl: env.TWILIO_URL }), accountSid(env.ACCOUNT_SID));
  return { origins, roles, tokens: rememberedFlexTokens(asked, { cacheSeconds, mostTokens: MOST_TOKENS, now }) };
}

export const handler = httpDoor(functionName, parts);
