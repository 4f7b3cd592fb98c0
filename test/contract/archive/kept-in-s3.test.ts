import {
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { s3ArchiveEraser } from '../../../lambdas/shared/adapters/s3/archive-eraser.ts';
import { s3ArchiveKeeping } from '../../../lambdas/shared/adapters/s3/archive-keeping.ts';
import { s3ArchiveReports } from '../../../lambdas/shared/adapters/s3/archive-reports.ts';
import { s3Archive } from '../../../lambdas/shared/adapters/s3/s3-archive.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { startTestAws, testRegion } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';
import type { ArchiveWorld } from './archive-world.ts';
import { eraserSuite } from './eraser-suite.ts';
import { keepingSuite } from './keeping-suite.ts';
import { reportsSuite } from './reports-suite.ts';

const Bucket = 'archive';
const dayMs = 86_400_000;
const credentials = { accessKeyId: 'AKIAARCHIVE', secretAccessKey: 'secret of archive' };
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('on the local S3', () => {
  let test: TestAws;
  let client: S3Client;
  let nowEpochMs: number;
  beforeEach(async () => {
    test = await startTestAws();
    nowEpochMs = Math.floor(test.clock.now() / 1000) * 1000;
    test.aws.addPrincipal({ name: 'archive', ...credentials });
    test.aws.s3.createBucket({ name: Bucket, versioning: 'enabled', objectLock: true });
    client = new S3Client({ endpoint: test.aws.url, region: testRegion, credentials, logger: quiet });
  });
  afterEach(async () => {
    client.destroy();
    await test.close();
  });

  const newWorld = async (): Promise<ArchiveWorld> => ({
    archive: s3Archive(Bucket, client),
    keeping: s3ArchiveKeeping(Bucket, client),
    eraser: s3ArchiveEraser(Bucket, client),
    reports: s3ArchiveReports(Bucket, client),
    inDays: (days) => new Date(nowEpochMs + days * dayMs),
    letPass(days) {
      nowEpochMs += days * dayMs;
      test.advance(days * 86_400);
      client.config.systemClockOffset = test.clock.offsetMs();
    },
    async tagsOf(key, VersionId) {
      const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key: key, VersionId }));
      return Object.fromEntries((TagSet ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
    },
    contentTypeOf: async (key) => (await client.send(new HeadObjectCommand({ Bucket, Key: key }))).ContentType,
    hide: async (key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key: key }))),
  });

  it('has neither lock nor hold in a bucket that has none to give, and says every other refusal', async () => {
    test.aws.s3.createBucket({ name: 'unlocked', versioning: 'enabled' });
    const { VersionId = '' } = await client.send(new PutObjectCommand({ Bucket: 'unlocked', Key: 'a', Body: 'x' }));
    const unlocked = s3ArchiveKeeping('unlocked', client);

    expect(await unlocked.lockOf('a', VersionId)).toBeUndefined();
    expect(await unlocked.isHeld('a', VersionId)).toBe(false);
    await expect(s3ArchiveKeeping(Bucket, client).lockOf('b', VersionId)).rejects.toThrow(RetryableError);
  });

  keepingSuite('the keeping in S3', newWorld);
  eraserSuite('the eraser in S3', newWorld);
  reportsSuite('the reports in S3', newWorld);
});
