import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { AwsCall, Verdict } from '../../../local/aws/aws-call.ts';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { makeQueue, receive } from '../../support/aws/queues.ts';
import { refusal, startTestAws, type AwsClients, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('policy at the local AWS', () => {
  let test: TestAws;
  let asked: AwsCall[];
  beforeEach(async () => {
    asked = [];
    test = await startTestAws();
    await makeBucket(test.s3);
    await put(test.s3, 'there', 'x');
  });
  afterEach(() => test.close());

  /** A caller who may do exactly these actions, on anything. */
  const may = (...actions: string[]): AwsClients =>
    test.clientsOf('archiver', (call): Verdict => {
      asked.push(call);
      return actions.includes(call.action)
        ? { allowed: true }
        : { allowed: false, reason: `no statement allows ${call.action}` };
    });
  const asks = (): readonly string[] => asked.map(({ action, resource }) => `${action} ${resource}`);

  it('is asked by principal, action, resource and conditions', async () => {
    const { s3 } = may('s3:ListBucket');
    await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'AC1/' }));

    expect(asked).toEqual([
      {
        principal: 'archiver',
        service: 's3',
        action: 's3:ListBucket',
        resource: `arn:aws:s3:::${bucket}`,
        conditions: { 's3:prefix': 'AC1/' },
      },
    ]);
  });

  it('names in a denial who may not do what to what', async () => {
    const refused = await refusal(put(may().s3, 'new', 'x'));

    expect(refused).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(refused.message).toBe(
      `User: archiver is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${bucket}/new": no statement allows s3:PutObject`,
    );
    expect(test.aws.s3.objects(bucket).map(({ key }) => key)).toEqual(['there']);
  });

  it('hides from who may not list whether a key is there', async () => {
    const reader = may('s3:GetObject');

    expect(await readText(reader.s3, 'there')).toBe('x');
    expect(await refusal(readText(reader.s3, 'not-there'))).toMatchObject({ name: 'AccessDenied', status: 403 });
    const head = () => reader.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'not-there' }));
    expect((await refusal(head())).status).toBe(403);
    expect(asks().at(-1)).toBe(`s3:ListBucket arn:aws:s3:::${bucket}`);
  });

  it('tells who may list that a key is not there', async () => {
    const lister = may('s3:GetObject', 's3:ListBucket');

    expect(await refusal(readText(lister.s3, 'not-there'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  });

  it('wants a further action for a version, for tags and for a conditional replacement', async () => {
    await test.s3.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const { VersionId = '', ETag = '' } = await put(test.s3, 'there', 'y');
    const { s3 } = may('s3:GetObject', 's3:PutObject', 's3:DeleteObject');
    const missing = async (call: () => Promise<unknown>) => /perform: (\S+)/.exec((await refusal(call())).message)?.[1];

    expect(await missing(() => readText(s3, 'there', VersionId))).toBe('s3:GetObjectVersion');
    expect(await missing(() => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'there', VersionId })))).toBe(
      's3:DeleteObjectVersion',
    );
    expect(await missing(() => put(s3, 'there', 'z', { Tagging: 'a=b' }))).toBe('s3:PutObjectTagging');
    const writer = test.clientsOf('writer', ({ action }) =>
      action === 's3:PutObject' ? { allowed: true } : { allowed: false, reason: 'only writes' },
    );
    expect(await missing(() => put(writer.s3, 'there', 'z', { IfMatch: ETag }))).toBe('s3:GetObject');
  });

  it('judges each key of a mass deletion by itself', async () => {
    const { s3 } = test.clientsOf('cleaner', ({ resource }) =>
      resource.endsWith('/there') ? { allowed: false, reason: 'held' } : { allowed: true },
    );
    const result = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: 'there' }, { Key: 'other' }] } }),
    );

    expect(result.Deleted?.map(({ Key }) => Key)).toEqual(['other']);
    expect(result.Errors?.map(({ Key, Code }) => [Key, Code])).toEqual([['there', 'AccessDenied']]);
    expect(await readText(test.s3, 'there')).toBe('x');
  });

  it('knows a batch to a queue by the action of its single call', async () => {
    const url = await makeQueue(test.sqs, 'work');
    const { sqs } = may('sqs:SendMessage');
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: 'a', MessageBody: 'x' }] }));
    const refused = await refusal(receive(sqs, url));

    expect(asks()).toEqual([
      'sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:work',
      'sqs:ReceiveMessage arn:aws:sqs:eu-west-1:123456789012:work',
    ]);
    expect(refused).toMatchObject({ name: 'AccessDenied', status: 403 });
  });

  it('is asked about a secret by its ARN, whatever it was called by', async () => {
    const { ARN = '' } = await test.secrets.send(new CreateSecretCommand({ Name: 'twilio', SecretString: 'x' }));
    const { secrets } = may('secretsmanager:GetSecretValue');
    await secrets.send(new GetSecretValueCommand({ SecretId: 'twilio' }));
    const refused = await refusal(may().secrets.send(new GetSecretValueCommand({ SecretId: ARN })));

    expect(asks()).toEqual([`secretsmanager:GetSecretValue ${ARN}`, `secretsmanager:GetSecretValue ${ARN}`]);
    expect(refused).toMatchObject({ name: 'AccessDeniedException', status: 400 });
  });

  it('lets nobody in whose key is not known', async () => {
    const stranger = may('s3:GetObject');
    stranger.s3.config.credentials = () => Promise.resolve({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' });
    const read = () => stranger.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'there' }));

    expect(await refusal(read())).toMatchObject({ name: 'InvalidAccessKeyId', status: 403 });
    expect(asked).toEqual([]);
  });
});
