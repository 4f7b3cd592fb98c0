import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Json, JsonObject } from '../../../local/cloud/template/json.ts';

/** Logical ids and their resources. */
export type Resources = Readonly<Record<string, JsonObject>>;

const bundles = join(import.meta.dirname, '..', '..', 'fixtures', 'assembly');

const roleFor = (service: string, ...statements: readonly JsonObject[]): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
    },
    Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});

const allow = (actions: readonly string[], resource: Json): JsonObject => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

const att = (logicalId: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, attribute] });

/** The mapping template of the notes route: the body and one header, base64, so that neither can break the JSON. */
const noteTemplate = [
  '#set($signature = "")#foreach($name in $input.params().header.keySet())',
  '#if($name.toLowerCase() == "x-note-signature")#set($signature = $input.params().header.get($name))#end#end',
  '#set($version = 1)Action=SendMessage&MessageBody=$util.urlEncode(\'{"headers":{"signature":"\')',
  '$util.urlEncode($util.base64Encode($signature))$util.urlEncode(\'"},"body":"\')',
  "$util.urlEncode($util.base64Encode($input.body))$util.urlEncode('\"}')",
].join('');

/** A small service written by hand: notes come by POST, wait on a queue and are stored; a greeting is answered at once. */
export const notesResources: Resources = {
  NotesBucket: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
  NotesQueue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: att('NotesDeadLetters', 'Arn'), maxReceiveCount: 3 },
    },
  },
  NotesDeadLetters: { Type: 'AWS::SQS::Queue' },
  StoreNoteRole: roleFor(
    'lambda.amazonaws.com',
    allow(['s3:PutObject'], { 'Fn::Join': ['', [att('NotesBucket', 'Arn'), '/notes/*']] }),
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('NotesQueue', 'Arn')),
  ),
  StoreNoteFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'store-note.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: att('StoreNoteRole', 'Arn'),
      Timeout: 10,
      MemorySize: 256,
      Environment: { Variables: { NOTES_BUCKET: { Ref: 'NotesBucket' }, PUBLIC_URL: invokeUrl() } },
    },
  },
  StoreNoteSource: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'StoreNoteFunction' },
      EventSourceArn: att('NotesQueue', 'Arn'),
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
  GreetRole: roleFor('lambda.amazonaws.com'),
  GreetFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'greet.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: att('GreetRole', 'Arn'),
      Timeout: 5,
      MemorySize: 256,
      Environment: { Variables: { GREETING: 'Good day' } },
    },
  },
  EveryTenMinutes: {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(10 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: att('GreetFunction', 'Arn'), Id: 'greet' }],
    },
  },
  AllowSchedule: permission('events.amazonaws.com', att('EveryTenMinutes', 'Arn')),
  AllowApi: permission('apigateway.amazonaws.com', {
    'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/v1/GET/greetings/*',
  }),
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'notes' } },
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Api' },
      DeploymentId: { Ref: 'Deployment' },
      StageName: 'v1',
      MethodSettings: [
        { HttpMethod: 'GET', ResourcePath: '/~1greetings~1{name}', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 },
      ],
    },
  },
  Notes: apiResource(att('Api', 'RootResourceId'), 'notes'),
  Greetings: apiResource(att('Api', 'RootResourceId'), 'greetings'),
  Greeting: apiResource({ Ref: 'Greetings' }, '{name}'),
  GatewayRole: roleFor('apigateway.amazonaws.com', allow(['sqs:SendMessage'], att('NotesQueue', 'Arn'))),
  PostNote: method('POST', 'Notes', {
    MethodResponses: [{ StatusCode: '204' }, { StatusCode: '503' }],
    Integration: {
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${NotesQueue.QueueName}' },
      Credentials: att('GatewayRole', 'Arn'),
      PassthroughBehavior: 'NEVER',
      RequestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      RequestTemplates: { 'application/json': noteTemplate, 'application/x-www-form-urlencoded': noteTemplate },
      IntegrationResponses: [
        { StatusCode: '503', ResponseTemplates: { 'application/json': '#set($nothing = "")' } },
        {
          StatusCode: '204',
          SelectionPattern: '200',
          ResponseTemplates: { 'application/json': '#set($nothing = "")' },
        },
      ],
    },
  }),
  GetGreeting: method('GET', 'Greeting', {
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: {
        'Fn::Sub':
          'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${GreetFunction.Arn}/invocations',
      },
    },
  }),
  UnsupportedMediaType: gatewayResponse('UNSUPPORTED_MEDIA_TYPE', '503'),
  TooLarge: gatewayResponse('REQUEST_TOO_LARGE', '503'),
};

function invokeUrl(): JsonObject {
  return { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}' };
}

function apiResource(parent: JsonObject, part: string): JsonObject {
  return {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, ParentId: parent, PathPart: part },
  };
}

function method(httpMethod: string, resource: string, properties: JsonObject): JsonObject {
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: resource },
      HttpMethod: httpMethod,
      AuthorizationType: 'NONE',
      ...properties,
    },
  };
}

function gatewayResponse(type: string, status: string): JsonObject {
  return {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResponseType: type,
      StatusCode: status,
      ResponseTemplates: { 'application/json': '' },
    },
  };
}

function permission(service: string, sourceArn: Json): JsonObject {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: att('GreetFunction', 'Arn'),
      Principal: service,
      SourceArn: sourceArn,
    },
  };
}

/** Writes an assembly of one stack into a new temporary directory, which the caller removes, and returns the directory. */
export function writeNotesAssembly(resources: Resources = notesResources): string {
  const dir = mkdtempSync(join(tmpdir(), 'assembly-'));
  const write = (name: string, content: Json): void => writeFileSync(join(dir, name), JSON.stringify(content));
  const functionNames = ['store-note', 'greet', 'admit'];
  write('manifest.json', {
    version: '52.0.0',
    artifacts: {
      notes: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'notes.template.json' },
      },
    },
  });
  write('notes.template.json', { Resources: resources });
  write('notes.assets.json', {
    version: '52.0.0',
    files: Object.fromEntries(
      functionNames.map((name) => [
        name,
        {
          source: { path: relative(dir, join(bundles, name)), packaging: 'zip' },
          destinations: { here: { objectKey: `${name}.zip` } },
        },
      ]),
    ),
  });
  return dir;
}
