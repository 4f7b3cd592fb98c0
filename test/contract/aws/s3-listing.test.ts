import { ListObjectsV2Command, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('listing in the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
    const keys = Array.from({ length: 12 }, (_, at) => `day/${String(at).padStart(2, '0')}.wav`);
    await Promise.all([...keys, 'day/sub/1', 'day/sub/2', 'other'].map((key) => put(test.s3, key, key)));
  });
  afterAll(() => test.close());

  it('names every key under a prefix once, over pages, with folders folded', async () => {
    const pages = paginateListObjectsV2(
      { client: test.s3, pageSize: 5 },
      { Bucket: bucket, Prefix: 'day/', Delimiter: '/' },
    );
    const keys: (string | undefined)[] = [];
    const folders: (string | undefined)[] = [];
    for await (const page of pages) {
      expect(page.KeyCount).toBeLessThanOrEqual(5);
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
      folders.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    }

    expect(keys).toHaveLength(12);
    expect(new Set(keys).size).toBe(12);
    expect(folders).toEqual(['day/sub/']);
  });

  it('begins after a key', async () => {
    const page = await test.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'day/', StartAfter: 'day/10.wav' }),
    );

    expect(page.Contents?.map(({ Key }) => Key)).toEqual(['day/11.wav', 'day/sub/1', 'day/sub/2']);
    expect(page.Contents?.[0]).toMatchObject({ Size: 10, StorageClass: 'STANDARD' });
  });

  it('keeps awkward keys apart, and in the order of their UTF-8 bytes', async () => {
    // U+FF5E comes before U+1F600 in UTF-8, after it in UTF-16.
    const keys = ['k/100%', 'k/a b', 'k/a&b<c>', 'k/a+b', "k/q'(x)!*~", 'k/ünï', 'k/\uff5e', 'k/\u{1f600}'];
    await Promise.all(keys.map((key) => put(test.s3, key, `body of ${key}`)));

    const page = await test.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'k/' }));
    expect(page.Contents?.map(({ Key }) => Key)).toEqual(keys);
    expect(await Promise.all(keys.map((key) => readText(test.s3, key)))).toEqual(keys.map((key) => `body of ${key}`));
  });

  it('gives the same list to who runs the stand-in', () => {
    expect(test.aws.s3.objects(bucket, 'day/sub/').map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([
      ['day/sub/1', 9],
      ['day/sub/2', 9],
    ]);
  });
});
