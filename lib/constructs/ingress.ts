import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  ApiKeySourceType,
  AwsIntegration,
  CfnBasePathMapping,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MockIntegration,
  PassthroughBehavior,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { apiStageName, visibleName } from '../naming.ts';
import type { FunctionName, WorkerName } from '../naming.ts';
import { grant } from '../permission.ts';
import { sendTo } from '../permissions.ts';
import type { Stage } from '../stage-settings.ts';
import { accessLogFormat } from './access-log.ts';
import { acknowledgeApi, acknowledgeCallersMethod, acknowledgeOpenMethod } from './api-findings.ts';
import { CallerDoor } from './caller-door.ts';
import { envelopeTemplate, forEveryContentType } from './envelope-template.ts';
import { GatewayResponses } from './gateway-responses.ts';
import { eventRoutesOf, functionRoutesOf, healthPath } from './gateway-routes.ts';
import type { EventRoute } from './gateway-routes.ts';
import { methodOptions, noExecutionLog } from './method-options.ts';
import type { Alarming } from './runbook-alarm.ts';
import { sourceIpPolicy } from './source-ip-policy.ts';

interface IngressProps {
  readonly stage: Stage;
  readonly alarming: Alarming;
  readonly queues: Readonly<Record<WorkerName, { readonly queue: IQueue }>>;
}

/** Renders to nothing. An empty template would mean "pass the answer through", and that is SQS's XML. */
const NOTHING = '#set($nothing = "")';

/**
 * The door: events go from API Gateway straight to their queue, so that an event is durable before any code of ours can
 * fail. A genuine event sees 204 or 5xx, never 4xx but 429: Event Streams drops an event for ever on any other 4xx.
 */
export class Ingress extends Construct {
  /** The base of every URL of ours, without a slash at its end; what signatures are made over and links begin with. */
  readonly publicUrl: string;
  private readonly api: RestApi;
  private readonly stage: Stage;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const { stage } = props;
    this.stage = stage;
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const policy = sourceIpPolicy(this, stage);
    this.api = new RestApi(this, 'Api', {
      restApiName: visibleName(stage.name, 'api'),
      endpointTypes: [EndpointType.REGIONAL],
      disableExecuteApiEndpoint: stage.customDomain !== undefined,
      ...(policy !== undefined && { policy }),
      ...(stage.outboundSms !== undefined && { apiKeySourceType: ApiKeySourceType.AUTHORIZER }),
      deployOptions: {
        stageName: apiStageName,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat,
        ...noExecutionLog,
        // A segment of the gateway holds the whole URL, and with it the link key. The functions have X-Ray.
        tracingEnabled: false,
        // Detailed metrics cost by method; the access log and the API's own metrics say as much.
        metricsEnabled: false,
        methodOptions: methodOptions(stage),
      },
    });
    new GatewayResponses(this, 'Responses', { api: this.api, accessLog, alarming: props.alarming, stage });
    this.addEventRoutes(props);
    this.addHealth();
    acknowledgeApi(this.api);
    this.publicUrl = this.publicUrlOf(stage);
  }

  /** Adds the routes that functions answer. Later than the rest, because these functions are told the public URL. */
  addFunctionRoutes(functions: Readonly<Partial<Record<FunctionName, IFunction>>>): void {
    const handedIn = (name: FunctionName, path: string): IFunction => {
      const found = functions[name];
      if (found !== undefined) return found;
      throw new TypeError(`the route /${path} wants the function ${name}, which the stack did not hand in`);
    };
    for (const route of functionRoutesOf(this.stage)) {
      const handler = handedIn(route.function, route.path);
      const resource = this.api.root.resourceForPath(route.path);
      const integration = new LambdaIntegration(handler, { proxy: true, allowTestInvoke: false });
      if (route.admits === 'anybody') {
        for (const method of route.methods) acknowledgeOpenMethod(resource.addMethod(method, integration));
        continue;
      }
      const options = this.callerDoor(handedIn('authorize-caller', route.path)).methodOptions;
      for (const method of route.methods) acknowledgeCallersMethod(resource.addMethod(method, integration, options));
    }
  }

  private callerDoor(authorizer: IFunction): CallerDoor {
    const { name: stageName, outboundSms } = this.stage;
    return new CallerDoor(this, 'CallerDoor', {
      ...{ api: this.api, stageName, authorizer },
      callers: outboundSms?.callers ?? [],
    });
  }

  private addEventRoutes({ stage, queues }: IngressProps): void {
    const routes = eventRoutesOf(stage);
    const credentialsRole = new Role(this, 'SendRole', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    grant(credentialsRole, [sendTo(...new Set(routes.map((route) => queues[route.queue].queue)))]);
    for (const route of routes) {
      const resource = this.api.root.resourceForPath(route.path);
      const method = resource.addMethod('POST', this.toQueue(route, queues[route.queue].queue, credentialsRole), {
        methodResponses: [{ statusCode: '204' }, { statusCode: '503' }],
      });
      acknowledgeOpenMethod(method);
      for (const probe of route.probes) {
        acknowledgeOpenMethod(
          resource.addMethod(probe, justAnswer(NOTHING), { methodResponses: [{ statusCode: '200' }] }),
        );
      }
    }
  }

  private toQueue(route: EventRoute, queue: IQueue, credentialsRole: Role): AwsIntegration {
    return new AwsIntegration({
      service: 'sqs',
      path: `${Stack.of(this).account}/${queue.queueName}`,
      integrationHttpMethod: 'POST',
      options: {
        credentialsRole,
        passthroughBehavior: PassthroughBehavior.NEVER,
        requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
        requestTemplates: forEveryContentType(envelopeTemplate(route), route.contentTypes),
        integrationResponses: [
          { statusCode: '503', responseTemplates: { 'application/json': NOTHING } },
          { statusCode: '204', selectionPattern: '200', responseTemplates: { 'application/json': NOTHING } },
        ],
      },
    });
  }

  private addHealth(): void {
    const method = this.api.root
      .resourceForPath(healthPath)
      .addMethod('GET', justAnswer('{"status":"up"}'), { methodResponses: [{ statusCode: '200' }] });
    acknowledgeOpenMethod(method);
  }

  private publicUrlOf(stage: Stage): string {
    if (stage.customDomain === undefined) {
      // Not `api.url`: that waits for the deployment, which waits for the functions, which are told this URL.
      const { region, urlSuffix } = Stack.of(this);
      return `https://${this.api.restApiId}.execute-api.${region}.${urlSuffix}/${apiStageName}`;
    }
    // The host name is kept by the stateful stack. This mapping is not: it goes with the API that it leads to.
    const mapping = new CfnBasePathMapping(this, 'Mapping', {
      domainName: stage.customDomain.domainName,
      restApiId: this.api.restApiId,
      stage: apiStageName,
    });
    mapping.node.addDependency(this.api.deploymentStage);
    return `https://${stage.customDomain.domainName}`;
  }
}

/** Says 200 with this body, and does nothing. */
function justAnswer(body: string): MockIntegration {
  return new MockIntegration({
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: forEveryContentType('{"statusCode": 200}'),
    integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': body } }],
  });
}
