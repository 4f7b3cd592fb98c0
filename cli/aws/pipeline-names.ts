import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { awsWords } from './aws-words.ts';
import type { WorkerQueue } from '../connection.ts';
import { UnreachableError } from '../unreachable-error.ts';

/** What a stage's things are called, as its stacks publish it in Parameter Store. */
export interface PipelineNames {
  readonly ledgerTable: string;
  readonly archiveBucket: string;
  readonly twilioSecretArn: string;
  readonly queueUrls: Readonly<Record<WorkerQueue | 'quarantine' | `${WorkerQueue}-dead-letters`, string>>;
  /** The pipeline stack publishes it; absent while only the stateful stack is deployed. */
  readonly reconcileFunction?: string;
}

/** Reads the names. @throws {UnreachableError} when the stage publishes none, or not all that are needed. */
export async function pipelineNames(ssm: SSMClient, stage: string): Promise<PipelineNames> {
  const path = `/flex-task-pipeline/${stage}`;
  const missing: string[] = [];
  const value = async (name: string): Promise<string> => {
    const found = await parameter(ssm, `${path}/${name}`);
    if (found === undefined) missing.push(name);
    return found ?? '';
  };
  const reconcileFunction = await parameter(ssm, `${path}/reconcile-function/name`);
  const names: PipelineNames = {
    ledgerTable: await value('ledger-table/name'),
    archiveBucket: await value('archive-bucket/name'),
    twilioSecretArn: await value('twilio-secret/arn'),
    queueUrls: {
      'enrich-task': await value('enrich-task-queue/url'),
      'enrich-task-dead-letters': await value('enrich-task-dead-letter-queue/url'),
      'archive-recording': await value('archive-recording-queue/url'),
      'archive-recording-dead-letters': await value('archive-recording-dead-letter-queue/url'),
      'link-recording': await value('link-recording-queue/url'),
      'link-recording-dead-letters': await value('link-recording-dead-letter-queue/url'),
      quarantine: await value('quarantine-queue/url'),
    },
    ...(reconcileFunction !== undefined && { reconcileFunction }),
  };
  if (missing.length === 0) return names;
  const where = await ssm.config.region();
  throw new UnreachableError(
    `${path} in Parameter Store of ${where} lacks ${missing.join(', ')}: is the stage deployed there?`,
  );
}

async function parameter(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch (cause) {
    if (cause instanceof ParameterNotFound) return undefined;
    throw new UnreachableError(`Parameter Store did not show ${name}: ${awsWords(cause)}`, { cause });
  }
}
