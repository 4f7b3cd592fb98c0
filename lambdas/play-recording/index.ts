import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { awsEnvSchema } from '../shared/adapters/s3/aws-env.ts';
import { presignedPlayback } from '../shared/adapters/s3/presigned-playback.ts';
import { linkKeys, linkKeysSchema } from '../shared/adapters/secrets/link-keys.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { httpDoor } from '../shared/runtime/http-door.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { playRecording } from './handler.ts';

const functionName = 'play-recording';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const ring = secretSource({
    client: secretsClient(),
    secretArn: env.LINK_KEYS_SECRET_ARN,
    schema: linkKeysSchema,
    now,
  });
  return {
    handle: playRecording({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      linkKeys: linkKeys(ring),
      playbackUrls: presignedPlayback({ bucketName: env.ARCHIVE_BUCKET, aws: loadEnv(awsEnvSchema), now }),
      now,
    }),
    report: reporter(functionName),
    now,
  };
});

export const handler = httpDoor(functionName, parts);
