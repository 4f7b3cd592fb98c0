import { readStage } from '../../lib/stage-settings.ts';
import {
  everySetting,
  resourcesOf,
  spelled,
  synthesized,
  synthesizedEverything,
  synthesizedStage,
} from '../support/infra/synthesized.ts';
import type { TemplateProperties } from '../support/infra/synthesized.ts';

const { pipeline } = synthesizedEverything();
const { pipeline: dev } = synthesizedStage('dev');
const guarded = synthesized(
  readStage({ dev: { ...everySetting, sourceIpPolicy: { allowedNetworks: ['192.0.2.0/24'] } } }, 'dev'),
).pipeline;

const methodsOf = (template: typeof pipeline): readonly TemplateProperties[] =>
  [...resourcesOf(template, 'AWS::ApiGateway::Method').values()].map(({ Properties }) => Properties);
const guardedMethods = (template: typeof pipeline) =>
  methodsOf(template).filter(
    ({ AuthorizationType, ApiKeyRequired }) => AuthorizationType !== 'NONE' || ApiKeyRequired === true,
  );
const responsesOf = (template: typeof pipeline) =>
  new Map(
    [...resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').values()].map(({ Properties }) => [
      Properties.ResponseType ?? '',
      Properties,
    ]),
  );

describe('the door of POST /messages/sms', () => {
  it('is the only door of its API, so that no event can be answered with 401 or with 403 for a key', () => {
    expect(guardedMethods(dev)).toEqual([]);
    expect(guardedMethods(pipeline)).toHaveLength(1);
    const [method] = guardedMethods(pipeline);
    expect(method).toMatchObject({ HttpMethod: 'POST', AuthorizationType: 'CUSTOM', ApiKeyRequired: true });
    expect(spelled(method?.Integration?.Uri)).toMatch(/<SendSmsFunction\w+\.Arn>/);
  });

  it('asks authorize-caller about a token that may be one, and remembers its word for a minute', () => {
    pipeline.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      IdentityValidationExpression: '^[Bb]earer [A-Za-z0-9._~+/-]{32,512}=*$',
      AuthorizerResultTtlInSeconds: 60,
    });
    const [authorizer] = resourcesOf(pipeline, 'AWS::ApiGateway::Authorizer').values();
    expect(JSON.stringify(authorizer)).toMatch(/AuthorizeCallerFunction\w+/);
  });

  it('takes the key of a usage plan from the authorizer, and from no caller', () => {
    pipeline.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
    expect(JSON.stringify(dev.toJSON())).not.toContain('ApiKeySourceType');
  });

  it.each([
    ['crm', 5, 10],
    ['billing-system', 1, 2],
  ])('lets the caller %s ask %i times a second and %i times at once', (name, rate, burst) => {
    pipeline.hasResourceProperties('AWS::ApiGateway::ApiKey', {
      Enabled: true,
      Value: `flex-task-pipeline-dev-${name}`,
    });
    pipeline.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      UsagePlanName: `flex-task-pipeline-dev-${name}`,
      Throttle: { RateLimit: rate, BurstLimit: burst },
    });
  });

  it('has a plan for each caller and one key in each', () => {
    const planKeys = [...resourcesOf(pipeline, 'AWS::ApiGateway::UsagePlanKey').values()].map(({ Properties }) =>
      JSON.stringify(Properties),
    );

    expect(resourcesOf(pipeline, 'AWS::ApiGateway::UsagePlan').size).toBe(2);
    expect(new Set(planKeys).size).toBe(2);
  });
});

describe('what the gateway itself answers to callers', () => {
  it.each([
    ['UNAUTHORIZED', '401', 'caller-not-known', { 'WWW-Authenticate': "'Bearer'" }],
    ['ACCESS_DENIED', '403', 'caller-not-admitted', {}],
    ['INVALID_API_KEY', '403', 'caller-not-admitted', {}],
    ['THROTTLED', '429', 'too-many-requests', { 'Retry-After': "'1'" }],
    ['AUTHORIZER_FAILURE', '503', 'caller-not-checked', { 'Retry-After': "'5'" }],
    ['AUTHORIZER_CONFIGURATION_ERROR', '503', 'caller-not-checked', { 'Retry-After': "'5'" }],
  ])('for %s is %s, the problem document %s', (type, status, name, headers) => {
    const response = responsesOf(pipeline).get(type);
    const named = Object.entries({
      'Cache-Control': "'no-store'",
      'Referrer-Policy': "'no-referrer'",
      'Content-Type': "'application/problem+json'",
      ...headers,
    }).map(([header, value]) => [`gatewayresponse.header.${header}`, value]);

    expect(response?.StatusCode).toBe(status);
    expect(response?.ResponseParameters).toEqual(Object.fromEntries(named));
    expect(JSON.parse(response?.ResponseTemplates?.['application/json'] ?? '')).toEqual({
      type: `urn:flex-task-pipeline:problem:${name}`,
      title: expect.stringMatching(/\S/),
      status: Number(status),
      detail: expect.stringMatching(/\S/),
      instance: 'urn:flex-task-pipeline:request:$context.extendedRequestId',
    });
  });

  it('is not there for a stage without callers', () => {
    for (const type of ['UNAUTHORIZED', 'ACCESS_DENIED', 'INVALID_API_KEY', 'AUTHORIZER_FAILURE'])
      expect([...responsesOf(dev).keys()]).not.toContain(type);
  });

  it('stays 503 where the same answer is given to an event whose network is not allowed', () => {
    expect(responsesOf(guarded).get('ACCESS_DENIED')?.StatusCode).toBe('503');
    expect(responsesOf(guarded).get('UNAUTHORIZED')?.StatusCode).toBe('401');
  });

  it('wakes somebody when it is our fault, and not for a caller that asks too often', () => {
    const patterns = [...resourcesOf(pipeline, 'AWS::Logs::MetricFilter').values()].map(({ Properties }) => [
      Properties.MetricTransformations?.[0]?.MetricName,
      Properties.FilterPattern,
    ]);

    expect(Object.fromEntries(patterns)).toMatchObject({
      'gateway-messages-unavailable':
        '{ (($.resourcePath = "/messages/*") && ($.status = "5*")) || ($.responseType = "AUTHORIZER_*") || ($.responseType = "INVALID_API_KEY") }',
      'gateway-throttled': '{ ($.responseType = "THROTTLED") && ($.resourcePath != "/messages/*") }',
    });
  });
});
