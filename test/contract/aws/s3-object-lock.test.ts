import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import type { ObjectLockMode, S3Client } from '@aws-sdk/client-s3';
import { bucket as Bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type AwsClients, type TestAws } from '../../support/aws/start-test-aws.ts';

const Key = 'kept';
const protectedByLock = {
  name: 'AccessDenied',
  status: 403,
  message: 'Access Denied because object protected by object lock.',
};

describe('Object Lock at the local S3', () => {
  let test: TestAws;
  let VersionId: string;
  let startedAtEpochMs: number;
  beforeEach(async () => {
    test = await startTestAws();
    startedAtEpochMs = Math.floor(test.clock.now() / 1000) * 1000;
    await test.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    VersionId = (await put(test.s3, Key, 'one')).VersionId ?? '';
  });
  afterEach(() => test.close());

  const inDays = (days: number): Date => new Date(startedAtEpochMs + days * 86_400_000);
  const lock = (Mode: ObjectLockMode, days: number, more: { bypass?: true; s3?: S3Client } = {}) =>
    (more.s3 ?? test.s3).send(
      new PutObjectRetentionCommand({
        Bucket,
        Key,
        VersionId,
        Retention: { Mode, RetainUntilDate: inDays(days) },
        ...(more.bypass && { BypassGovernanceRetention: true }),
      }),
    );
  const hold = (Status: 'ON' | 'OFF') =>
    test.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status } }));
  const erase = (more: { bypass?: true; s3?: S3Client } = {}) =>
    (more.s3 ?? test.s3).send(
      new DeleteObjectCommand({ Bucket, Key, VersionId, ...(more.bypass && { BypassGovernanceRetention: true }) }),
    );

  it('comes with versioning, which nobody suspends any more', async () => {
    expect((await put(test.s3, 'other', 'x')).VersionId).toEqual(expect.any(String));
    const suspend = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } });

    expect(await refusal(test.s3.send(suspend))).toMatchObject({ name: 'InvalidBucketState', status: 409 });
  });

  it('says of a version that nothing keeps that nothing does', async () => {
    const none = { name: 'NoSuchObjectLockConfiguration', status: 404 };

    expect(await refusal(test.s3.send(new GetObjectRetentionCommand({ Bucket, Key, VersionId })))).toMatchObject(none);
    expect(await refusal(test.s3.send(new GetObjectLegalHoldCommand({ Bucket, Key, VersionId })))).toMatchObject(none);
  });

  it.each(['GOVERNANCE', 'COMPLIANCE'] as const)(
    'lets no version under %s go before its time, then it does',
    async (mode) => {
      await lock(mode, 30);

      expect(await refusal(erase())).toMatchObject(protectedByLock);
      test.advance(31 * 86_400);
      await erase();

      expect(await refusal(readText(test.s3, Key, VersionId))).toMatchObject({ name: 'NoSuchVersion' });
    },
  );

  it('lets GOVERNANCE be bypassed by who says so, and COMPLIANCE by nobody', async () => {
    await lock('COMPLIANCE', 30);
    expect(await refusal(erase({ bypass: true }))).toMatchObject(protectedByLock);

    test.advance(31 * 86_400);
    await lock('GOVERNANCE', 60);
    await erase({ bypass: true });

    expect(await refusal(readText(test.s3, Key, VersionId))).toMatchObject({ name: 'NoSuchVersion' });
  });

  it.each(['GOVERNANCE', 'COMPLIANCE'] as const)('makes %s longer for anybody and shorter for nobody', async (mode) => {
    await lock(mode, 30);
    await lock(mode, 31);

    expect(await refusal(lock(mode, 30))).toMatchObject({ name: 'AccessDenied', status: 403 });
    const { Retention } = await test.s3.send(new GetObjectRetentionCommand({ Bucket, Key, VersionId }));
    expect(Retention).toEqual({ Mode: mode, RetainUntilDate: inDays(31) });
  });

  it('lets only who bypasses shorten GOVERNANCE or change its mode', async () => {
    await lock('GOVERNANCE', 30);
    expect(await refusal(lock('COMPLIANCE', 60))).toMatchObject({ name: 'AccessDenied' });

    await lock('GOVERNANCE', 1, { bypass: true });
    await lock('COMPLIANCE', 2, { bypass: true });

    expect(await refusal(lock('GOVERNANCE', 60, { bypass: true }))).toMatchObject({ name: 'AccessDenied' });
  });

  it('takes no lock that would end in the past, and no half a lock', async () => {
    expect(await refusal(lock('GOVERNANCE', -1))).toMatchObject({ name: 'InvalidArgument', status: 400 });

    const half = new PutObjectRetentionCommand({ Bucket, Key, VersionId, Retention: { Mode: 'GOVERNANCE' } });
    expect(await refusal(test.s3.send(half))).toMatchObject({ name: 'MalformedXML', status: 400 });
  });

  it('lets no version under a legal hold go, lock or not, bypassed or not, until it is taken off', async () => {
    await hold('ON');
    await lock('GOVERNANCE', 1);
    test.advance(2 * 86_400);

    expect(await refusal(erase())).toMatchObject(protectedByLock);
    expect(await refusal(erase({ bypass: true }))).toMatchObject(protectedByLock);
    await hold('OFF');
    await erase();

    expect(await refusal(readText(test.s3, Key, VersionId))).toMatchObject({ name: 'NoSuchVersion' });
  });

  it('keeps a version, not a key: newer ones and a delete marker come on top and go again', async () => {
    await lock('COMPLIANCE', 30);
    const newer = await put(test.s3, Key, 'two');
    const marker = await test.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await refusal(readText(test.s3, Key))).toMatchObject({ name: 'NoSuchKey' });

    await test.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }));
    await test.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: newer.VersionId }));

    expect(await readText(test.s3, Key)).toBe('one');
  });

  it('lets a locked and held version be tagged', async () => {
    await lock('COMPLIANCE', 30);
    await hold('ON');
    const Tagging = { TagSet: [{ Key: 'held', Value: 'yes' }] };

    await test.s3.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging }));

    expect((await test.s3.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }))).TagSet).toEqual(
      Tagging.TagSet,
    );
  });

  it('names in a mass deletion what it kept', async () => {
    const other = await put(test.s3, 'other', 'x');
    await lock('GOVERNANCE', 30);
    const Objects = [
      { Key, VersionId },
      { Key: 'other', VersionId: other.VersionId },
    ];

    const { Deleted, Errors } = await test.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

    expect(Deleted?.map((one) => one.Key)).toEqual(['other']);
    expect(Errors?.map((one) => [one.Key, one.Code])).toEqual([[Key, 'AccessDenied']]);
  });

  it('is not to be had where the bucket has none, until versioning and then it are switched on', async () => {
    const Plain = 'plain-bucket';
    await test.s3.send(new CreateBucketCommand({ Bucket: Plain }));
    await put(test.s3, Key, 'x');
    const configure = new PutObjectLockConfigurationCommand({
      Bucket: Plain,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
    const read = new GetObjectLockConfigurationCommand({ Bucket: Plain });
    const holdPlain = new PutObjectLegalHoldCommand({ Bucket: Plain, Key, LegalHold: { Status: 'ON' } });

    expect(await refusal(test.s3.send(read))).toMatchObject({ name: 'ObjectLockConfigurationNotFoundError' });
    expect(await refusal(test.s3.send(holdPlain))).toMatchObject({ name: 'InvalidRequest', status: 400 });
    expect(await refusal(test.s3.send(configure))).toMatchObject({ name: 'InvalidBucketState', status: 409 });
    test.aws.s3.createBucket({ name: Plain, versioning: 'enabled' });
    await test.s3.send(configure);

    expect((await test.s3.send(read)).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
  });

  describe('for callers who may not do everything', () => {
    const may = (...actions: string[]): AwsClients =>
      test.clientsOf('keeper', ({ action }) =>
        actions.includes(action) ? { allowed: true } : { allowed: false, reason: `no statement allows ${action}` },
      );
    const missing = async (call: Promise<unknown>) => /perform: (\S+)/.exec((await refusal(call)).message)?.[1];

    it('wants an action for each, none of them another for a version but tagging and deleting', async () => {
      const { s3 } = may();

      expect(await missing(lock('GOVERNANCE', 1, { s3 }))).toBe('s3:PutObjectRetention');
      expect(await missing(s3.send(new GetObjectRetentionCommand({ Bucket, Key, VersionId })))).toBe(
        's3:GetObjectRetention',
      );
      expect(await missing(s3.send(new GetObjectLegalHoldCommand({ Bucket, Key, VersionId })))).toBe(
        's3:GetObjectLegalHold',
      );
      const held = new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'ON' } });
      expect(await missing(s3.send(held))).toBe('s3:PutObjectLegalHold');
      const tagged = new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet: [] } });
      expect(await missing(s3.send(tagged))).toBe('s3:PutObjectVersionTagging');
      expect(await missing(erase({ s3 }))).toBe('s3:DeleteObjectVersion');
    });

    it('wants leave to bypass from who says so, also where no lock is', async () => {
      const { s3 } = may('s3:DeleteObjectVersion', 's3:PutObjectRetention');

      expect(await missing(erase({ s3, bypass: true }))).toBe('s3:BypassGovernanceRetention');
      expect(await missing(lock('GOVERNANCE', 1, { s3, bypass: true }))).toBe('s3:BypassGovernanceRetention');
      const Objects = [{ Key, VersionId }];
      const all = new DeleteObjectsCommand({ Bucket, Delete: { Objects }, BypassGovernanceRetention: true });
      expect(await missing(s3.send(all))).toBe('s3:BypassGovernanceRetention');
      await erase({ s3 });
    });

    it('tells with the object what keeps it to those who may ask for that', async () => {
      await lock('GOVERNANCE', 30);
      await hold('ON');
      const head = (s3: S3Client) => s3.send(new HeadObjectCommand({ Bucket, Key, VersionId }));

      expect(await head(test.s3)).toMatchObject({
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: inDays(30),
        ObjectLockLegalHoldStatus: 'ON',
      });
      const told = await head(may('s3:GetObjectVersion', 's3:GetObjectLegalHold').s3);
      expect([told.ObjectLockMode, told.ObjectLockLegalHoldStatus]).toEqual([undefined, 'ON']);
    });
  });

  it('of an object in a bucket without versions is none either', async () => {
    await test.close();
    test = await startTestAws();
    await makeBucket(test.s3);
    await put(test.s3, Key, 'x');

    const held = new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: 'ON' } });
    expect(await refusal(test.s3.send(held))).toMatchObject({ name: 'InvalidRequest', status: 400 });
  });
});
