import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { invokeFunction } from '../../../cli/aws/invoke-function.ts';
import { pipelineNames } from '../../../cli/aws/pipeline-names.ts';
import { signedInRegion } from '../../../cli/aws/signed-in.ts';
import { UnreachableError } from '../../../cli/unreachable-error.ts';
import { startTestAws } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';

const operator = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret of operator' };

describe('signedInRegion', () => {
  const refuse = (): Promise<never> => Promise.reject(new Error('not there'));

  it('is the region that the environment gives', async () => {
    const client = new SSMClient({ region: 'eu-west-1', credentials: operator });

    expect(await signedInRegion(client)).toBe('eu-west-1');
  });

  it('says what to set when there is no region', async () => {
    const client = new SSMClient({ region: refuse, credentials: operator });

    await expect(signedInRegion(client)).rejects.toThrow(UnreachableError);
    await expect(signedInRegion(client)).rejects.toThrow('set AWS_REGION');
  });

  it('says how to sign in when nobody is', async () => {
    const client = new SSMClient({ region: 'eu-west-1', credentials: refuse });

    await expect(signedInRegion(client)).rejects.toThrow(UnreachableError);
    await expect(signedInRegion(client)).rejects.toThrow('aws sso login');
  });
});

describe('pipelineNames', () => {
  let test: TestAws;
  let ssm: SSMClient;
  beforeAll(async () => {
    test = await startTestAws();
    ssm = new SSMClient({ endpoint: test.aws.url, region: 'eu-west-1', credentials: operator, maxAttempts: 1 });
  });
  afterAll(async () => {
    ssm.destroy();
    await test.close();
  });

  const queues = [
    'enrich-task',
    'archive-recording',
    'link-recording',
    'calabrio-status',
    'delete-source',
    'report-status',
    'create-review-task',
    'archive-transcript',
    'erase-subject',
  ];
  const published = [
    'ledger-table/name',
    'archive-bucket/name',
    'twilio-secret/arn',
    'calabrio-secret/arn',
    'subject-index-key-secret/arn',
    'link-keys-secret/arn',
    'recording-keys-secret/arn',
    ...queues.flatMap((queue) => [`${queue}-queue/url`, `${queue}-dead-letter-queue/url`]),
    'quarantine-queue/url',
  ];
  const publish = (stage: string, names: readonly string[]): void =>
    names.forEach((name) => test.aws.parameters.put(`/flex-task-pipeline/${stage}/${name}`, `the ${name}`));

  it('are what the stage published', async () => {
    publish('whole', [...published, 'reconcile-function/name', 'policy', 'public-url']);

    expect(await pipelineNames(ssm, 'whole')).toEqual({
      ledgerTable: 'the ledger-table/name',
      archiveBucket: 'the archive-bucket/name',
      twilioSecretArn: 'the twilio-secret/arn',
      calabrioSecretArn: 'the calabrio-secret/arn',
      subjectIndexKeySecretArn: 'the subject-index-key-secret/arn',
      linkKeysSecretArn: 'the link-keys-secret/arn',
      recordingKeysSecretArn: 'the recording-keys-secret/arn',
      queueUrls: {
        'enrich-task': 'the enrich-task-queue/url',
        'enrich-task-dead-letters': 'the enrich-task-dead-letter-queue/url',
        'archive-recording': 'the archive-recording-queue/url',
        'archive-recording-dead-letters': 'the archive-recording-dead-letter-queue/url',
        'link-recording': 'the link-recording-queue/url',
        'link-recording-dead-letters': 'the link-recording-dead-letter-queue/url',
        'calabrio-status': 'the calabrio-status-queue/url',
        'calabrio-status-dead-letters': 'the calabrio-status-dead-letter-queue/url',
        'delete-source': 'the delete-source-queue/url',
        'delete-source-dead-letters': 'the delete-source-dead-letter-queue/url',
        'report-status': 'the report-status-queue/url',
        'report-status-dead-letters': 'the report-status-dead-letter-queue/url',
        'create-review-task': 'the create-review-task-queue/url',
        'create-review-task-dead-letters': 'the create-review-task-dead-letter-queue/url',
        'archive-transcript': 'the archive-transcript-queue/url',
        'archive-transcript-dead-letters': 'the archive-transcript-dead-letter-queue/url',
        'erase-subject': 'the erase-subject-queue/url',
        'erase-subject-dead-letters': 'the erase-subject-dead-letter-queue/url',
        quarantine: 'the quarantine-queue/url',
      },
      reconcileFunction: 'the reconcile-function/name',
      policyText: 'the policy',
      publicUrl: 'the public-url',
    });
  });

  it('do without what only the pipeline stack publishes', async () => {
    publish('stateful', published);

    const names = await pipelineNames(ssm, 'stateful');

    for (const name of ['reconcileFunction', 'policyText', 'publicUrl']) expect(names).not.toHaveProperty(name);
  });

  it('say which are missing, and where they were looked for', async () => {
    publish('half', published.slice(2));

    await expect(pipelineNames(ssm, 'half')).rejects.toThrow(
      '/flex-task-pipeline/half in Parameter Store of eu-west-1 lacks ledger-table/name, archive-bucket/name: is the stage deployed there?',
    );
  });

  it('give AWS’s own words when it refuses', async () => {
    const stranger = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'secret of stranger' };
    const client = new SSMClient({ endpoint: test.aws.url, region: 'eu-west-1', credentials: stranger });

    const asking = pipelineNames(client, 'whole');

    await expect(asking).rejects.toThrow(UnreachableError);
    await expect(asking).rejects.toThrow(/Parameter Store did not show \S+: UnrecognizedClientException: \S/);
  });
});

describe('invokeFunction', () => {
  let server: HttpAnswers;
  let answer: { status: number; headers: Record<string, string>; body: string };
  const invoke = (): Promise<unknown> => {
    const settings = { endpoint: server.url, region: 'eu-west-1', credentials: operator, maxAttempts: 1 };
    return invokeFunction(new LambdaClient(settings), 'dev-reconcile');
  };
  beforeAll(async () => {
    server = await answerHttp((request, response) => {
      const isInvocation =
        request.method === 'POST' && request.url === '/2015-03-31/functions/dev-reconcile/invocations';
      response.writeHead(isInvocation ? answer.status : 404, answer.headers).end(answer.body);
    });
  });
  afterAll(() => server.close());

  it('resolves to what the function returned', async () => {
    answer = { status: 200, headers: {}, body: '{"looked":3}' };

    expect(await invoke()).toEqual({ looked: 3 });
  });

  it('tells a function that failed from one that returned', async () => {
    answer = {
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: '{"errorMessage":"Task timed out after 300.00 seconds"}',
    };

    await expect(invoke()).rejects.toMatchObject({
      name: 'UnreachableError',
      message: 'the function failed (Unhandled): {"errorMessage":"Task timed out after 300.00 seconds"}',
    });
  });

  it('gives AWS’s own words when it refuses', async () => {
    answer = {
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
      body: '{"Message":"Function not found: dev-reconcile"}',
    };

    await expect(invoke()).rejects.toMatchObject({
      name: 'UnreachableError',
      message: 'Lambda did not invoke dev-reconcile: ResourceNotFoundException: Function not found: dev-reconcile',
    });
  });
});
