import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('objects in the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
  });
  afterAll(() => test.close());

  it('gives back the bytes of a buffer, whose ETag is their MD5', async () => {
    const written = await put(test.s3, 'buffer', 'hello world');

    // md5sum of "hello world"
    expect(written.ETag).toBe('"5eb63bbbe01eeed093cb22bb8f5acdc3"');
    expect(await readText(test.s3, 'buffer')).toBe('hello world');
  });

  it('takes the aws-chunked coding off a streamed body and keeps the real coding', async () => {
    const zipped = gzipSync('a text that was zipped by the client');

    await put(test.s3, 'stream', Readable.from([zipped.subarray(0, 7), zipped.subarray(7)]), {
      ContentLength: zipped.length,
      ContentEncoding: 'gzip',
    });

    const found = await test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'stream' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(zipped)).toBe(true);
    expect(found.ContentEncoding).toBe('gzip');
  });

  it('carries eight megabytes both ways unchanged', async () => {
    const bytes = Buffer.alloc(8 * 1024 * 1024, 'a pattern whose length is no power of two. ');

    await put(test.s3, 'large', Readable.from([bytes]), { ContentLength: bytes.length });

    const found = await test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'large' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  });

  it('keeps metadata and headers', async () => {
    await put(test.s3, 'meta', 'm', {
      ContentType: 'audio/x-wav',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="a.wav"',
      Metadata: { 'recording-sid': 'RE1', sha256: 'abc' },
    });

    const head = await test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'meta' }));
    expect(head).toMatchObject({
      ContentType: 'audio/x-wav',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="a.wav"',
      ContentLength: 1,
      AcceptRanges: 'bytes',
      Metadata: { 'recording-sid': 'RE1', sha256: 'abc' },
    });
  });

  it('dates an object by the clock', async () => {
    test.advance(86_400);
    const before = test.clock.now();
    await put(test.s3, 'dated', 'd');

    const head = await test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'dated' }));
    const seconds = (head.LastModified?.getTime() ?? 0) / 1000 - Math.floor(before / 1000);
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThan(60);
  });

  it.each([
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
  ])('answers the range %s', async (range, text, contentRange) => {
    await put(test.s3, 'digits', '0123456789');

    const part = await test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'digits', Range: range }));
    expect(await part.Body?.transformToString()).toBe(text);
    expect(part.ContentRange).toBe(contentRange);
    expect(part.$metadata.httpStatusCode).toBe(206);
  });

  it('refuses a range that begins after the end', async () => {
    await put(test.s3, 'digits', '0123456789');

    const refused = await refusal(
      test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'digits', Range: 'bytes=10-' })),
    );
    expect(refused).toMatchObject({ name: 'InvalidRange', status: 416 });
  });

  it('says 304 when what the reader has is still current', async () => {
    const { ETag } = await put(test.s3, 'cached', 'c');

    const refused = await refusal(
      test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'cached', IfNoneMatch: ETag })),
    );
    expect(refused.status).toBe(304);
  });

  it('keeps tags from the header, replaces and deletes them', async () => {
    await put(test.s3, 'tagged', 't', { Tagging: 'retention=7y&class=a%20b' });
    const tags = async () =>
      (await test.s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'tagged' }))).TagSet;
    expect(await tags()).toEqual([
      { Key: 'retention', Value: '7y' },
      { Key: 'class', Value: 'a b' },
    ]);

    await test.s3.send(
      new PutObjectTaggingCommand({
        Bucket: bucket,
        Key: 'tagged',
        Tagging: { TagSet: [{ Key: 'hold', Value: 'yes' }] },
      }),
    );
    expect(await tags()).toEqual([{ Key: 'hold', Value: 'yes' }]);

    await test.s3.send(new DeleteObjectTaggingCommand({ Bucket: bucket, Key: 'tagged' }));
    expect(await tags()).toEqual([]);
  });

  it('copies with metadata, and the copy outlives its source', async () => {
    await put(test.s3, 'source', 'copied text', { Metadata: { origin: 'first' } });

    await test.s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'copy of it', CopySource: `${bucket}/source` }));
    await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'source' }));

    expect(await readText(test.s3, 'copy of it')).toBe('copied text');
    const head = await test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'copy of it' }));
    expect(head.Metadata).toEqual({ origin: 'first' });
  });

  it('deletes many at once, and a key that is not there too', async () => {
    await put(test.s3, 'many/1', '1');

    const deleted = await test.s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: 'many/1' }, { Key: 'many/2' }] } }),
    );
    expect(deleted.Deleted?.map(({ Key }) => Key)).toEqual(['many/1', 'many/2']);
    expect(await refusal(readText(test.s3, 'many/1'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  });

  it('names what is missing: key, object of a HEAD, bucket', async () => {
    const head = () => test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'nothing' }));
    const elsewhere = () => test.s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'x' }));

    expect(await refusal(readText(test.s3, 'nothing'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect(await refusal(head())).toMatchObject({ name: 'NotFound', status: 404 });
    expect(await refusal(elsewhere())).toMatchObject({ name: 'NoSuchBucket', status: 404 });
  });

  it('refuses what it does not offer instead of taking it for something else', async () => {
    const locked = put(test.s3, 'locked', 'l', { ObjectLockLegalHoldStatus: 'ON' });

    expect(await refusal(locked)).toMatchObject({ name: 'NotImplemented', status: 501 });
  });

  it('lists the buckets', async () => {
    const { Buckets } = await test.s3.send(new ListBucketsCommand({}));

    expect(Buckets?.map(({ Name }) => Name)).toEqual([bucket]);
  });
});
