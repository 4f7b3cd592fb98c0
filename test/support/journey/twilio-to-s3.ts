import { S3Client } from '@aws-sdk/client-s3';
import { s3Archive } from '../../../lambdas/shared/adapters/s3/s3-archive.ts';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { Secret } from '../../../lambdas/shared/runtime/secret.ts';
import { startTestAws, testRegion } from '../aws/start-test-aws.ts';
import { expectOnlyCheckedRequests } from '../openapi/checked-operations.ts';
import { account, startAccount } from '../twilio/twilio-account.ts';

const credentials = { accessKeyId: 'AKIAARCHIVE', secretAccessKey: 'secret of archive' };
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export type TwilioToS3 = Awaited<ReturnType<typeof startTwilioToS3>>;

/** The way of recordings over the wire: the simulator, a versioned bucket `archive`, and the adapters of both. */
export async function startTwilioToS3() {
  const { aws, close } = await startTestAws();
  aws.addPrincipal({ name: 'archive', ...credentials });
  aws.s3.createBucket({ name: 'archive', versioning: 'enabled' });
  const s3 = new S3Client({ endpoint: aws.url, region: testRegion, credentials, logger: silent });
  const { twilio, clock } = await startAccount();
  const secret = new Secret({ apiKeySid: account.apiKeySid, apiKeySecret: account.apiKeySecret });
  const apiKey = { current: async () => secret, fresh: async () => secret };
  return {
    twilio,
    s3,
    /** What archive-recording has instead of its fakes. */
    adapters: {
      accountSid: account.accountSid,
      recordings: twilioRecordings(twilioClient({ apiKey, baseUrl: twilio.url })),
      archive: s3Archive('archive', s3),
    },
    async stop(): Promise<void> {
      await twilio.stop();
      clock.stop();
      s3.destroy();
      await close();
      expectOnlyCheckedRequests(twilio.requests());
    },
  };
}
