import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { awsAccess } from './aws-access.ts';
import type { AwsAccess, AwsPlace } from './aws-access.ts';
import { parkedPlace } from './parked-place.ts';
import { pipelineNames } from './pipeline-names.ts';
import type { PipelineNames } from './pipeline-names.ts';
import { queuePlace } from './queue-place.ts';
import type { Connection, LastAttributes } from '../connection.ts';
import { UnreachableError } from '../unreachable-error.ts';
import { dynamodbLedger } from '../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { secretSource } from '../../lambdas/shared/adapters/secrets/secret-source.ts';
import { twilioSecretSchema } from '../../lambdas/shared/adapters/secrets/twilio-secret.ts';
import { queueNameOf, sqsCall } from '../../lambdas/shared/adapters/sqs/sqs-call.ts';
import { twilioTasks } from '../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TaskSid, WorkspaceSid } from '../../lambdas/shared/domain/sids.ts';

/** What differs between a stage in AWS and a local cloud: where Twilio is asked, and how a function is started. */
export type OwnWays = Pick<Connection, 'lastAttributes' | 'reconcile'>;

/**
 * Connects to a stage with the credentials and the region of the environment; its names come from Parameter Store.
 *
 * @throws {UnreachableError} when the stage is not there or may not be read.
 */
export async function connectToStage(stage: string, place: AwsPlace, now: () => Date): Promise<Connection> {
  const access = awsAccess(place, now);
  const names = await pipelineNames(access, stage);
  const region = await access.region();
  return connectionTo(`stage ${stage} in ${region}`, access, names, {
    lastAttributes: ({ taskSid, workspaceSid }) => attributesAtTwilio(access, names, taskSid, workspaceSid, now),
    reconcile: () => invokeReconcile(access, names, stage),
  });
}

/** A connection made of a pipeline's names and a way to call AWS. */
export function connectionTo(name: string, access: AwsAccess, names: PipelineNames, ways: OwnWays): Connection {
  const dynamodb = new DynamoDBClient(access.clientSettings);
  const s3 = new S3Client(access.clientSettings);
  return {
    name,
    ledger: dynamodbLedger(names.ledgerTable, dynamodb),
    asidePlaces(of) {
      const place = of === 'quarantine' ? of : (`${of}-dead-letters` as const);
      const queueUrl = names.queueUrls[place];
      return [
        queuePlace(place, access.sqs, queueUrl),
        parkedPlace(place, s3, names.archiveBucket, queueNameOf(queueUrl)),
      ];
    },
    async sendBack(queue, body) {
      const command = new SendMessageCommand({ QueueUrl: names.queueUrls[queue], MessageBody: body });
      const sent = await sqsCall(`take a message back for ${queue}`, () => access.sqs.send(command));
      return sent.MessageId ?? '';
    },
    ...ways,
    async close() {
      for (const client of [access.sqs, dynamodb, s3]) client.destroy();
    },
  };
}

async function attributesAtTwilio(
  access: AwsAccess,
  names: PipelineNames,
  taskSid: TaskSid,
  workspaceSid: WorkspaceSid,
  now: () => Date,
): Promise<LastAttributes> {
  const client = new SecretsManagerClient(access.clientSettings);
  const apiKey = secretSource({
    client,
    secretArn: names.twilioSecretArn,
    schema: twilioSecretSchema,
    maxAgeSeconds: 300,
    now,
  });
  const fetched = await twilioTasks(twilioClient({ apiKey }), workspaceSid).fetch(taskSid);
  client.destroy();
  return fetched.kind === 'gone' ? fetched : { kind: 'at-twilio', attributes: fetched.task.attributes };
}

async function invokeReconcile(access: AwsAccess, names: PipelineNames, stage: string): Promise<unknown> {
  if (names.reconcileFunction === undefined) {
    throw new UnreachableError(`the stage ${stage} publishes no reconcile function: is its pipeline stack deployed?`);
  }
  return access.post('lambda', `/2015-03-31/functions/${encodeURIComponent(names.reconcileFunction)}/invocations`, {});
}
