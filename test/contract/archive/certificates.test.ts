import { S3Client } from '@aws-sdk/client-s3';
import { s3Certificates } from '../../../lambdas/shared/adapters/s3/certificates.ts';
import type { Certificates } from '../../../lambdas/shared/ports/certificates.ts';
import { startTestAws, testRegion } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';
import { inMemoryCertificates } from '../../support/fakes/in-memory-certificates.ts';

/** What all certificates promise: kept as they were put, the last one counts. */
function certificatesSuite(name: string, empty: () => Promise<Certificates>): void {
  describe(`${name}`, () => {
    it('have none of an erasure that has not rested yet', async () => {
      const certificates = await empty();
      await certificates.put('er-1', '{"v":1}');

      expect(await certificates.read('er-2')).toBeUndefined();
    });

    it('give back what was put last, word for word', async () => {
      const certificates = await empty();
      await certificates.put('er-1', '{"v":1}');
      await certificates.put('er-1', '{\n  "v": 1,\n  "why": "Ärger “DSR”"\n}');

      expect(await certificates.read('er-1')).toBe('{\n  "v": 1,\n  "why": "Ärger “DSR”"\n}');
    });
  });
}

certificatesSuite('certificates in memory', async () => inMemoryCertificates());

describe('on the local S3', () => {
  const credentials = { accessKeyId: 'AKIAARCHIVE', secretAccessKey: 'secret of archive' };
  let test: TestAws;
  let client: S3Client;
  beforeEach(async () => {
    test = await startTestAws();
    test.aws.addPrincipal({ name: 'archive', ...credentials });
    test.aws.s3.createBucket({ name: 'archive', versioning: 'enabled' });
    client = new S3Client({ endpoint: test.aws.url, region: testRegion, credentials });
  });
  afterEach(async () => {
    client.destroy();
    await test.close();
  });

  certificatesSuite('certificates in S3', async () => s3Certificates('archive', client));

  it('lie under erasures/, where no rule of retention lets them go', async () => {
    await s3Certificates('archive', client).put('er-1', '{"v":1}');

    expect(test.aws.s3.objects('archive').map(({ key }) => key)).toEqual(['erasures/er-1.json']);
  });

  it('of a bucket that is not there are no missing certificates', async () => {
    await expect(s3Certificates('no-such-bucket', client).read('er-1')).rejects.toMatchObject({
      reason: 'archive-refused',
    });
  });
});
