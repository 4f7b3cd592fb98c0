// Over 200 lines: the stages are synthesized once for all of it, and what each role may do is a list.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import {
  allResources,
  repository,
  resourcesOf,
  spelled,
  synthesized,
  synthesizedEverything,
  synthesizedStage,
} from '../support/infra/synthesized.ts';
import type { Statement } from '../support/infra/synthesized.ts';

const { pipeline: dev, stacks } = synthesizedStage('dev');
const { pipeline: prod } = synthesizedStage('prod');
const { pipeline: everything } = synthesizedEverything();

const listed = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** The statements of every role, by the role's logical id without its hash. */
function statementsByRole(template = dev): ReadonlyMap<string, readonly Statement[]> {
  return new Map(
    [...resourcesOf(template, 'AWS::IAM::Policy')].map(([id, { Properties }]) => [
      id.replace(/DefaultPolicy[0-9A-F]{8}$/, ''),
      Properties.PolicyDocument?.Statement ?? [],
    ]),
  );
}

/** `action on resource`, for everything that a role may do but for its own logs, X-Ray and the key. */
function permissionsOf(role: string, template = dev): readonly string[] {
  const statements = statementsByRole(template).get(role) ?? [];
  return statements
    .flatMap((statement) =>
      listed(statement.Action).flatMap((action) =>
        listed(statement.Resource).map((resource) => `${action} on ${shortly(resource)}`),
      ),
    )
    .filter((line) => !/^(logs|xray|kms):/.test(line))
    .sort();
}

function shortly(resource: unknown): string {
  return spelled(resource)
    .replace(
      /^arn:<AWS::Partition>:(s3:::|sqs:<AWS::Region>:<AWS::AccountId>:|dynamodb:<AWS::Region>:<AWS::AccountId>:table\/)/,
      '',
    )
    .replaceAll(/[<>]/g, '');
}

const alarmsOf = (template: typeof dev) =>
  [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Properties);

function alarmNames(template: typeof dev, stage: string): readonly string[] {
  return alarmsOf(template).map(({ AlarmName }) => String(AlarmName).replace(`flex-task-pipeline-${stage}-`, ''));
}

/** Where messages wait that no function works off. */
const everyHoldingQueue = [
  'ArchiveRecordingDeadLetterQueueName',
  'ArchiveTranscriptDeadLetterQueueName',
  'CalabrioStatusDeadLetterQueueName',
  'CreateReviewTaskDeadLetterQueueName',
  'DeleteSourceDeadLetterQueueName',
  'EnrichTaskDeadLetterQueueName',
  'EraseSubjectDeadLetterQueueName',
  'LinkRecordingDeadLetterQueueName',
  'QuarantineQueueName',
  'ReportStatusDeadLetterQueueName',
];

const runbook = readFileSync(join(repository, 'docs', 'runbook.md'), 'utf8');

