import type { JsonObject } from '../../../local/cloud/template/json.ts';
import { notesResources, type Resources } from './notes-template.ts';

const att = (logicalId: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, attribute] });
const ofGreet = notesResources['GreetFunction']?.['Properties'];
const invoked = (logicalId: string): JsonObject => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${logicalId}.Arn}/invocations`,
});
const allowed = (logicalId: string, what: string): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: att(logicalId, 'Arn'),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${what}` },
  },
});

/** The notes service with `GET /vault` beside it, which only callers of the authorizer `admit` may open, the caller `ada` twice at once and then every ten seconds. */
export const guardedResources: Resources = {
  ...notesResources,
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'notes', ApiKeySourceType: 'AUTHORIZER' } },
  AdmitFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...(typeof ofGreet === 'object' ? ofGreet : {}),
      Code: { S3Bucket: 'assets', S3Key: 'admit.zip' },
      Environment: { Variables: {} },
    },
  },
  AllowAdmit: allowed('AdmitFunction', 'authorizers/${Admit}'),
  Admit: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      Name: 'admit',
      RestApiId: { Ref: 'Api' },
      Type: 'TOKEN',
      AuthorizerUri: invoked('AdmitFunction'),
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: 'method.request.header.Authorization',
      IdentityValidationExpression: '^Bearer .+$',
    },
  },
  Vault: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, ParentId: att('Api', 'RootResourceId'), PathPart: 'vault' },
  },
  GetVault: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: 'Vault' },
      HttpMethod: 'GET',
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: 'Admit' },
      ApiKeyRequired: true,
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invoked('GreetFunction') },
    },
  },
  AllowVault: allowed('GreetFunction', 'v1/GET/vault'),
  Unauthorized: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResponseType: 'UNAUTHORIZED',
      ResponseParameters: {
        'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      },
      ResponseTemplates: { 'application/json': '{"instance":"urn:request:$context.extendedRequestId"}' },
    },
  },
  AdaKey: {
    Type: 'AWS::ApiGateway::ApiKey',
    Properties: { Name: 'ada', Value: 'the-key-of-the-caller-ada', Enabled: true },
  },
  AdaPlan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      UsagePlanName: 'ada',
      ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
      Throttle: { RateLimit: 0.1, BurstLimit: 2 },
    },
  },
  AdaPlanKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: { Ref: 'AdaKey' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'AdaPlan' } },
  },
};
