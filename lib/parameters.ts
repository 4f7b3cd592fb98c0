import { CfnParameter } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { constructId, serviceName } from './naming.ts';

/**
 * What the stateful stack tells the pipeline stack, by Parameter Store instead of stack exports: an export that is in use
 * can neither change nor go, so one stack would hold the other fast. The pipeline reads these when it is deployed.
 */
export const parameterNames = [
  'data-key/arn',
  'archive-bucket/name',
  'ledger-table/name',
  'twilio-secret/arn',
  'link-keys-secret/arn',
  'subject-index-key-secret/arn',
  'calabrio-secret/arn',
  'report-targets-secret/arn',
  'customer-lookup-secret/arn',
  'recording-keys-secret/arn',
  'sms-callers-secret/arn',
  'enrich-task-queue/name',
  'enrich-task-queue/url',
  'enrich-task-dead-letter-queue/name',
  'enrich-task-dead-letter-queue/url',
  'archive-recording-queue/name',
  'archive-recording-queue/url',
  'archive-recording-dead-letter-queue/name',
  'archive-recording-dead-letter-queue/url',
  'link-recording-queue/name',
  'link-recording-queue/url',
  'link-recording-dead-letter-queue/name',
  'link-recording-dead-letter-queue/url',
  'calabrio-status-queue/name',
  'calabrio-status-queue/url',
  'calabrio-status-dead-letter-queue/name',
  'calabrio-status-dead-letter-queue/url',
  'delete-source-queue/name',
  'delete-source-queue/url',
  'delete-source-dead-letter-queue/name',
  'delete-source-dead-letter-queue/url',
  'report-status-queue/name',
  'report-status-queue/url',
  'report-status-dead-letter-queue/name',
  'report-status-dead-letter-queue/url',
  'create-review-task-queue/name',
  'create-review-task-queue/url',
  'create-review-task-dead-letter-queue/name',
  'create-review-task-dead-letter-queue/url',
  'archive-transcript-queue/name',
  'archive-transcript-queue/url',
  'archive-transcript-dead-letter-queue/name',
  'archive-transcript-dead-letter-queue/url',
  'erase-subject-queue/name',
  'erase-subject-queue/url',
  'erase-subject-dead-letter-queue/name',
  'erase-subject-dead-letter-queue/url',
  'quarantine-queue/name',
  'quarantine-queue/url',
] as const;
export type ParameterName = (typeof parameterNames)[number];

/** What the pipeline stack publishes, for tools alone. */
type PipelineParameterName = 'reconcile-function/name' | 'policy' | 'public-url';

/** `/flex-task-pipeline/dev/archive-bucket/name`: where tools and the pipeline look. */
export function parameterPath(stageName: string, name: ParameterName | PipelineParameterName): string {
  return `/${serviceName}/${stageName}/${name}`;
}

/** Publishes every name; a missing or misspelt one does not compile. */
export function publish(scope: Construct, stageName: string, values: Readonly<Record<ParameterName, string>>): void {
  for (const name of parameterNames) {
    new StringParameter(scope, `${constructId(name)}Parameter`, {
      parameterName: parameterPath(stageName, name),
      stringValue: values[name],
    });
  }
}

/** The id, in the reading stack's template, of the parameter that holds a published value: `ArchiveBucketName`. */
function parameterId(name: ParameterName): string {
  return constructId(name);
}

/**
 * Gives published values as tokens that CloudFormation resolves at deployment. Each value that is asked for becomes one
 * parameter of the stack; asking again gives the same one.
 */
export function publishedValues(stack: Stack, stageName: string): (name: ParameterName) => string {
  const values = new Map<ParameterName, string>();
  return (name) => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const parameter = new CfnParameter(stack, parameterId(name), {
      type: 'AWS::SSM::Parameter::Value<String>',
      default: parameterPath(stageName, name),
    });
    values.set(name, parameter.valueAsString);
    return parameter.valueAsString;
  };
}
