import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { HeadObjectCommand, type ChecksumAlgorithm } from '@aws-sdk/client-s3';
import { bucket, makeBucket, put } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

/** Check values of "123456789": reveng.sourceforge.io/crc-catalogue for the CRCs, sha1sum and sha256sum for the others. */
const known: readonly (readonly [ChecksumAlgorithm, string])[] = [
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
];

describe('checksums in the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
  });
  afterAll(() => test.close());

  const stored = async (key: string, algorithm: ChecksumAlgorithm): Promise<string> => {
    const head = await test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
    const value = {
      CRC32: head.ChecksumCRC32,
      CRC32C: head.ChecksumCRC32C,
      CRC64NVME: head.ChecksumCRC64NVME,
      SHA1: head.ChecksumSHA1,
      SHA256: head.ChecksumSHA256,
    }[String(algorithm)];
    return Buffer.from(value ?? '', 'base64').toString('hex');
  };

  it.each(known)('keeps the %s of a buffer', async (algorithm, hex) => {
    await put(test.s3, `buffer/${algorithm}`, '123456789', { ChecksumAlgorithm: algorithm });

    expect(await stored(`buffer/${algorithm}`, algorithm)).toBe(hex);
  });

  it.each(known)('checks and keeps the %s that trails a stream', async (algorithm, hex) => {
    await put(test.s3, `stream/${algorithm}`, Readable.from(['1234', '56789'].map((text) => Buffer.from(text))), {
      ContentLength: 9,
      ChecksumAlgorithm: algorithm,
    });

    expect(await stored(`stream/${algorithm}`, algorithm)).toBe(hex);
  });

  it.each([
    ['ChecksumCRC32', 'AAAAAA=='],
    ['ChecksumCRC32C', 'AAAAAA=='],
    ['ChecksumCRC64NVME', 'AAAAAAAAAAA='],
    ['ChecksumSHA256', createHash('sha256').update('other').digest('base64')],
  ])('refuses a body whose %s is another, and keeps nothing', async (field, value) => {
    expect(await refusal(put(test.s3, 'wrong', '123456789', { [field]: value }))).toMatchObject({
      name: 'BadDigest',
      status: 400,
    });
    expect(await refusal(test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'wrong' })))).toMatchObject({
      status: 404,
    });
  });

  it('refuses a body whose Content-MD5 is another', async () => {
    const md5 = createHash('md5').update('other').digest('base64');

    expect(await refusal(put(test.s3, 'wrong', '123456789', { ContentMD5: md5 }))).toMatchObject({ name: 'BadDigest' });
    expect(await refusal(put(test.s3, 'wrong', '123456789', { ContentMD5: 'short' }))).toMatchObject({
      name: 'InvalidDigest',
    });
  });
});
