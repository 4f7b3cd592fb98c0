import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

const fiveMiB = 5 * 1024 * 1024;

describe('multipart uploads in the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
  });
  afterAll(() => test.close());

  const begin = async (key: string, more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> =>
    (await test.s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...more }))).UploadId ?? '';
  const part = async (key: string, uploadId: string, number: number, body: Buffer, more = {}) => {
    const { ETag } = await test.s3.send(
      new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: number, Body: body, ...more }),
    );
    return { PartNumber: number, ETag };
  };
  const complete = (
    key: string,
    uploadId: string,
    parts: readonly { PartNumber: number; ETag: string | undefined }[],
    more = {},
  ) =>
    test.s3.send(
      new CompleteMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        UploadId: uploadId,
        MultipartUpload: { Parts: [...parts] },
        ...more,
      }),
    );

  it('makes one object of a stream of unknown length, in parts', async () => {
    const bytes = Buffer.alloc(2 * fiveMiB + 1000, 'a pattern whose length is no power of two. ');
    const body = Readable.from([bytes.subarray(0, 3_000_000), bytes.subarray(3_000_000)]);

    await new Upload({
      client: test.s3,
      params: { Bucket: bucket, Key: 'streamed', Body: body, Metadata: { a: 'b' } },
    }).done();

    const found = await test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'streamed' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    expect(found.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect(found.Metadata).toEqual({ a: 'b' });
  });

  it('reads a range that begins in one part and ends in the next', async () => {
    const uploadId = await begin('across');
    const parts = [
      await part('across', uploadId, 1, Buffer.alloc(fiveMiB, 'a')),
      await part('across', uploadId, 2, Buffer.from('bcd')),
    ];
    await complete('across', uploadId, parts);

    const range = `bytes=${fiveMiB - 2}-${fiveMiB + 1}`;
    const found = await test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'across', Range: range }));
    expect(await found.Body?.transformToString()).toBe('aabc');
  });

  it('keeps the CRC64NVME of the whole object, as if it had come in one piece', async () => {
    const [head, tail] = [Buffer.alloc(fiveMiB, 'x'), Buffer.from('123456789')];
    const algorithm = { ChecksumAlgorithm: 'CRC64NVME' } as const;
    const uploadId = await begin('whole', algorithm);
    const parts = [
      await part('whole', uploadId, 1, head, algorithm),
      await part('whole', uploadId, 2, tail, algorithm),
    ];
    await complete('whole', uploadId, parts);
    await put(test.s3, 'single', Buffer.concat([head, tail]), algorithm);

    const [whole, single] = await Promise.all(
      ['whole', 'single'].map((key) =>
        test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })),
      ),
    );
    expect(whole?.ChecksumType).toBe('FULL_OBJECT');
    expect(whole?.ChecksumCRC64NVME).toBe(single?.ChecksumCRC64NVME);
  });

  it('completes with If-None-Match only where nothing lies', async () => {
    const uploadId = await begin('created');
    const parts = [await part('created', uploadId, 1, Buffer.from('from parts'))];
    await put(test.s3, 'created', 'was first');

    expect(await refusal(complete('created', uploadId, parts, { IfNoneMatch: '*' }))).toMatchObject({ status: 412 });
    expect(await readText(test.s3, 'created')).toBe('was first');
  });

  it('lists parts and uploads, and forgets both when the upload is given up', async () => {
    const uploadId = await begin('given-up');
    await part('given-up', uploadId, 1, Buffer.from('one'));
    const listed = await test.s3.send(new ListPartsCommand({ Bucket: bucket, Key: 'given-up', UploadId: uploadId }));
    const uploads = async () =>
      (await test.s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: 'given-up' }))).Uploads ?? [];
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([[1, 3]]);
    expect(await uploads()).toHaveLength(1);

    await test.s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: 'given-up', UploadId: uploadId }));

    expect(await uploads()).toHaveLength(0);
    expect(await refusal(part('given-up', uploadId, 2, Buffer.from('two')))).toMatchObject({
      name: 'NoSuchUpload',
      status: 404,
    });
  });

  it('refuses parts that are missing, out of order or too small', async () => {
    const uploadId = await begin('strict');
    const [one, two] = [
      await part('strict', uploadId, 1, Buffer.from('small')),
      await part('strict', uploadId, 2, Buffer.from('small too')),
    ];

    expect(await refusal(complete('strict', uploadId, [{ PartNumber: 3, ETag: one.ETag }]))).toMatchObject({
      name: 'InvalidPart',
    });
    expect(await refusal(complete('strict', uploadId, [two, one]))).toMatchObject({ name: 'InvalidPartOrder' });
    expect(await refusal(complete('strict', uploadId, [one, two]))).toMatchObject({ name: 'EntityTooSmall' });
  });
});
