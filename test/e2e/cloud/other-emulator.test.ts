import { rmSync } from 'node:fs';
import { GetBucketCorsCommand, GetBucketVersioningCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AwsCall, Fault } from '../../../local/aws/aws-call.ts';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import { startAws } from '../../../local/aws/start-aws.ts';
import { awsBySdk } from '../../../local/aws-by-sdk/aws-by-sdk.ts';
import { startClock, type Clock } from '../../../local/clock.ts';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import { startCloud } from '../../../local/cloud/start-cloud.ts';
import { notesResources, writeNotesAssembly, type Resources } from '../../support/cloud/notes-template.ts';

const place = { accountId: '000000000000', region: 'eu-west-1' };
const emulatorAccountId = '555555555555';
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'known-to-the-emulator' };

/** Put together as one stack does of another's queue, so with the account that the templates are for. */
const notesQueueArn = { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${NotesQueue.QueueName}' };

const mayReceive = {
  Effect: 'Allow',
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Resource: notesQueueArn,
};

/** One batch at a time, so that the next receive says that the batch before it is settled. */
const source = {
  FunctionName: { Ref: 'StoreNoteFunction' },
  EventSourceArn: notesQueueArn,
  BatchSize: 5,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  ScalingConfig: { MaximumConcurrency: 1 },
};

const resources: Resources = {
  ...notesResources,
  NotesBucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'], MaxAge: 600 }] },
    },
  },
  StoreNoteSource: { Type: 'AWS::Lambda::EventSourceMapping', Properties: source },
  StoreNotePolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'receive',
      PolicyDocument: { Version: '2012-10-17', Statement: [mayReceive] },
      Roles: [{ Ref: 'StoreNoteRole' }],
    },
  },
  NotesTable: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  },
  NotesSecret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'notes/key' } },
  QueueUrl: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/notes/queue', Type: 'String', Value: { Ref: 'NotesQueue' } },
  },
};

