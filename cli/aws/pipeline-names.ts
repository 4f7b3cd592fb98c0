import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { awsWords } from './aws-words.ts';
import { UnreachableError } from '../unreachable-error.ts';
import type { WorkerName } from '../../lib/naming.ts';

type QueueName = WorkerName | 'quarantine' | `${WorkerName}-dead-letters`;

/** What a stage's things are called, as its stacks publish it in Parameter Store. */
export interface PipelineNames {
  readonly ledgerTable: string;
  readonly archiveBucket: string;
  readonly twilioSecretArn: string;
  readonly calabrioSecretArn: string;
  readonly subjectIndexKeySecretArn: string;
  readonly linkKeysSecretArn: string;
  readonly recordingKeysSecretArn: string;
  readonly queueUrls: Readonly<Record<QueueName, string>>;
  /** The pipeline stack publishes these; absent while only the stateful stack is deployed. */
  readonly reconcileFunction?: string;
  /** The policy as its functions have it: JSON. */
  readonly policyText?: string;
  readonly publicUrl?: string;
}

/** Reads the names. @throws {UnreachableError} when the stage publishes none, or not all that are needed. */
export async function pipelineNames(ssm: SSMClient, stage: string): Promise<PipelineNames> {
  const path = `/flex-task-pipeline/${stage}`;
  const read = (name: string): Promise<string | undefined> => parameter(ssm, `${path}/${name}`);
  const missing: string[] = [];
  const value = async (name: string): Promise<string> => {
    const found = await read(name);
    if (found === undefined) missing.push(name);
    return found ?? '';
  };
  const names: PipelineNames = {
    ledgerTable: await value('ledger-table/name'),
    archiveBucket: await value('archive-bucket/name'),
    twilioSecretArn: await value('twilio-secret/arn'),
    calabrioSecretArn: await value('calabrio-secret/arn'),
    subjectIndexKeySecretArn: await value('subject-index-key-secret/arn'),
    linkKeysSecretArn: await value('link-keys-secret/arn'),
    recordingKeysSecretArn: await value('recording-keys-secret/arn'),
    queueUrls: await queueUrls(value),
    ...(await publishedByPipeline(read)),
  };
  if (missing.length === 0) return names;
  const where = await ssm.config.region();
  throw new UnreachableError(
    `${path} in Parameter Store of ${where} lacks ${missing.join(', ')}: is the stage deployed there?`,
  );
}

async function queueUrls(value: (name: string) => Promise<string>): Promise<PipelineNames['queueUrls']> {
  const work = (queue: WorkerName): Promise<string> => value(`${queue}-queue/url`);
  const dead = (queue: WorkerName): Promise<string> => value(`${queue}-dead-letter-queue/url`);
  return {
    'enrich-task': await work('enrich-task'),
    'enrich-task-dead-letters': await dead('enrich-task'),
    'archive-recording': await work('archive-recording'),
    'archive-recording-dead-letters': await dead('archive-recording'),
    'link-recording': await work('link-recording'),
    'link-recording-dead-letters': await dead('link-recording'),
    'calabrio-status': await work('calabrio-status'),
    'calabrio-status-dead-letters': await dead('calabrio-status'),
    'delete-source': await work('delete-source'),
    'delete-source-dead-letters': await dead('delete-source'),
    'report-status': await work('report-status'),
    'report-status-dead-letters': await dead('report-status'),
    'create-review-task': await work('create-review-task'),
    'create-review-task-dead-letters': await dead('create-review-task'),
    'archive-transcript': await work('archive-transcript'),
    'archive-transcript-dead-letters': await dead('archive-transcript'),
    'erase-subject': await work('erase-subject'),
    'erase-subject-dead-letters': await dead('erase-subject'),
    quarantine: await value('quarantine-queue/url'),
  };
}

async function publishedByPipeline(
  read: (name: string) => Promise<string | undefined>,
): Promise<Pick<PipelineNames, 'reconcileFunction' | 'policyText' | 'publicUrl'>> {
  const reconcileFunction = await read('reconcile-function/name');
  const policyText = await read('policy');
  const publicUrl = await read('public-url');
  return {
    ...(reconcileFunction !== undefined && { reconcileFunction }),
    ...(policyText !== undefined && { policyText }),
    ...(publicUrl !== undefined && { publicUrl }),
  };
}

async function parameter(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch (cause) {
    if (cause instanceof ParameterNotFound) return undefined;
    throw new UnreachableError(`Parameter Store did not show ${name}: ${awsWords(cause)}`, { cause });
  }
}
