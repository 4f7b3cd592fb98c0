import type { Stack } from './assembly.ts';
import { TemplateError } from './template-error.ts';

/** Resource types that change nothing in a local run, each with the reason; anything else must be handled or is refused. */
const ignoredTypes: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'usage statistics of the construct library',
  'AWS::CloudWatch::Alarm': 'watches metrics; the local run prints their counts instead',
  'AWS::CloudWatch::CompositeAlarm': 'as an alarm',
  'AWS::CloudWatch::Dashboard': 'a picture of metrics in the AWS console',
  'AWS::Logs::LogGroup': 'log lines of functions go to the runner; retention means nothing within a run',
  'AWS::Logs::MetricFilter': 'makes metrics of log lines; the local run keeps no log group',
  'AWS::Logs::QueryDefinition': 'a saved query of the AWS console',
  'AWS::Lambda::EventInvokeConfig': 'repeats failed asynchronous runs; a scheduled one runs again at its next tick',
  'AWS::KMS::Key': 'the stand-ins encrypt nothing; whether a caller may use the key is checked from its policies',
  'AWS::KMS::Alias': 'a second name of a key',
  'AWS::SNS::Topic': 'receives alarms, and no alarm fires locally',
  'AWS::SNS::TopicPolicy': 'as the topic',
  'AWS::SNS::Subscription': 'as the topic',
  'AWS::ApiGateway::Account': 'the logging role of the whole account; the local gateway has no CloudWatch log',
  'AWS::ApiGateway::Deployment': 'a snapshot of the routes; the local gateway serves the template as it is',
  'AWS::CertificateManager::Certificate': 'the local gateway speaks plain HTTP on the loopback',
  'AWS::Route53::RecordSet': 'names of the deployed domain; locally its address is rewritten to the loopback',
};

/** Resource types that the local cloud makes or reads. */
const handledTypes: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
]);

/** @throws {TemplateError} naming every resource whose type is neither handled nor ignored for a reason. */
export function refuseUnknownTypes(stacks: readonly Stack[]): void {
  const unknown = stacks.flatMap((stack) =>
    [...stack.resources]
      .filter(([, resource]) => !handledTypes.has(resource.Type) && !ignoredTypes[resource.Type])
      .map(([logicalId, resource]) => `${stack.name}/${logicalId} is of type ${resource.Type}`),
  );
  if (unknown.length > 0)
    throw new TemplateError(
      'the local cloud',
      `unknown resource types, handle or ignore them by name: ${unknown.join('; ')}`,
    );
}
