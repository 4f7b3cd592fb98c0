import * as z from 'zod/mini';
import type { AwsAccess } from './aws-access.ts';
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

const answerSchema = z.object({
  Parameters: z.array(z.object({ Name: z.string(), Value: z.string() })),
  NextToken: z.optional(z.nullable(z.string())),
});

/** Reads the names. @throws {UnreachableError} when the stage publishes none, or not all that are needed. */
export async function pipelineNames(access: AwsAccess, stage: string): Promise<PipelineNames> {
  const path = `/flex-task-pipeline/${stage}`;
  const values = await parametersUnder(access, path);
  const missing: string[] = [];
  const value = (name: string): string => {
    const found = values.get(`${path}/${name}`);
    if (found === undefined) missing.push(name);
    return found ?? '';
  };
  const reconcileFunction = values.get(`${path}/reconcile-function/name`);
  const names: PipelineNames = {
    ledgerTable: value('ledger-table/name'),
    archiveBucket: value('archive-bucket/name'),
    twilioSecretArn: value('twilio-secret/arn'),
    queueUrls: {
      'enrich-task': value('enrich-task-queue/url'),
      'enrich-task-dead-letters': value('enrich-task-dead-letter-queue/url'),
      'archive-recording': value('archive-recording-queue/url'),
      'archive-recording-dead-letters': value('archive-recording-dead-letter-queue/url'),
      'link-recording': value('link-recording-queue/url'),
      'link-recording-dead-letters': value('link-recording-dead-letter-queue/url'),
      quarantine: value('quarantine-queue/url'),
    },
    ...(reconcileFunction !== undefined && { reconcileFunction }),
  };
  if (missing.length > 0) {
    throw new UnreachableError(`${path} in Parameter Store of ${await access.region()} lacks ${missing.join(', ')}: is the stage deployed there?`);
  }
  return names;
}

async function parametersUnder(access: AwsAccess, path: string): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  let nextToken: string | null | undefined;
  do {
    const input = { Path: path, Recursive: true, ...(typeof nextToken === 'string' && { NextToken: nextToken }) };
    const answer = answerSchema.parse(await access.call('ssm', 'AmazonSSM.GetParametersByPath', input));
    answer.Parameters.forEach(({ Name, Value }) => values.set(Name, Value));
    nextToken = answer.NextToken;
  } while (typeof nextToken === 'string');
  return values;
}
