import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accountAtTwilio } from './account-at-twilio.ts';
import type { AwsPlace } from './aws-place.ts';
import { installationOf } from './installation-of.ts';
import { invokeFunction } from './invoke-function.ts';
import { parkedPlace } from './parked-place.ts';
import { pipelineNames } from './pipeline-names.ts';
import type { PipelineNames } from './pipeline-names.ts';
import { queuePlace } from './queue-place.ts';
import { signedInRegion } from './signed-in.ts';
import type { Connection, LastAttributes } from '../connection.ts';
import { policyOf } from '../policy-of.ts';
import { stageOf } from '../stage-of.ts';
import { UnreachableError } from '../unreachable-error.ts';
import { workersWhenAsked } from '../workers/workers-when-asked.ts';
import { dynamodbContactInbox } from '../../lambdas/shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbControlRecords } from '../../lambdas/shared/adapters/dynamodb/control-records.ts';
import { dynamodbLedger } from '../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbErasureRequests } from '../../lambdas/shared/adapters/dynamodb/erasure-requests.ts';
import { dynamodbSubjectIndex } from '../../lambdas/shared/adapters/dynamodb/subject-index.ts';
import { dynamodbTranscriptRecords } from '../../lambdas/shared/adapters/dynamodb/transcript-records.ts';
import { s3ArchiveKeeping } from '../../lambdas/shared/adapters/s3/archive-keeping.ts';
import { s3Certificates } from '../../lambdas/shared/adapters/s3/certificates.ts';
import { s3Archive } from '../../lambdas/shared/adapters/s3/s3-archive.ts';
import { s3ArchiveReports } from '../../lambdas/shared/adapters/s3/archive-reports.ts';
import { calabrioSecretSchema } from '../../lambdas/shared/adapters/secrets/calabrio-secret.ts';
import { secretSource } from '../../lambdas/shared/adapters/secrets/secret-source.ts';
import { hmacSubjectHash, subjectIndexKeySchema } from '../../lambdas/shared/adapters/secrets/subject-hash.ts';
import { twilioSecretSchema } from '../../lambdas/shared/adapters/secrets/twilio-secret.ts';
import { queueNameOf, sqsCall } from '../../lambdas/shared/adapters/sqs/sqs-call.ts';
import { twilioTasks } from '../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { twilioWorkers } from '../../lambdas/shared/adapters/twilio/workers.ts';
import { workspaceSid } from '../../lambdas/shared/domain/sids.ts';
import type { TaskSid, WorkspaceSid } from '../../lambdas/shared/domain/sids.ts';
import type { Workers } from '../../lambdas/shared/ports/workers.ts';

/** What differs between a stage in AWS and a local cloud: where Twilio is asked, how a function is started, what time it is. */
export interface OwnWays extends Pick<Connection, 'lastAttributes' | 'reconcile' | 'policy' | 'now'> {
  /** Every Twilio host maps to this base; absent for Twilio itself. */
  readonly twilioUrl?: string;
  /** As `Installation.calabrioUrl`. */
  readonly calabrioUrl?: string;
}

/**
 * Connects to a stage with the credentials and the region of the environment; its names come from Parameter Store.
 *
 * @throws {UnreachableError} when the stage is not there or may not be read.
 */
export async function connectToStage(stage: string, place: AwsPlace, now: () => Date): Promise<Connection> {
  const ssm = new SSMClient(place);
  const region = await signedInRegion(ssm);
  const names = await pipelineNames(ssm, stage);
  ssm.destroy();
  return connectionTo({ name: `stage ${stage} in ${region}`, stageName: stage }, place, names, {
    policy: policyOf(names.policyText, `stage ${stage}`),
    now,
    lastAttributes: ({ taskSid, workspaceSid }) => attributesAtTwilio(place, names, taskSid, workspaceSid, now),
    reconcile: (event) => invokeReconcile(place, names, stage, event),
  });
}