/** Our own stand-ins play the emulator that somebody else runs: all that is known of them is an address and keys. */
describe('the cloud on another emulator', () => {
  const assemblyDir = writeNotesAssembly(resources);
  const running: (() => Promise<void>)[] = [];
  let clock: Clock;
  let emulator: LocalAws;
  /** Called at each receive. */
  let received: () => Fault | undefined;
  /** Called with each line that functions and event sources write. */
  let logged: (name: string, line: string) => void;
  let clients: { readonly s3: S3Client; readonly sqs: SQSClient; readonly dynamoDb: DynamoDBClient };

  beforeEach(async () => {
    clock = startClock({ jumps: false });
    const onCall = ({ action }: AwsCall): Fault | undefined =>
      action === 'sqs:ReceiveMessage' ? received() : undefined;
    received = () => undefined;
    logged = () => undefined;
    emulator = await startAws({ clock, ...place, accountId: emulatorAccountId, onCall });
    emulator.addPrincipal({ name: 'anybody', ...keys });
    const settings = { endpoint: emulator.url, region: place.region, credentials: { ...keys } };
    clients = { s3: new S3Client(settings), sqs: new SQSClient(settings), dynamoDb: new DynamoDBClient(settings) };
  });
  afterEach(async () => {
    for (const close of running.splice(0)) await close();
    for (const client of Object.values(clients)) client.destroy();
    await emulator.close();
    clock.stop();
  });
  afterAll(() => rmSync(assemblyDir, { recursive: true, force: true }));

  async function start(secret = 'first'): Promise<LocalCloud> {
    const aws = awsBySdk({ url: emulator.url, ...keys }, place.region, clock);
    running.push(async () => aws.close());
    const cloud = await startCloud({
      ...{ assemblyDir, clock, aws, ...place },
      twilioUrl: 'http://127.0.0.1:9',
      secretValues: { notes: secret },
      schedules: 'held',
      functionLog: (name, line) => logged(name, line),
    });
    running.unshift(() => cloud.close());
    return cloud;
  }

  async function stop(): Promise<void> {
    for (const close of running.splice(0)) await close();
  }

  const post = (cloud: LocalCloud, note: object): Promise<Response> =>
    fetch(`${cloud.apiUrl}/notes`, {
      method: 'POST',
      body: JSON.stringify(note),
      headers: { 'content-type': 'application/json' },
    });

  const bodyOf = (note: object): string =>
    JSON.stringify({ body: Buffer.from(JSON.stringify(note)).toString('base64') });

  const receives = (count: number): Promise<void> =>
    new Promise((resolve) => {
      let left = count;
      received = () => {
        left -= 1;
        if (left === 0) resolve();
        return undefined;
      };
    });

  const keysOf = (cloud: LocalCloud): readonly string[] =>
    emulator.s3.objects(cloud.bucket('notes').physicalName).map(({ key }) => key);

  it('makes what the template says there, by the SDK', async () => {
    const cloud = await start();
    const Bucket = cloud.bucket('notes').physicalName;
    const queue = cloud.queue('notes');

    const versioning = await clients.s3.send(new GetBucketVersioningCommand({ Bucket }));
    const cors = await clients.s3.send(new GetBucketCorsCommand({ Bucket }));
    const attributes = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'] }),
    );
    const TableName = cloud.table('notes').physicalName;
    const table = await clients.dynamoDb.send(new DescribeTableCommand({ TableName }));

    expect(versioning.Status).toBe('Enabled');
    expect(cors.CORSRules).toEqual([{ AllowedOrigins: ['*'], AllowedMethods: ['GET'], MaxAgeSeconds: 600 }]);
    expect(attributes.Attributes?.VisibilityTimeout).toBe('60');
    expect(JSON.parse(attributes.Attributes?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${emulatorAccountId}:notes-NotesDeadLetters`,
      maxReceiveCount: 3,
    });
    expect(table.Table?.TableStatus).toBe('ACTIVE');
    expect(emulator.secrets.currentValue('notes/key')).toBe('first');
    expect(emulator.parameters.get('/notes/queue')).toBe(queue.url);
    expect(queue.url).toMatch(`${emulator.url}/`);
    expect(cloud.operator).toEqual(keys);
  });

  it('brings a posted note from the API over the queue into the bucket', async () => {
    const cloud = await start();

    const response = await post(cloud, { id: 'a', words: 'Grüße 🎧' });
    await cloud.idle();

    const stored = await clients.s3.send(
      new GetObjectCommand({ Bucket: cloud.bucket('notes').physicalName, Key: 'notes/a.json' }),
    );
    expect(response.status).toBe(204);
    expect(JSON.parse((await stored.Body?.transformToString()) ?? '')).toMatchObject({
      text: '{"id":"a","words":"Grüße 🎧"}',
      receives: '1',
    });
  });

  it('keeps in the queue only what a partial batch response names', async () => {
    const cloud = await start();
    const { arn } = cloud.queue('notes');
    await stop();
    for (const note of [{ id: 'b' }, { id: 'c', then: 'fail' }, { id: 'd' }]) emulator.sqs.send(arn, bodyOf(note));

    const settled = receives(2);
    const again = await start();
    await settled;

    expect(keysOf(again)).toEqual(['notes/b.json', 'notes/d.json']);
    expect(emulator.sqs.messages(arn).map(({ state, receiveCount }) => [state, receiveCount])).toEqual([
      ['in-flight', 1],
    ]);
  });

  it('says that it could not receive, and tries again after a second', async () => {
    const refusals: Fault[] = [{ kind: 'error', status: 400, code: 'Overloaded', message: 'come again' }];
    received = () => refusals.shift();
    const line = new Promise<string>((resolve) => {
      logged = (name, text) => name === 'event-source' && resolve(text);
    });
    const cloud = await start();
    await post(cloud, { id: 'g' });

    expect(await line).toContain('notes-NotesQueue: Overloaded: come again');
    clock.advance(1000);
    await cloud.idle();
    expect(keysOf(cloud)).toEqual(['notes/g.json']);
  });

  it('adopts at a second start what the first has made, with what is in it', async () => {
    const first = await start();
    await post(first, { id: 'e' });
    await first.idle();
    await stop();
    const QueueUrl = first.queue('notes').url;
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: bodyOf({ id: 'f' }) }));

    const second = await start('second');
    await second.idle();

    expect(second.queue('notes')).toEqual(first.queue('notes'));
    expect(keysOf(second)).toEqual(['notes/e.json', 'notes/f.json']);
    expect(emulator.secrets.currentValue('notes/key')).toBe('second');
  });
});
