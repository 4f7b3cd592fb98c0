import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { allResources, resourcesOf, synthesizedStage } from '../support/infra/synthesized.ts';

const { stateful: dev } = synthesizedStage('dev');
const { stateful: prod } = synthesizedStage('prod');

/** Where a changed logical id would be a new, empty resource beside the old one that nobody reads any more. */
const holdsSomething = new Set([
  'AWS::ApiGateway::DomainName',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);

const resources = (template: typeof dev) => [...allResources(template)];

describe('the stateful stack', () => {
  it('keeps the logical id of everything that holds something', () => {
    const committed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'stateful-logical-ids.json'), 'utf8'));
    const found = resources(prod)
      .filter(([, { Type }]) => holdsSomething.has(Type))
      .map(([id, { Type }]) => [id, Type]);

    expect(Object.fromEntries(found)).toEqual(committed);
  });

  it.each([['dev', dev] as const, ['prod', prod] as const])(
    'retains all but the published names (%s)',
    (_name, template) => {
      const notRetained = resources(template).filter(([, resource]) => resource.DeletionPolicy !== 'Retain');

      expect(new Set(notRetained.map(([, { Type }]) => Type))).toEqual(new Set(['AWS::SSM::Parameter']));
      expect(resources(template).filter(([, resource]) => resource.UpdateReplacePolicy === 'Delete')).toEqual([]);
    },
  );

  it('gives every queue SQS’s encryption and 14 days, and every worker queue its dead letters after 125 receives', () => {
    const queues = resourcesOf(dev, 'AWS::SQS::Queue');
    const sources = [...queues].filter(([, queue]) => queue.Properties.RedrivePolicy !== undefined);

    expect([...queues.values()].map((queue) => queue.Properties)).toEqual(
      Array.from(queues, () =>
        expect.objectContaining({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true }),
      ),
    );
    expect(sources.map(([id, queue]) => [id.replace(/Queue[0-9A-F]{8}$/, ''), queue.Properties.RedrivePolicy])).toEqual(
      [
        'EnrichTask',
        'ArchiveRecording',
        'LinkRecording',
        'CalabrioStatus',
        'DeleteSource',
        'ReportStatus',
        'CreateReviewTask',
        'ArchiveTranscript',
        'EraseSubject',
      ].map((worker) => [
        worker,
        {
          maxReceiveCount: 125,
          deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(`^${worker}DeadLetters`), 'Arn'] },
        },
      ]),
    );
  });

  // Six times the functions' limits of 30, 900, 10, 30, 300, 60, 30, 120 and 300 s.
  it.each([
    ['EnrichTaskQueue', 180],
    ['ArchiveRecordingQueue', 5_400],
    ['LinkRecordingQueue', 60],
    ['CalabrioStatusQueue', 180],
    ['DeleteSourceQueue', 1_800],
    ['ReportStatusQueue', 360],
    ['CreateReviewTaskQueue', 180],
    ['ArchiveTranscriptQueue', 720],
    ['EraseSubjectQueue', 1_800],
  ])('hides a message of %s for %i s', (queue, visibilitySeconds) => {
    const [found] = [...resourcesOf(dev, 'AWS::SQS::Queue')].filter(([id]) => id.startsWith(queue));

    expect(found?.[1].Properties.VisibilityTimeout).toBe(visibilitySeconds);
  });

  it('lets nobody to a queue or bucket without TLS', () => {
    const guarded = (type: string, property: 'Queues' | 'Bucket') =>
      [...resourcesOf(dev, type).values()]
        .filter(({ Properties }) =>
          Properties.PolicyDocument?.Statement.some(
            (statement) =>
              statement.Effect === 'Deny' &&
              JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
          ),
        )
        .flatMap(({ Properties }) => Properties[property]);

    expect(guarded('AWS::SQS::QueuePolicy', 'Queues')).toHaveLength(resourcesOf(dev, 'AWS::SQS::Queue').size);
    expect(guarded('AWS::S3::BucketPolicy', 'Bucket')).toHaveLength(resourcesOf(dev, 'AWS::S3::Bucket').size);
  });

  it('has an archive that is private, versioned, logged and under a key that rotates', () => {
    dev.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: true,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
      LoggingConfiguration: { LogFilePrefix: 'archive/' },
    });
    dev.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  it('locks no object by default', () => {
    const locked = [...resourcesOf(dev, 'AWS::S3::Bucket').values()].filter(
      (bucket) => bucket.Properties.ObjectLockConfiguration,
    );

    expect(locked).toEqual([]);
  });

  it('lets a player of any origin read what a signature lets it, and see where it is in the file', () => {
    dev.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedMethods: ['GET', 'HEAD'],
            AllowedOrigins: ['*'],
            ExposedHeaders: ['Content-Range', 'Accept-Ranges', 'Content-Length', 'ETag'],
          },
        ],
      },
    });
  });

  it('expires nothing but parked messages and access logs', () => {
    const expiring = [...resourcesOf(prod, 'AWS::S3::Bucket').values()].flatMap((bucket) =>
      (bucket.Properties.LifecycleConfiguration?.Rules ?? []).filter((rule) => 'ExpirationInDays' in rule),
    );

    expect(expiring).toEqual([
      { Id: 'access-logs-expire', Status: 'Enabled', ExpirationInDays: 400 },
      {
        Id: 'parked-messages-expire',
        Status: 'Enabled',
        Prefix: 'parked/',
        ExpirationInDays: 90,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
    ]);
  });

  it('expires and moves what has both tags of a class, and nothing else of the archive', () => {
    const rules = [...resourcesOf(synthesizedStage('sample').stateful, 'AWS::S3::Bucket').values()].flatMap(
      (bucket) => bucket.Properties.LifecycleConfiguration?.Rules ?? [],
    );
    const tagged = rules.filter((rule) => 'TagFilters' in rule);
    const tags = (name: string) => [
      { Key: 'retention', Value: name },
      { Key: 'held', Value: 'no' },
    ];
    const toGlacier = [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }];
    const expiring = { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 7 } };

    expect(tagged).toEqual([
      { ...expiring, Id: 'retention-no-consent', TagFilters: tags('no-consent'), ExpirationInDays: 7 },
      {
        ...expiring,
        Id: 'retention-regulated',
        TagFilters: tags('regulated'),
        ExpirationInDays: 1827,
        Transitions: toGlacier,
      },
      { ...expiring, Id: 'retention-messages', TagFilters: tags('messages'), ExpirationInDays: 730 },
      {
        ...expiring,
        Id: 'retention-standard',
        TagFilters: tags('standard'),
        ExpirationInDays: 365,
        Transitions: toGlacier,
      },
    ]);
    expect(rules.filter((rule) => 'ExpirationInDays' in rule && !('TagFilters' in rule))).toEqual([
      expect.objectContaining({ Id: 'access-logs-expire' }),
      expect.objectContaining({ Id: 'parked-messages-expire' }),
    ]);
  });

  it('clears delete markers by a rule that has no tags and no days, which S3 would refuse in it', () => {
    dev.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          { Id: 'spent-delete-markers-are-cleared', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
        ]),
      },
    });
  });

  it('has a ledger that is paid by use, recoverable, protected, under our key, with the two indexes', () => {
    dev.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      TimeToLiveSpecification: { AttributeName: 'expiresAtEpochSeconds', Enabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open',
          KeySchema: [
            { AttributeName: 'openShard', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'by-day',
          KeySchema: [
            { AttributeName: 'dayShard', KeyType: 'HASH' },
            { AttributeName: 'dayAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['label'] },
        },
      ],
    });
  });

  it('holds no value of a secret', () => {
    const secrets = [...resourcesOf(dev, 'AWS::SecretsManager::Secret').values()];

    expect(secrets).toHaveLength(8);
    expect(secrets.filter(({ Properties }) => 'SecretString' in Properties)).toEqual([]);
  });

  it('tells the pipeline by Parameter Store and exports nothing', () => {
    expect(Object.values(dev.findOutputs('*')).filter((output) => 'Export' in output)).toEqual([]);
    expect(resourcesOf(dev, 'AWS::SSM::Parameter').size).toBe(49);
  });

  it('holds the links’ host name where there is one', () => {
    prod.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'recordings.example.com',
      SecurityPolicy: 'TLS_1_2',
    });
    dev.resourceCountIs('AWS::ApiGateway::DomainName', 0);
  });
});
