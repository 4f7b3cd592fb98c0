import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('versions in the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
    await put(test.s3, 'older', 'before versioning');
    await test.s3.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  });
  afterAll(() => test.close());

  it('says that versioning is on', async () => {
    expect(await test.s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).toMatchObject({ Status: 'Enabled' });
  });

  it('keeps every version and reads each by its id', async () => {
    const first = await put(test.s3, 'report', 'one');
    const second = await put(test.s3, 'report', 'two');

    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await readText(test.s3, 'report')).toBe('two');
    expect(await readText(test.s3, 'report', first.VersionId)).toBe('one');
  });

  it('keeps what was there before versioning as the version "null"', async () => {
    await put(test.s3, 'older', 'after versioning');

    expect(await readText(test.s3, 'older', 'null')).toBe('before versioning');
  });

  it('deletes by a marker that can be taken away again', async () => {
    await put(test.s3, 'hidden', 'still there');
    const marker = await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'hidden' }));
    expect(marker.DeleteMarker).toBe(true);
    expect(await refusal(readText(test.s3, 'hidden'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect(await refusal(readText(test.s3, 'hidden', marker.VersionId))).toMatchObject({ status: 405 });

    await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'hidden', VersionId: marker.VersionId }));

    expect(await readText(test.s3, 'hidden')).toBe('still there');
  });

  it('deletes one version for good', async () => {
    const first = await put(test.s3, 'erased', 'one');
    await put(test.s3, 'erased', 'two');

    await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'erased', VersionId: first.VersionId }));

    expect(await readText(test.s3, 'erased')).toBe('two');
    expect(await refusal(readText(test.s3, 'erased', first.VersionId))).toMatchObject({
      name: 'NoSuchVersion',
      status: 404,
    });
  });

  it('treats a deleted key as absent for If-None-Match', async () => {
    await put(test.s3, 'reborn', 'one');
    await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'reborn' }));

    await put(test.s3, 'reborn', 'two', { IfNoneMatch: '*' });
    expect(await readText(test.s3, 'reborn')).toBe('two');
  });

  it('goes on reading the bytes of a version that is deleted meanwhile', async () => {
    const text = 'z'.repeat(600_000);
    const { VersionId } = await put(test.s3, 'read-on', text);
    const found = await test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'read-on', VersionId }));

    await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'read-on', VersionId }));

    expect(await found.Body?.transformToString()).toBe(text);
  });

  it('lists versions and markers, newest first, page by page', async () => {
    const first = await put(test.s3, 'list/a', '1');
    const second = await put(test.s3, 'list/a', '2');
    const marker = await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'list/a' }));
    const other = await put(test.s3, 'list/b', '3');

    const seen: (string | undefined)[] = [];
    let place: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (place !== undefined) {
      const page: Awaited<ReturnType<typeof list>> = await list(place);
      seen.push(...[...(page.DeleteMarkers ?? []), ...(page.Versions ?? [])].map(({ VersionId }) => VersionId));
      place =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
    }

    expect(seen).toEqual([marker.VersionId, second.VersionId, first.VersionId, other.VersionId]);
  });

  function list(place: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined }) {
    return test.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'list/', MaxKeys: 1, ...place }));
  }
});
