import { render } from 'velocityjs';
import { readStage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import {
  resourcesOf,
  spelled,
  synthesized,
  synthesizedEverything,
  synthesizedStage,
} from '../support/infra/synthesized.ts';

const { pipeline } = synthesizedStage('dev');

/** `POST /twilio/task-events` → its method's properties. */
function methods(of = pipeline) {
  const paths = resourcesOf(of, 'AWS::ApiGateway::Resource');
  const pathOf = (resourceId: unknown): string => {
    const found = paths.get(spelled(resourceId).replace(/[<>]/g, ''));
    return found === undefined ? '' : `${pathOf(found.Properties.ParentId)}/${found.Properties.PathPart ?? ''}`;
  };
  return new Map(
    [...resourcesOf(of, 'AWS::ApiGateway::Method').values()].map(({ Properties }) => [
      `${Properties.HttpMethod ?? ''} ${pathOf(Properties.ResourceId)}`,
      Properties,
    ]),
  );
}

const twilioMethods = ['POST /twilio/task-events', 'POST /twilio/event-streams', 'POST /twilio/recording-events'];
const messages = 'POST /messages/sms';
const statusPath = '/calabrio/contact-status/{token}';
const eventMethods = [...twilioMethods, `POST ${statusPath}`];
const only = (type: string) => [...resourcesOf(pipeline, type).values()][0]?.Properties;

describe('the ingress', () => {
  it('has these routes and no other', () => {
    expect([...methods().keys()].sort()).toEqual(
      [
        ...eventMethods,
        `GET ${statusPath}`,
        `HEAD ${statusPath}`,
        'GET /r/{recordingSid}',
        'HEAD /r/{recordingSid}',
        'OPTIONS /r/{recordingSid}',
        'GET /health',
      ].sort(),
    );
  });

  it.each([
    ['POST /twilio/task-events', 'EnrichTaskQueueName'],
    ['POST /twilio/event-streams', 'EnrichTaskQueueName'],
    ['POST /twilio/recording-events', 'ArchiveRecordingQueueName'],
    [`POST ${statusPath}`, 'CalabrioStatusQueueName'],
  ])('puts %s on the queue %s, and lets nothing pass unmapped', (method, queue) => {
    const integration = methods().get(method)?.Integration;

    expect(spelled(integration?.Uri)).toBe(
      `arn:<AWS::Partition>:apigateway:<AWS::Region>:sqs:path/<AWS::AccountId>/<${queue}>`,
    );
    expect(integration).toMatchObject({
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      PassthroughBehavior: 'NEVER',
      RequestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    });
  });

  it('maps every route of Twilio’s alike, but for the route’s name', () => {
    const mapped = twilioMethods.map((method) => {
      const templates = methods().get(method)?.Integration?.RequestTemplates ?? {};
      return JSON.stringify(templates).replaceAll(encodeURIComponent(method.replace('POST /', '')), '{route}');
    });

    expect(new Set(mapped).size).toBe(1);
    expect(mapped[0]).toContain('{route}');
  });

  it.each(eventMethods)('answers %s with an empty 204 when SQS took it, and with an empty 503 otherwise', (method) => {
    const responses = methods().get(method)?.Integration?.IntegrationResponses ?? [];
    const answerTo = (sqsStatus: string) =>
      responses.find(
        ({ SelectionPattern }) => SelectionPattern !== undefined && new RegExp(`^${SelectionPattern}$`).test(sqsStatus),
      ) ?? responses.find(({ SelectionPattern }) => SelectionPattern === undefined);

    expect(answerTo('200')?.StatusCode).toBe('204');
    for (const refusal of ['400', '403', '413', '429', '500', '503']) expect(answerTo(refusal)?.StatusCode).toBe('503');
    for (const { ResponseTemplates } of responses) {
      const template = ResponseTemplates['application/json'] ?? '';
      expect(template).not.toBe('');
      expect(render(template, {})).toBe('');
    }
  });

  it.each(['GET', 'HEAD'])('answers a %s of the contact-status route by itself, with an empty 200', (probe) => {
    const { Integration } = methods().get(`${probe} ${statusPath}`) ?? {};
    const [response] = Integration?.IntegrationResponses ?? [];

    expect(Integration).toMatchObject({ Type: 'MOCK', PassthroughBehavior: 'NEVER' });
    expect(Integration?.IntegrationResponses).toHaveLength(1);
    expect(response?.StatusCode).toBe('200');
    expect(render(response?.ResponseTemplates['application/json'] ?? 'missing', {})).toBe('');
    for (const template of Object.values(Integration?.RequestTemplates ?? {}))
      expect(JSON.parse(template)).toEqual({ statusCode: 200 });
  });

  it('takes a contact status under whichever name of its content a sender of JSON may give it', () => {
    const templates = methods().get(`POST ${statusPath}`)?.Integration?.RequestTemplates ?? {};

    expect(Object.keys(templates)).toEqual(
      expect.arrayContaining(['application/json', 'text/json', 'text/plain', 'application/octet-stream']),
    );
    expect(new Set(Object.values(templates)).size).toBe(1);
    for (const method of twilioMethods)
      expect(methods().get(method)?.Integration?.RequestTemplates).not.toHaveProperty(['text/plain']);
  });

  it('writes the constant part of the route into the envelope, not the token', () => {
    const templates = Object.values(methods().get(`POST ${statusPath}`)?.Integration?.RequestTemplates ?? {});

    expect(templates).toHaveLength(7);
    for (const template of templates) {
      expect(decodeURIComponent(template)).toContain('"route":"calabrio/contact-status","requestId"');
      expect(template).not.toContain('resourcePath');
    }
  });

  it('has no route of Calabrio’s, and nobody to read it, where the stage has no tenant', () => {
    const { calabrio: _none, ...settings } = stages.dev;
    const without = synthesized(readStage({ dev: settings }, 'dev')).pipeline;
    const functions = [...resourcesOf(without, 'AWS::Lambda::Function').values()].map(
      ({ Properties }) => Properties.Environment?.Variables ?? {},
    );

    expect([...methods(without).keys()].filter((method) => method.includes('calabrio'))).toEqual([]);
    expect(
      [...resourcesOf(without, 'AWS::Lambda::EventSourceMapping').keys()].filter((id) => id.startsWith('Calabrio')),
    ).toEqual([]);
    expect(functions.filter((variables) => 'CALABRIO_URL' in variables || 'CORRELATION_OBJECT' in variables)).toEqual(
      [],
    );
    expect(functions.map((variables) => variables['POWERTOOLS_SERVICE_NAME'])).toEqual(
      expect.arrayContaining(['delete-source', 'report-status']),
    );
  });

  it('takes conference callbacks where the stage says so, mapped and throttled as all of Twilio’s', () => {
    const conferences = 'POST /twilio/conference-events';
    const { pipeline: everything } = synthesizedEverything();
    const added = [...methods(everything).keys()].filter((method) => !methods().has(method));
    const mapped = (template: typeof pipeline, method: string) =>
      JSON.stringify(methods(template).get(method)?.Integration?.RequestTemplates).replaceAll(
        encodeURIComponent(method.replace('POST /', '')),
        '{route}',
      );
    const [{ MethodSettings = [] } = {}] = [...resourcesOf(everything, 'AWS::ApiGateway::Stage').values()].map(
      ({ Properties }) => Properties,
    );

    expect(added).toEqual([conferences, messages]);
    expect(mapped(everything, conferences)).toBe(mapped(everything, 'POST /twilio/task-events'));
    expect(spelled(methods(everything).get(conferences)?.Integration?.Uri)).toMatch(/<EnrichTaskQueueName>$/);
    expect(MethodSettings).toContainEqual(
      expect.objectContaining({
        ResourcePath: '/~1twilio~1conference-events',
        ThrottlingRateLimit: 100,
        ThrottlingBurstLimit: 200,
      }),
    );
  });

  it.each(['UNSUPPORTED_MEDIA_TYPE', 'REQUEST_TOO_LARGE', 'BAD_REQUEST_BODY', 'BAD_REQUEST_PARAMETERS'])(
    'answers 503 instead of its own %s, and tells somebody',
    (type) => {
      pipeline.hasResourceProperties('AWS::ApiGateway::GatewayResponse', { ResponseType: type, StatusCode: '503' });
      const [filter] = [...resourcesOf(pipeline, 'AWS::Logs::MetricFilter').values()].filter(
        ({ Properties }) => Properties.FilterPattern === `{ $.responseType = "${type}" }`,
      );
      const [{ MetricName, MetricNamespace } = {}] = filter?.Properties.MetricTransformations ?? [];

      pipeline.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        Namespace: MetricNamespace,
        Threshold: 0,
      });
    },
  );

  it('has none of its own answers kept by a cache, or its address told to the next page', () => {
    const responses = [...resourcesOf(pipeline, 'AWS::ApiGateway::GatewayResponse').values()];
    const types = responses.map(({ Properties }) => Properties.ResponseType);

    expect(types).toEqual(expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'MISSING_AUTHENTICATION_TOKEN']));
    for (const { Properties } of responses) {
      expect(Properties.ResponseParameters).toEqual({
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.Referrer-Policy': "'no-referrer'",
      });
    }
  });

  it('writes these fields of a request into its access log and no other', () => {
    const { Format } = only('AWS::ApiGateway::Stage')?.AccessLogSetting ?? { Format: '' };

    expect(JSON.parse(Format)).toEqual({
      requestId: '$context.requestId',
      extendedRequestId: '$context.extendedRequestId',
      receivedAtEpochMs: '$context.requestTimeEpoch',
      method: '$context.httpMethod',
      resourcePath: '$context.resourcePath',
      status: '$context.status',
      responseType: '$context.error.responseType',
      integrationStatus: '$context.integrationStatus',
      integrationLatencyMs: '$context.integrationLatency',
      responseLatencyMs: '$context.responseLatency',
      responseBytes: '$context.responseLength',
    });
  });

  it('logs no execution, traces no data and has no X-Ray segment of a URL, on any method', () => {
    const { MethodSettings = [], TracingEnabled } = only('AWS::ApiGateway::Stage') ?? {};

    expect(TracingEnabled).toBe(false);
    expect(MethodSettings).toHaveLength(1 + methods().size);
    for (const setting of MethodSettings)
      expect(setting).toMatchObject({ LoggingLevel: 'OFF', DataTraceEnabled: false });
  });

  it('throttles every method as its stage says', () => {
    const throttles = Object.fromEntries(
      (only('AWS::ApiGateway::Stage')?.MethodSettings ?? [])
        .filter(({ HttpMethod }) => HttpMethod !== '*')
        .map((setting) => [
          `${setting.HttpMethod} ${setting.ResourcePath.slice(1).replaceAll('~1', '/')}`,
          [setting.ThrottlingRateLimit, setting.ThrottlingBurstLimit],
        ]),
    );

    expect(throttles).toEqual({
      'POST /twilio/task-events': [100, 200],
      'POST /twilio/event-streams': [100, 200],
      'POST /twilio/recording-events': [100, 200],
      'POST /calabrio/contact-status/{token}': [20, 40],
      'GET /calabrio/contact-status/{token}': [20, 40],
      'HEAD /calabrio/contact-status/{token}': [20, 40],
      'GET /r/{recordingSid}': [20, 40],
      'HEAD /r/{recordingSid}': [20, 40],
      'OPTIONS /r/{recordingSid}': [20, 40],
      'GET /health': [5, 10],
    });
  });

  it('hands every playback request whole to its function', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const integration = methods().get(`${method} /r/{recordingSid}`)?.Integration;
      expect(integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
      expect(spelled(integration?.Uri)).toMatch(/<PlayRecordingFunction\w+\.Arn>/);
    }
  });

  it('leaves only the custom domain open where there is one', () => {
    expect(only('AWS::ApiGateway::RestApi')?.DisableExecuteApiEndpoint).toBe(false);
    synthesizedStage('prod').pipeline.hasResourceProperties('AWS::ApiGateway::RestApi', {
      DisableExecuteApiEndpoint: true,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });
});
