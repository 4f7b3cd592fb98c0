import { createHash } from 'node:crypto';
import type { Identity, ResourceFacts } from './resolved-template.ts';

/** What only AWS, or what stands in for it, knows of a resource. */
export interface MadeResources {
  queue(name: string): { readonly arn: string; readonly url: string };
  secret(name: string, facts: ResourceFacts): { readonly arn: string };
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

type Identify = (facts: ResourceFacts, place: Place, made: MadeResources) => Identity;

const none = {};

/** A name that CloudFormation would make up: stack and logical id, always the same, cut to what the type allows. */
function generatedName(facts: ResourceFacts, maximumLength: number): string {
  const whole = `${facts.stackName}-${facts.logicalId}`;
  return whole.length <= maximumLength ? whole : `${whole.slice(0, maximumLength - 9)}-${shortHash(whole).slice(0, 8)}`;
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An id as API Gateway and KMS make them: ten characters that say nothing. */
const madeUpId = (facts: ResourceFacts): string => shortHash(`${facts.stackName}/${facts.logicalId}`).slice(0, 10);

const arn = (service: string, place: Place, resource: string): string =>
  `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;

function named(facts: ResourceFacts, property: string, maximumLength: number): () => string {
  return () => facts.text(property) ?? generatedName(facts, maximumLength);
}

const identities: Readonly<Record<string, Identify>> = {
  'AWS::S3::Bucket': (facts) => {
    const name = () => facts.text('BucketName') ?? generatedName(facts, 63).toLowerCase();
    return {
      ref: name,
      attributes: { Arn: () => `arn:aws:s3:::${name()}`, DomainName: () => `${name()}.s3.amazonaws.com` },
    };
  },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (facts, _place, made) => {
    const name = named(facts, 'QueueName', 80);
    const url = () => made.queue(name()).url;
    return { ref: url, attributes: { Arn: () => made.queue(name()).arn, QueueName: name, QueueUrl: url } };
  },
  'AWS::SecretsManager::Secret': (facts, _place, made) => {
    const name = named(facts, 'Name', 512);
    const secretArn = () => made.secret(name(), facts).arn;
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
  'AWS::SSM::Parameter': (facts) => ({
    ref: named(facts, 'Name', 512),
    attributes: { Value: () => facts.text('Value') ?? '', Type: () => 'String' },
  }),
  'AWS::Lambda::Function': (facts, place) => {
    const name = named(facts, 'FunctionName', 64);
    return { ref: name, attributes: { Arn: () => arn('lambda', place, `function:${name()}`) } };
  },
  'AWS::IAM::Role': (facts, place) => {
    const name = named(facts, 'RoleName', 64);
    const roleArn = () => `arn:aws:iam::${place.accountId}:role/${name()}`;
    return { ref: name, attributes: { Arn: roleArn, RoleId: () => `AROA${madeUpId(facts).toUpperCase()}` } };
  },
  'AWS::IAM::Policy': (facts) => ({ ref: named(facts, 'PolicyName', 128), attributes: none }),
  'AWS::IAM::ManagedPolicy': (facts, place) => {
    const name = named(facts, 'ManagedPolicyName', 128);
    return { ref: () => `arn:aws:iam::${place.accountId}:policy/${name()}`, attributes: none };
  },
  'AWS::ApiGateway::RestApi': (facts) => {
    const id = () => madeUpId(facts);
    return { ref: id, attributes: { RootResourceId: () => `root-${id()}`, RestApiId: id } };
  },
  'AWS::ApiGateway::Resource': opaque,
  'AWS::ApiGateway::Deployment': opaque,
  'AWS::ApiGateway::Method': opaque,
  'AWS::ApiGateway::RequestValidator': opaque,
  'AWS::ApiGateway::ApiKey': alone('APIKeyId'),
  'AWS::ApiGateway::Authorizer': alone('AuthorizerId'),
  'AWS::ApiGateway::UsagePlan': alone('Id'),
  'AWS::ApiGateway::UsagePlanKey': alone('Id'),
  'AWS::ApiGateway::Stage': (facts) => ({ ref: () => facts.text('StageName') ?? 'Stage', attributes: none }),
  'AWS::ApiGateway::DomainName': (facts) => ({
    ref: () => facts.text('DomainName') ?? '',
    attributes: {
      RegionalDomainName: () => `d-${madeUpId(facts)}.execute-api.amazonaws.com`,
      RegionalHostedZoneId: () => 'ZLOCAL',
    },
  }),
  'AWS::Events::Rule': (facts, place) => {
    const name = named(facts, 'Name', 64);
    return { ref: name, attributes: { Arn: () => arn('events', place, `rule/${name()}`) } };
  },
  'AWS::KMS::Key': (facts, place) => ({
    ref: () => madeUpId(facts),
    attributes: { Arn: () => arn('kms', place, `key/${madeUpId(facts)}`), KeyId: () => madeUpId(facts) },
  }),
  'AWS::KMS::Alias': (facts) => ({ ref: () => facts.text('AliasName') ?? '', attributes: none }),
  'AWS::Logs::LogGroup': (facts, place) => {
    const name = named(facts, 'LogGroupName', 512);
    return { ref: name, attributes: { Arn: () => arn('logs', place, `log-group:${name()}:*`) } };
  },
  'AWS::SNS::Topic': (facts, place) => {
    const name = named(facts, 'TopicName', 256);
    const topicArn = () => arn('sns', place, name());
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
};

function table(facts: ResourceFacts, place: Place): Identity {
  const name = named(facts, 'TableName', 255);
  return { ref: name, attributes: { Arn: () => arn('dynamodb', place, `table/${name()}`) } };
}

function alarm(facts: ResourceFacts, place: Place): Identity {
  const name = named(facts, 'AlarmName', 255);
  return { ref: name, attributes: { Arn: () => arn('cloudwatch', place, `alarm:${name()}`) } };
}

/** A resource whose made-up id is all that is known of it, also under one attribute. */
function alone(attribute: string): Identify {
  return (facts) => {
    const id = () => madeUpId(facts);
    return { ref: id, attributes: { [attribute]: id } };
  };
}

function opaque(facts: ResourceFacts): Identity {
  const id = () => madeUpId(facts);
  return {
    ref: id,
    attributes: facts.type === 'AWS::ApiGateway::Deployment' ? { DeploymentId: id } : { ResourceId: id },
  };
}

/** What `Ref` and `Fn::GetAtt` say of a resource; `undefined` for a type that nothing may refer to. */
export function identify(facts: ResourceFacts, place: Place, made: MadeResources): Identity | undefined {
  return identities[facts.type]?.(facts, place, made);
}