describe('the pipeline stack', () => {
  const workers = [
    { worker: 'enrich-task', atOnce: 10, batchSize: 10 },
    { worker: 'archive-recording', atOnce: 10, batchSize: 1 },
    { worker: 'link-recording', atOnce: 10, batchSize: 10 },
    { worker: 'calabrio-status', atOnce: 5, batchSize: 10 },
    // One recording a message, and few at once: what goes wrong here cannot be taken back.
    { worker: 'delete-source', atOnce: 2, batchSize: 1 },
    { worker: 'report-status', atOnce: 5, batchSize: 5 },
    { worker: 'create-review-task', atOnce: 2, batchSize: 5 },
    { worker: 'archive-transcript', atOnce: 5, batchSize: 1 },
    { worker: 'erase-subject', atOnce: 2, batchSize: 1 },
  ];
  const idOf = (worker: string) =>
    worker.replaceAll(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());

  it.each(workers)(
    'works off the queue of $worker in partial batches, with a bound on how many run at once',
    ({ worker, atOnce, batchSize }) => {
      const [mapping] = [...resourcesOf(everything, 'AWS::Lambda::EventSourceMapping')].filter(([id]) =>
        id.startsWith(idOf(worker)),
      );

      expect(mapping?.[1].Properties).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: atOnce },
        BatchSize: batchSize,
      });
      expect(spelled(mapping?.[1].Properties.EventSourceArn)).toMatch(new RegExp(`:<${idOf(worker)}QueueName>$`));
    },
  );

  it.each(workers)('tells somebody about the dead letters, the waiting and the failing of $worker', ({ worker }) => {
    const names = ['dead-letters', 'dead-letters-stale', 'queue-age', 'retrying', 'errors', 'throttles'];

    expect(alarmNames(everything, 'dev')).toEqual(expect.arrayContaining(names.map((name) => `${worker}-${name}`)));
  });

  it('tells somebody when a link has waited for a minute more than the longest delay that we choose', () => {
    const [alarm] = alarmsOf(dev).filter(({ AlarmName }) => String(AlarmName).endsWith('link-recording-queue-age'));

    expect(alarm).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 150,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  it('tells nobody of one or two forged requests in a quiet hour, though they are all there is', () => {
    const [alarm] = alarmsOf(dev).filter(({ AlarmName }) => String(AlarmName).endsWith('quarantine-share'));

    expect(JSON.stringify(alarm)).toContain(
      'IF(quarantined >= 3, 100 * quarantined / (received0 + received1 + received2), 0)',
    );
  });

  const headings = [...runbook.matchAll(/^## (.+)$/gm)]
    .map(([, heading]) => heading ?? '')
    .filter((heading) => !heading.includes(' '));

  it('has one heading in the runbook for each alarm that a stage can have, and no other', () => {
    expect([...headings].sort()).toEqual([...alarmNames(everything, 'dev')].sort());
  });

  it.each([['dev', dev] as const, ['prod', prod] as const])('has a heading for each alarm of %s', (stage, template) => {
    expect(alarmNames(template, stage).filter((name) => !headings.includes(name))).toEqual([]);
  });

  it('says in every alarm who is hurt and where to read on', () => {
    for (const { AlarmName, AlarmDescription } of alarmsOf(everything)) {
      const heading = String(AlarmName).replace('flex-task-pipeline-dev-', '');
      expect(AlarmDescription).toMatch(new RegExp(`^[A-Z].{30,}\\. Runbook: docs/runbook\\.md#${heading}$`));
    }
  });

  it('sends every alarm to the topic of the stage, and none where there is no topic', () => {
    const topic = 'arn:aws:sns:eu-west-1:111122223333:contact-centre-alarms';

    expect(new Set(alarmsOf(prod).map(({ AlarmActions }) => JSON.stringify(AlarmActions)))).toEqual(
      new Set([JSON.stringify([topic])]),
    );
    expect(alarmsOf(dev).filter(({ AlarmActions }) => AlarmActions !== undefined)).toEqual([]);
  });

  it('takes the name of every queue, table, bucket and secret from Parameter Store', () => {
    const parameters = Object.values(dev.findParameters('*')).filter(({ Default }) =>
      String(Default).startsWith('/flex-task-pipeline/'),
    );

    expect(parameters).toHaveLength(47);
    expect(new Set(parameters.map(({ Type }) => String(Type)))).toEqual(
      new Set(['AWS::SSM::Parameter::Value<String>']),
    );
    expect(JSON.stringify(dev.toJSON())).not.toContain('Fn::ImportValue');
  });

  it('runs every function on Node 24 and arm64, traced, with its own log group, for as long as it may', () => {
    const functions = [...resourcesOf(everything, 'AWS::Lambda::Function')].map(
      ([id, { Properties }]) => [id.replace(/(Worker)?Function[0-9A-F]{8}$/, ''), Properties] as const,
    );

    expect(Object.fromEntries(functions)).toMatchObject({
      EnrichTask: { Timeout: 30 },
      ArchiveRecording: { Timeout: 900, MemorySize: 512 },
      LinkRecording: { Timeout: 10 },
      PlayRecording: { Timeout: 10 },
      CalabrioStatus: { Timeout: 30 },
      DeleteSource: { Timeout: 300 },
      ReportStatus: { Timeout: 60 },
      CreateReviewTask: { Timeout: 30 },
      ArchiveTranscript: { Timeout: 120 },
      EraseSubject: { Timeout: 300 },
      Reconcile: { Timeout: 300 },
      SendSms: { Timeout: 25, MemorySize: 512 },
      AuthorizeCaller: { Timeout: 5 },
    });
    for (const [, properties] of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
    expect(new Set(functions.map(([, properties]) => JSON.stringify(properties.LoggingConfig))).size).toBe(13);
  });

  it('has the logs of a stage forgotten when it says', () => {
    const retentions = (template: typeof dev) =>
      new Set(
        [...resourcesOf(template, 'AWS::Logs::LogGroup').values()].map(({ Properties }) => Properties.RetentionInDays),
      );

    expect(retentions(dev)).toEqual(new Set([14]));
    expect(retentions(prod)).toEqual(new Set([90]));
  });

  it('makes review tasks, and asks for customers, only where the stage says so', () => {
    const functionsOf = (template: typeof dev) =>
      [...resourcesOf(template, 'AWS::Lambda::Function').values()].map(
        ({ Properties }) => Properties.Environment?.Variables ?? {},
      );
    const reviewers = (template: typeof dev) =>
      functionsOf(template).filter((variables) => variables['POWERTOOLS_SERVICE_NAME'] === 'create-review-task');
    const lookups = (template: typeof dev) =>
      functionsOf(template).filter((variables) => 'CUSTOMER_LOOKUP' in variables);

    expect([dev, prod, everything].map((template) => reviewers(template).length)).toEqual([0, 0, 1]);
    expect([dev, prod, everything].map((template) => lookups(template).length)).toEqual([0, 0, 1]);
    expect(alarmNames(dev, 'dev').filter((name) => /^(create-review-task|customer-lookups)/.test(name))).toEqual([]);
    expect(JSON.stringify(dev.toJSON())).not.toContain('customer-lookup-secret');
  });

  it('sends messages, and knows callers, only where the stage says so', () => {
    const named = (template: typeof dev) =>
      [...resourcesOf(template, 'AWS::Lambda::Function').values()]
        .map(({ Properties }) => String(Properties.Environment?.Variables['POWERTOOLS_SERVICE_NAME']))
        .filter((name) => ['send-sms', 'authorize-caller'].includes(name));

    expect([dev, prod].map(named)).toEqual([[], []]);
    expect(named(everything).toSorted()).toEqual(['authorize-caller', 'send-sms']);
    expect(alarmNames(dev, 'dev').filter((name) => /sms|caller|messages-unavailable/.test(name))).toEqual([]);
    expect(JSON.stringify(dev.toJSON())).not.toContain('sms-callers-secret');
  });

  it('does not take a token that nobody has for a failure of the function that says so', () => {
    expect(alarmNames(everything, 'dev').filter((name) => name.startsWith('authorize-caller'))).toEqual([
      'authorize-caller-throttles',
    ]);
    expect(alarmNames(everything, 'dev')).toContain('gateway-messages-unavailable');
  });

  it('runs reconcile every five minutes, and once a day with the word for it', () => {
    dev.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    dev.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(15 2 * * ? *)',
      State: 'ENABLED',
      Targets: [{ Input: '{"run":"daily"}' }],
    });
  });

  it('needs no custom resource', () => {
    expect(resourcesOf(dev, 'AWS::CloudFormation::CustomResource').size).toBe(0);
    expect([...allResources(dev).values()].filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });

  it('gives the links’ host name to the API of the day, and tells the functions', () => {
    prod.hasResourceProperties('AWS::ApiGateway::BasePathMapping', {
      DomainName: 'recordings.example.com',
      Stage: 'v1',
    });
    const environments = [...resourcesOf(prod, 'AWS::Lambda::Function').values()].map(
      ({ Properties }) => Properties.Environment?.Variables ?? {},
    );

    expect(environments.filter((variables) => 'LINK_BASE_URL' in variables)).toEqual([
      expect.objectContaining({
        LINK_BASE_URL: 'https://recordings.example.com',
        PUBLIC_URL: 'https://recordings.example.com',
      }),
      expect.objectContaining({ LINK_BASE_URL: 'https://recordings.example.com' }),
    ]);
  });

  it('tells the functions the API’s own address where there is no domain', () => {
    const [environment] = [...resourcesOf(dev, 'AWS::Lambda::Function').values()].map(
      ({ Properties }) => Properties.Environment?.Variables ?? {},
    );

    expect(spelled(environment?.['PUBLIC_URL'])).toMatch(
      /^https:\/\/<IngressApi\w+>\.execute-api\.<AWS::Region>\.<AWS::URLSuffix>\/v1$/,
    );
  });

  it('bounds every role where the stage says so', () => {
    const boundaries = (template: typeof dev) =>
      [...resourcesOf(template, 'AWS::IAM::Role').values()].map(({ Properties }) => Properties.PermissionsBoundary);

    expect(new Set(boundaries(prod))).toEqual(new Set(['arn:aws:iam::111122223333:policy/workload-boundary']));
    expect(new Set(boundaries(dev))).toEqual(new Set([undefined]));
  });

  it('marks what it makes with the service, the stage and the stage’s tags', () => {
    const [found] = [...resourcesOf(prod, 'AWS::Lambda::Function').values()];

    expect(found?.Properties.Tags).toEqual([
      { Key: 'data-class', Value: 'customer-voice' },
      { Key: 'owner', Value: 'contact-centre-platform' },
      { Key: 'service', Value: 'flex-task-pipeline' },
      { Key: 'stage', Value: 'prod' },
    ]);
  });

  it('keeps the metrics of each stage apart: what its functions write and what its alarms read has the stage’s name', () => {
    const functions = [...resourcesOf(prod, 'AWS::Lambda::Function').values()];
    const written = functions.map(
      ({ Properties }) => Properties.Environment?.Variables?.['POWERTOOLS_METRICS_NAMESPACE'],
    );
    const alarms = JSON.stringify([...resourcesOf(prod, 'AWS::CloudWatch::Alarm').values()]);
    const read = [...alarms.matchAll(/"Namespace":"(flex[^"]*)"/g)].map(([, namespace]) => namespace);

    expect(new Set(written)).toEqual(new Set(['flex-task-pipeline/prod']));
    expect(new Set(read)).toEqual(new Set(['flex-task-pipeline/prod']));
  });

  it('is protected against deletion in production, because its domain would answer 403 meanwhile', () => {
    expect(synthesizedStage('prod').stacks.pipeline.terminationProtection).toBe(true);
    expect(stacks.pipeline.terminationProtection).toBe(false);
  });

  it('makes the account’s logging role only where the stage says that it is ours', () => {
    expect(stacks.accountSettings).toBeDefined();
    expect(synthesizedStage('prod').stacks.accountSettings).toBeUndefined();
  });

  it('refuses Twilio’s other addresses where the stage names networks, and says what that means', () => {
    const guarded = synthesized(
      readStage({ dev: { ...stages.dev, sourceIpPolicy: { allowedNetworks: ['192.0.2.0/24'] } } }, 'dev'),
    );

    guarded.pipeline.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Policy: {
        Statement: [
          { Effect: 'Allow', Resource: 'execute-api:/*' },
          {
            Effect: 'Deny',
            Resource: 'execute-api:/*/POST/twilio/*',
            Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } },
          },
        ],
      },
    });
    guarded.pipeline.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'ACCESS_DENIED',
      StatusCode: '503',
    });
    expect(
      JSON.stringify(guarded.stacks.pipeline.node.findAll().flatMap((construct) => construct.node.metadata)),
    ).toContain('its events are refused, and lost');
  });
});

