import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { bucket, put, readText } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, testAccountId, testRegion, type TestAws } from '../../support/aws/start-test-aws.ts';
import { untilActive } from '../../support/aws/until-active.ts';

const arn = `arn:aws:sqs:${testRegion}:${testAccountId}:work`;

describe('what the local AWS keeps between runs', () => {
  let dataDir: string;
  beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'kept-aws-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const inRun = async <Value>(work: (test: TestAws) => Promise<Value>): Promise<Value> => {
    const test = await startTestAws({ dataDir });
    return work(test).finally(() => test.close());
  };

  it('is every object with its versions, headers and deletions', async () => {
    const first = await inRun(async (test) => {
      test.aws.s3.createBucket({ name: bucket, versioning: 'enabled' });
      const { VersionId } = await put(test.s3, 'k', 'one', { ContentType: 'audio/x-wav' });
      await put(test.s3, 'k', 'two');
      await put(test.s3, 'gone', 'x');
      await test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'gone' }));
      return VersionId;
    });

    await inRun(async (test) => {
      expect(await readText(test.s3, 'k')).toBe('two');
      expect(await readText(test.s3, 'k', first)).toBe('one');
      expect(await refusal(readText(test.s3, 'gone'))).toMatchObject({ name: 'NoSuchKey' });
    });
  });

  it('is every lock, hold and tag of a version', async () => {
    const [Bucket, Key] = [bucket, 'k'];
    const kept = await inRun(async (test) => {
      test.aws.s3.createBucket({ name: bucket, objectLock: true });
      const { VersionId } = await put(test.s3, Key, 'one');
      const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date(test.clock.now() + 86_400_000) } as const;
      await test.s3.send(new PutObjectRetentionCommand({ Bucket, Key, VersionId, Retention }));
      await test.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'ON' } }));
      const Tagging = { TagSet: [{ Key: 'held', Value: 'yes' }] };
      await test.s3.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging }));
      return VersionId;
    });

    await inRun(async (test) => {
      const found = await test.s3.send(new HeadObjectCommand({ Bucket, Key, VersionId: kept }));
      expect([found.ObjectLockMode, found.ObjectLockLegalHoldStatus, found.TagCount]).toEqual(['GOVERNANCE', 'ON', 1]);
      const erased = test.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: kept }));
      expect(await refusal(erased)).toMatchObject({ name: 'AccessDenied' });
    });
  });

  it('is read also where it was kept before there were locks', async () => {
    const bucketLine = { name: bucket, createdAtEpochMs: 0, versioning: 'enabled', corsRules: [] };
    writeFileSync(join(dataDir, 'buckets.jsonl'), `${JSON.stringify([bucket, bucketLine])}\n`);

    await inRun(async (test) => {
      test.aws.s3.createBucket({ name: bucket, objectLock: true });
      const { VersionId } = await put(test.s3, 'k', 'one');
      const LegalHold = { Status: 'ON' } as const;
      await test.s3.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key: 'k', VersionId, LegalHold }));

      const erased = test.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k', VersionId }));
      expect(await refusal(erased)).toMatchObject({ name: 'AccessDenied' });
    });
  });

  it('is every message with its state, but not what was deleted', async () => {
    await inRun(async (test) => {
      test.aws.sqs.createQueue({ name: 'work', attributes: { VisibilityTimeout: '600' } });
      for (const body of ['a', 'b', 'c']) test.aws.sqs.send(arn, body);
      const [first] = test.aws.sqs.receive(arn, 1);
      test.aws.sqs.receive(arn, 1);
      test.aws.sqs.delete(arn, first?.receiptHandle ?? '');
      await Promise.resolve();
    });

    await inRun(async (test) => {
      expect(test.aws.sqs.messages(arn).map(({ body, state, receiveCount }) => [body, state, receiveCount])).toEqual([
        ['b', 'in-flight', 1],
        ['c', 'visible', 0],
      ]);
      test.advance(601);
      expect(test.aws.sqs.depth(arn)).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
      await Promise.resolve();
    });
  });

  it('is every secret, parameter and table', async () => {
    const key = { pk: { S: '1' } };
    await inRun(async (test) => {
      test.aws.secrets.createSecret({ name: 's', value: { kind: 'generated', generate: {} } });
      test.aws.secrets.putValue('s', 'two');
      test.aws.parameters.put('/flex/table', 'ledger');
      await test.dynamoDb.send(
        new CreateTableCommand({
          TableName: 'kept',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        }),
      );
      await untilActive(test.dynamoDb, 'kept');
      await test.dynamoDb.send(new PutItemCommand({ TableName: 'kept', Item: key }));
    });

    await inRun(async (test) => {
      expect(test.aws.secrets.currentValue('s')).toBe('two');
      expect(test.aws.parameters.get('/flex/table')).toBe('ledger');
      expect((await test.dynamoDb.send(new GetItemCommand({ TableName: 'kept', Key: key }))).Item).toEqual(key);
    });
  });

  it('survives a line that a killed process left half written, and a body that nothing names', async () => {
    await inRun(async (test) => {
      test.aws.s3.createBucket({ name: bucket });
      await put(test.s3, 'k', 'whole');
    });
    appendFileSync(join(dataDir, 'objects.jsonl'), '["half a li');
    writeFileSync(join(dataDir, 'bodies', 'stray'), 'x');

    await inRun(async (test) => {
      expect(await readText(test.s3, 'k')).toBe('whole');
      expect(readdirSync(join(dataDir, 'bodies'))).toHaveLength(1);
    });
  });

  it('belongs to one run at a time; what a killed process claimed is free', async () => {
    writeFileSync(join(dataDir, 'in-use-by'), '999999999');

    await inRun(async () => {
      await expect(startTestAws({ dataDir })).rejects.toThrow(`is in use by process ${process.pid}`);
    });
    await inRun(() => Promise.resolve());
  });

  it('is nothing when no directory is given', async () => {
    const test = await startTestAws();
    test.aws.s3.createBucket({ name: bucket });
    await put(test.s3, 'k', 'x');
    const during = existsSync(test.aws.dataDir);
    await test.close();

    expect([during, existsSync(test.aws.dataDir)]).toEqual([true, false]);
  });
});
