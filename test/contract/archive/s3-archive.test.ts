import { S3Client } from '@aws-sdk/client-s3';
import { s3Archive } from '../../../lambdas/shared/adapters/s3/s3-archive.ts';
import { startTestAws, testRegion } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';
import { archiveSuite } from './archive-suite.ts';

const credentials = { accessKeyId: 'AKIAARCHIVE', secretAccessKey: 'secret of archive' };
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('on the local S3', () => {
  let test: TestAws;
  let client: S3Client;
  beforeEach(async () => {
    test = await startTestAws();
    test.aws.addPrincipal({ name: 'archive', ...credentials });
    test.aws.s3.createBucket({ name: 'archive', versioning: 'enabled' });
    client = new S3Client({ endpoint: test.aws.url, region: testRegion, credentials, logger: quiet });
  });
  afterEach(async () => {
    client.destroy();
    await test.close();
  });

  archiveSuite('the archive in S3', async () => s3Archive('archive', client));
});
