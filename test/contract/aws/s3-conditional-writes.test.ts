import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('conditional writes in the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
  });
  afterAll(() => test.close());

  it('creates with If-None-Match once, and leaves what lies there alone', async () => {
    await put(test.s3, 'once', 'first', { IfNoneMatch: '*' });

    expect(await refusal(put(test.s3, 'once', 'second', { IfNoneMatch: '*' }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
    expect(await readText(test.s3, 'once')).toBe('first');
  });

  it('lets exactly one of twenty parallel creations through', async () => {
    const bodies = Array.from({ length: 20 }, (_, at) => `writer ${at} `.repeat(2000));
    const settled = await Promise.allSettled(bodies.map((body) => put(test.s3, 'race', body, { IfNoneMatch: '*' })));

    const winner = settled.findIndex(({ status }) => status === 'fulfilled');
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readText(test.s3, 'race')).toBe(bodies[winner]);
  });

  it('replaces with If-Match only what the writer has seen', async () => {
    const { ETag } = await put(test.s3, 'swap', 'one');
    await put(test.s3, 'swap', 'two', { IfMatch: ETag });

    expect(await refusal(put(test.s3, 'swap', 'three', { IfMatch: ETag }))).toMatchObject({ status: 412 });
    expect(await refusal(put(test.s3, 'never', 'x', { IfMatch: ETag }))).toMatchObject({
      name: 'NoSuchKey',
      status: 404,
    });
    expect(await readText(test.s3, 'swap')).toBe('two');
  });

  it('creates anew after a deletion', async () => {
    await put(test.s3, 'again', 'one', { IfNoneMatch: '*' });
    await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'again' }));

    await put(test.s3, 'again', 'two', { IfNoneMatch: '*' });
    expect(await readText(test.s3, 'again')).toBe('two');
  });

  it('deletes with If-Match only what the caller has seen', async () => {
    const { ETag } = await put(test.s3, 'guarded', 'one');
    await put(test.s3, 'guarded', 'two');

    const deleting = test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'guarded', IfMatch: ETag }));
    expect(await refusal(deleting)).toMatchObject({ status: 412 });
    expect(await readText(test.s3, 'guarded')).toBe('two');
  });
});