describe('what the roles may do', () => {
  it('is named action by action, and on everything only for X-Ray', () => {
    const all = [...statementsByRole().values()].flat();
    const onEverything = all.filter(({ Resource }) => listed(Resource).some((resource) => resource === '*'));

    expect(all.flatMap(({ Action }) => listed(Action)).filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(onEverything.flatMap(({ Action }) => listed(Action)))).toEqual(
      new Set(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']),
    );
  });

  it('is never denied or widened by anything but these policies', () => {
    expect(new Set([...statementsByRole().values()].flat().map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
    expect(
      [...resourcesOf(dev, 'AWS::IAM::Role').values()].filter(
        ({ Properties }) => Properties.ManagedPolicyArns || Properties.Policies,
      ),
    ).toEqual([]);
    expect(resourcesOf(dev, 'AWS::IAM::ManagedPolicy').size).toBe(0);
  });

  /** What takes something away for good, or past what keeps it, by role. */
  const takingAway = (template: typeof dev) =>
    [...statementsByRole(template)].flatMap(([role, statements]) =>
      statements
        .flatMap(({ Action }) => listed(Action))
        .filter((action) => /^(s3|dynamodb):(Delete|BypassGovernance|BatchWrite|Update)/.test(action))
        .map((action) => `${role} ${action}`),
    );

  it('includes taking anything away for good, for the one that erases, and for no other', () => {
    expect(new Set(takingAway(dev))).toEqual(
      new Set([
        'EraseSubjectWorkerRole dynamodb:DeleteItem',
        'EraseSubjectWorkerRole s3:DeleteObject',
        'EraseSubjectWorkerRole s3:DeleteObjectVersion',
      ]),
    );
  });

  it('includes passing a governance lock only where the stage says that erasures do', () => {
    const { pipeline: sample } = synthesizedStage('sample');
    const bypassing = permissionsOf('EraseSubjectWorkerRole', sample).filter((line) => line.includes('Bypass'));

    expect(bypassing).toEqual(['s3:BypassGovernanceRetention on ArchiveBucketName/AC*']);
    expect(JSON.stringify(dev.toJSON())).not.toContain('BypassGovernance');
  });

  it('includes deleting from the ledger by the beginning of the key: what is about a person, and no record', () => {
    const deleting = statementsByRole()
      .get('EraseSubjectWorkerRole')
      ?.filter(({ Action }) => listed(Action).includes('dynamodb:DeleteItem'));

    expect(deleting?.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SUBJECT#*', 'IDENTITY#*', 'CF#*', 'INBOX#*'] } },
    ]);
  });

  it('includes the key only through the services that hold our data', () => {
    const ofKey = [...statementsByRole().values()]
      .flat()
      .filter(({ Action }) => listed(Action).some((action) => action.startsWith('kms:')));

    expect(ofKey).toHaveLength(10);
    for (const { Resource, Condition } of ofKey) {
      const services = listed(Condition?.['StringEquals']?.['kms:ViaService']);
      expect(spelled(Resource)).toBe('<DataKeyArn>');
      expect(services.map(spelled)).toEqual(
        ['dynamodb', 's3', 'secretsmanager'].map((service) => `${service}.<AWS::Region>.amazonaws.com`),
      );
    }
  });

  it.each([
    [
      'EnrichTaskWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        'secretsmanager:GetSecretValue on SubjectIndexKeySecretArn',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        'sqs:ChangeMessageVisibility on EnrichTaskQueueName',
        'sqs:DeleteMessage on EnrichTaskQueueName',
        'sqs:GetQueueAttributes on EnrichTaskQueueName',
        'sqs:ReceiveMessage on EnrichTaskQueueName',
        'sqs:SendMessage on ArchiveRecordingQueueName',
        'sqs:SendMessage on ArchiveTranscriptQueueName',
        'sqs:SendMessage on CalabrioStatusQueueName',
        'sqs:SendMessage on CreateReviewTaskQueueName',
        'sqs:SendMessage on EnrichTaskDeadLetterQueueName',
        'sqs:SendMessage on EnrichTaskQueueName',
        'sqs:SendMessage on LinkRecordingQueueName',
        'sqs:SendMessage on QuarantineQueueName',
        'sqs:SendMessage on ReportStatusQueueName',
      ],
    ],
    [
      'ArchiveRecordingWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        's3:GetObject on ArchiveBucketName/AC*',
        's3:GetObjectRetention on ArchiveBucketName/AC*',
        's3:GetObjectVersion on ArchiveBucketName/AC*',
        's3:ListBucket on ArchiveBucketName',
        's3:ListBucketVersions on ArchiveBucketName',
        's3:PutObject on ArchiveBucketName/AC*',
        's3:PutObjectLegalHold on ArchiveBucketName/AC*',
        's3:PutObjectRetention on ArchiveBucketName/AC*',
        's3:PutObjectTagging on ArchiveBucketName/AC*',
        's3:PutObjectVersionTagging on ArchiveBucketName/AC*',
        'secretsmanager:GetSecretValue on RecordingKeysSecretArn',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        'sqs:ChangeMessageVisibility on ArchiveRecordingQueueName',
        'sqs:DeleteMessage on ArchiveRecordingQueueName',
        'sqs:GetQueueAttributes on ArchiveRecordingQueueName',
        'sqs:ReceiveMessage on ArchiveRecordingQueueName',
        'sqs:SendMessage on ArchiveRecordingDeadLetterQueueName',
        'sqs:SendMessage on CalabrioStatusQueueName',
        'sqs:SendMessage on DeleteSourceQueueName',
        'sqs:SendMessage on LinkRecordingQueueName',
        'sqs:SendMessage on QuarantineQueueName',
        'sqs:SendMessage on ReportStatusQueueName',
      ],
    ],
    [
      'LinkRecordingWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        'secretsmanager:GetSecretValue on LinkKeysSecretArn',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        'sqs:ChangeMessageVisibility on LinkRecordingQueueName',
        'sqs:DeleteMessage on LinkRecordingQueueName',
        'sqs:GetQueueAttributes on LinkRecordingQueueName',
        'sqs:ReceiveMessage on LinkRecordingQueueName',
        'sqs:SendMessage on LinkRecordingDeadLetterQueueName',
      ],
    ],
    [
      'CalabrioStatusWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        'secretsmanager:GetSecretValue on CalabrioSecretArn',
        'sqs:ChangeMessageVisibility on CalabrioStatusQueueName',
        'sqs:DeleteMessage on CalabrioStatusQueueName',
        'sqs:GetQueueAttributes on CalabrioStatusQueueName',
        'sqs:ReceiveMessage on CalabrioStatusQueueName',
        'sqs:SendMessage on CalabrioStatusDeadLetterQueueName',
        'sqs:SendMessage on DeleteSourceQueueName',
        'sqs:SendMessage on QuarantineQueueName',
        'sqs:SendMessage on ReportStatusQueueName',
      ],
    ],
    [
      'DeleteSourceWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        's3:GetObject on ArchiveBucketName/AC*',
        's3:GetObjectVersion on ArchiveBucketName/AC*',
        's3:ListBucket on ArchiveBucketName',
        'secretsmanager:GetSecretValue on CalabrioSecretArn',
        'secretsmanager:GetSecretValue on RecordingKeysSecretArn',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        'sqs:ChangeMessageVisibility on DeleteSourceQueueName',
        'sqs:DeleteMessage on DeleteSourceQueueName',
        'sqs:GetQueueAttributes on DeleteSourceQueueName',
        'sqs:ReceiveMessage on DeleteSourceQueueName',
        'sqs:SendMessage on DeleteSourceDeadLetterQueueName',
        'sqs:SendMessage on ReportStatusQueueName',
      ],
    ],
    [
      'ReportStatusWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        'secretsmanager:GetSecretValue on ReportTargetsSecretArn',
        'sqs:ChangeMessageVisibility on ReportStatusQueueName',
        'sqs:DeleteMessage on ReportStatusQueueName',
        'sqs:GetQueueAttributes on ReportStatusQueueName',
        'sqs:ReceiveMessage on ReportStatusQueueName',
        'sqs:SendMessage on ReportStatusDeadLetterQueueName',
        'sqs:SendMessage on ReportStatusQueueName',
      ],
    ],
    [
      'PlayRecordingRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        's3:GetObject on ArchiveBucketName/AC*',
        's3:GetObjectVersion on ArchiveBucketName/AC*',
        's3:ListBucket on ArchiveBucketName',
        'secretsmanager:GetSecretValue on LinkKeysSecretArn',
      ],
    ],
    [
      'ReconcileWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        'dynamodb:Query on LedgerTableName/index/by-day',
        'dynamodb:Query on LedgerTableName/index/open',
        's3:GetObject on ArchiveBucketName/reports/*',
        's3:ListBucket on ArchiveBucketName',
        's3:PutObject on ArchiveBucketName/parked/*',
        's3:PutObject on ArchiveBucketName/reports/*',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        ...everyHoldingQueue.map((queue) => `sqs:DeleteMessage on ${queue}`),
        ...everyHoldingQueue.map((queue) => `sqs:ReceiveMessage on ${queue}`),
        'sqs:SendMessage on ArchiveRecordingQueueName',
        'sqs:SendMessage on ArchiveTranscriptQueueName',
        'sqs:SendMessage on CalabrioStatusQueueName',
        'sqs:SendMessage on EnrichTaskQueueName',
        'sqs:SendMessage on EraseSubjectQueueName',
        'sqs:SendMessage on LinkRecordingQueueName',
      ],
    ],
    [
      'ArchiveTranscriptWorkerRole',
      [
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        's3:GetObject on ArchiveBucketName/AC*',
        's3:GetObjectRetention on ArchiveBucketName/AC*',
        's3:GetObjectVersion on ArchiveBucketName/AC*',
        's3:ListBucket on ArchiveBucketName',
        's3:ListBucketVersions on ArchiveBucketName',
        's3:PutObject on ArchiveBucketName/AC*',
        's3:PutObjectLegalHold on ArchiveBucketName/AC*',
        's3:PutObjectRetention on ArchiveBucketName/AC*',
        's3:PutObjectTagging on ArchiveBucketName/AC*',
        's3:PutObjectVersionTagging on ArchiveBucketName/AC*',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        'sqs:ChangeMessageVisibility on ArchiveTranscriptQueueName',
        'sqs:DeleteMessage on ArchiveTranscriptQueueName',
        'sqs:GetQueueAttributes on ArchiveTranscriptQueueName',
        'sqs:ReceiveMessage on ArchiveTranscriptQueueName',
        'sqs:SendMessage on ArchiveTranscriptDeadLetterQueueName',
      ],
    ],
    [
      'EraseSubjectWorkerRole',
      [
        'dynamodb:DeleteItem on LedgerTableName',
        'dynamodb:GetItem on LedgerTableName',
        'dynamodb:PutItem on LedgerTableName',
        'dynamodb:Query on LedgerTableName',
        's3:DeleteObject on ArchiveBucketName/AC*',
        's3:DeleteObject on ArchiveBucketName/parked/*',
        's3:DeleteObjectVersion on ArchiveBucketName/AC*',
        's3:DeleteObjectVersion on ArchiveBucketName/parked/*',
        's3:GetObject on ArchiveBucketName/erasures/*',
        's3:GetObjectLegalHold on ArchiveBucketName/AC*',
        's3:GetObjectLegalHold on ArchiveBucketName/parked/*',
        's3:GetObjectRetention on ArchiveBucketName/AC*',
        's3:GetObjectRetention on ArchiveBucketName/parked/*',
        's3:GetObjectVersion on ArchiveBucketName/parked/*',
        's3:ListBucket on ArchiveBucketName',
        's3:ListBucketVersions on ArchiveBucketName',
        's3:PutObject on ArchiveBucketName/erasures/*',
        's3:PutObjectLegalHold on ArchiveBucketName/AC*',
        'secretsmanager:GetSecretValue on SubjectIndexKeySecretArn',
        'secretsmanager:GetSecretValue on TwilioSecretArn',
        'sqs:ChangeMessageVisibility on EraseSubjectQueueName',
        ...[...everyHoldingQueue, 'EraseSubjectQueueName'].toSorted().map((queue) => `sqs:DeleteMessage on ${queue}`),
        'sqs:GetQueueAttributes on EraseSubjectQueueName',
        ...[...everyHoldingQueue, 'EraseSubjectQueueName'].toSorted().map((queue) => `sqs:ReceiveMessage on ${queue}`),
        'sqs:SendMessage on EraseSubjectDeadLetterQueueName',
      ],
    ],
    [
      'IngressSendRole',
      [
        'sqs:SendMessage on ArchiveRecordingQueueName',
        'sqs:SendMessage on CalabrioStatusQueueName',
        'sqs:SendMessage on EnrichTaskQueueName',
      ],
    ],
  ])('is, for %s, exactly this', (role, permissions) => {
    expect(permissionsOf(role)).toEqual(permissions);
  });

  it('is, for create-review-task where a stage has it, exactly this', () => {
    expect(permissionsOf('CreateReviewTaskWorkerRole', everything)).toEqual([
      'dynamodb:GetItem on LedgerTableName',
      'dynamodb:PutItem on LedgerTableName',
      'dynamodb:Query on LedgerTableName',
      'secretsmanager:GetSecretValue on LinkKeysSecretArn',
      'secretsmanager:GetSecretValue on TwilioSecretArn',
      'sqs:ChangeMessageVisibility on CreateReviewTaskQueueName',
      'sqs:DeleteMessage on CreateReviewTaskQueueName',
      'sqs:GetQueueAttributes on CreateReviewTaskQueueName',
      'sqs:ReceiveMessage on CreateReviewTaskQueueName',
      'sqs:SendMessage on CreateReviewTaskDeadLetterQueueName',
    ]);
  });

  it('is, for send-sms, what messages need and the items that remember them, and no record', () => {
    const ofLedger = statementsByRole(everything)
      .get('SendSmsRole')
      ?.filter(({ Action }) => listed(Action).some((action) => action.startsWith('dynamodb:')));

    expect(permissionsOf('SendSmsRole', everything)).toEqual([
      'dynamodb:GetItem on LedgerTableName',
      'dynamodb:PutItem on LedgerTableName',
      'secretsmanager:GetSecretValue on SubjectIndexKeySecretArn',
      'secretsmanager:GetSecretValue on TwilioSecretArn',
    ]);
    expect(ofLedger?.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SMS#*'] } },
    ]);
  });

  it('is, for authorize-caller, the callers’ tokens alone', () => {
    expect(permissionsOf('AuthorizeCallerRole', everything)).toEqual([
      'secretsmanager:GetSecretValue on SmsCallersSecretArn',
    ]);
  });

  it('includes, for enrich-task, the headers of the customer lookup only where there is one', () => {
    const added = permissionsOf('EnrichTaskWorkerRole', everything).filter(
      (line) => !permissionsOf('EnrichTaskWorkerRole').includes(line),
    );

    expect(added).toEqual(['secretsmanager:GetSecretValue on CustomerLookupSecretArn']);
  });
});