/** A connection to the pipeline that has these names there. */
export function connectionTo(
  called: Pick<Connection, 'name' | 'stageName'>,
  place: AwsPlace,
  names: PipelineNames,
  { twilioUrl, calabrioUrl, ...ways }: OwnWays,
): Connection {
  const secrets = new SecretsManagerClient(place);
  const sqs = new SQSClient(place);
  const dynamodb = new DynamoDBClient(place);
  const s3 = new S3Client(place);
  const { versions, isHeld, lockOf } = s3ArchiveKeeping(names.archiveBucket, s3);
  return {
    ...called,
    ledger: dynamodbLedger(names.ledgerTable, dynamodb),
    inbox: dynamodbContactInbox(names.ledgerTable, dynamodb),
    controls: dynamodbControlRecords(names.ledgerTable, dynamodb),
    transcripts: dynamodbTranscriptRecords(names.ledgerTable, dynamodb),
    subjectIndex: dynamodbSubjectIndex(names.ledgerTable, dynamodb),
    subjectHash: hmacSubjectHash(
      secretSource({
        ...{ client: secrets, secretArn: names.subjectIndexKeySecretArn },
        ...{ schema: subjectIndexKeySchema, now: ways.now },
      }),
    ),
    archive: { ...s3Archive(names.archiveBucket, s3), versions, isHeld, lockOf },
    erasures: dynamodbErasureRequests(names.ledgerTable, dynamodb),
    certificates: s3Certificates(names.archiveBucket, s3),
    reports: s3ArchiveReports(names.archiveBucket, s3),
    ...accountAtTwilio(called.stageName, names, { secrets, twilioUrl, now: ways.now }),
    workers: workersWhenAsked(() => workersOf(called.stageName, names, { secrets, twilioUrl, now: ways.now })),
    twilioSecret: secretSource({
      ...{ client: secrets, secretArn: names.twilioSecretArn },
      ...{ schema: twilioSecretSchema, now: ways.now },
    }),
    twilioUrl,
    installation: installationOf(names, { secrets, s3, sqs, calabrioUrl, now: ways.now }),
    publicUrl: names.publicUrl,
    calabrioToken: () => calabrioToken(place, names, ways.now),
    asidePlaces(of) {
      const queue = of === 'quarantine' ? of : (`${of}-dead-letters` as const);
      const queueUrl = names.queueUrls[queue];
      return [queuePlace(queue, sqs, queueUrl), parkedPlace(queue, s3, names.archiveBucket, queueNameOf(queueUrl))];
    },
    async sendBack(queue, body) {
      const command = new SendMessageCommand({ QueueUrl: names.queueUrls[queue], MessageBody: body });
      const sent = await sqsCall(`take a message back for ${queue}`, () => sqs.send(command));
      return sent.MessageId ?? '';
    },
    queueDepth: (queue) => depthOf(sqs, queue, names.queueUrls[queue]),
    ...ways,
    async close() {
      for (const client of [sqs, dynamodb, s3, secrets]) client.destroy();
    },
  };
}

async function calabrioToken(place: AwsPlace, names: PipelineNames, now: () => Date): Promise<string> {
  const client = new SecretsManagerClient(place);
  const secret = secretSource({ client, secretArn: names.calabrioSecretArn, schema: calabrioSecretSchema, now });
  const { webhookTokens } = (await secret.current()).reveal();
  client.destroy();
  return webhookTokens.current;
}

/** By the workspace of the stage table, with the key that the stage's functions have. */
async function workersOf(
  stageName: string,
  names: PipelineNames,
  has: { readonly secrets: SecretsManagerClient; readonly twilioUrl: string | undefined; readonly now: () => Date },
): Promise<Workers> {
  const { twilio } = await stageOf(stageName);
  const from = { client: has.secrets, secretArn: names.twilioSecretArn, now: has.now };
  const apiKey = secretSource({ ...from, schema: twilioSecretSchema });
  return twilioWorkers(twilioClient({ apiKey, baseUrl: has.twilioUrl }), workspaceSid(twilio.workspaceSid));
}

async function attributesAtTwilio(
  place: AwsPlace,
  names: PipelineNames,
  taskSid: TaskSid,
  workspaceSid: WorkspaceSid,
  now: () => Date,
): Promise<LastAttributes> {
  const client = new SecretsManagerClient(place);
  const apiKey = secretSource({ client, secretArn: names.twilioSecretArn, schema: twilioSecretSchema, now });
  const fetched = await twilioTasks(twilioClient({ apiKey }), workspaceSid).fetch(taskSid);
  client.destroy();
  return fetched.kind === 'gone' ? fetched : { kind: 'at-twilio', attributes: fetched.task.attributes };
}

async function depthOf(sqs: SQSClient, queue: string, queueUrl: string): Promise<number> {
  const counts = [
    ...(['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const),
    'ApproximateNumberOfMessagesDelayed' as const,
  ];
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: counts });
  const { Attributes = {} } = await sqsCall(`say how much waits for ${queue}`, () => sqs.send(command));
  return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

async function invokeReconcile(
  place: AwsPlace,
  names: PipelineNames,
  stage: string,
  event: object | undefined,
): Promise<unknown> {
  if (names.reconcileFunction === undefined) {
    throw new UnreachableError(`the stage ${stage} publishes no reconcile function: is its pipeline stack deployed?`);
  }
  const client = new LambdaClient(place);
  const answer = await invokeFunction(client, names.reconcileFunction, event);
  client.destroy();
  return answer;
}
