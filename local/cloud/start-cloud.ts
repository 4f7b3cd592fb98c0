import type { Credentials } from './aws/cloud-aws.ts';
import type { CloudOptions, Environment, Place } from './cloud-options.ts';
import { eventSourceSettings, startEventSource, type EventSourceSettings } from './events/event-source.ts';
import { scheduleAll } from './events/schedules.ts';
import { functionByArn, hostFunction, type HostedFunction } from './functions/host-functions.ts';
import { metricSums } from './functions/metrics.ts';
import { startGatewayServer, type GatewayServer } from './gateway/gateway-server.ts';
import { integrationAccess } from './gateway/integration-access.ts';
import { sqsBackend, type QueuePath } from './gateway/sqs-backend.ts';
import { startGateway } from './gateway/start-gateway.ts';
import { invokeChecker } from './iam/invoke-permissions.ts';
import { resourcePolicies } from './iam/resource-policies.ts';
import { rolesOf } from './iam/roles.ts';
import { localCloud, type LocalCloud } from './local-cloud.ts';
import { resolveLocally, type ResolvedLocally } from './resolve-locally.ts';
import { keyFinder, makeResources, type ResourcesMade } from './resources/make-resources.ts';
import { createTables } from './resources/tables.ts';
import { rest } from './rest.ts';
import { readAssembly } from './template/assembly.ts';
import { refuseUnknownTypes } from './template/ignored-types.ts';
import type { Resource } from './template/resolved-template.ts';

export type { CloudOptions } from './cloud-options.ts';

/**
 * Makes the cloud that the templates describe, and starts it: resources in AWS or what stands in for it, functions in processes of
 * their own, the API on 127.0.0.1, event sources and schedules.
 *
 * @throws {TemplateError} naming the resource, for anything in the templates that the local cloud does not know.
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const stacks = readAssembly(options.assemblyDir);
  refuseUnknownTypes(stacks);
  const server = await startGatewayServer(options.port ?? 0, options.clock);
  try {
    const gatewayUrl = `http://127.0.0.1:${server.port}`;
    return await startResolved(options, await resolveLocally(options, stacks, gatewayUrl), server, gatewayUrl);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function startResolved(
  options: CloudOptions,
  { resources, api }: ResolvedLocally,
  server: GatewayServer,
  gatewayUrl: string,
): Promise<LocalCloud> {
  const { aws, clock, accountId, region } = options;
  const place = { accountId, region };
  const made = await makeResources(aws, resources);
  const operator = await letInOperator(options, made);
  const metrics = metricSums();
  const line = (functionName: string, text: string): void => {
    metrics.read(functionName, text);
    options.functionLog?.(functionName, text);
  };
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(eventSourceSettings);
  const resting = rest(() => isAtRest(options, server, functions, sources));
  const policies = { roles: rolesOf(resources), guards: guardsOf(resources, made) };
  const functions: readonly HostedFunction[] = ofType(resources, 'AWS::Lambda::Function').map((resource) =>
    hostFunction(resource, {
      ...{ aws, region, clock, line, ...policies },
      eventSources: sources,
      adjustEnvironment: environmentAdjuster(options),
      onInvocation: options.onInvocation ?? (() => undefined),
      afterInvocation: (invocation) => {
        resting.look();
        options.afterInvocation?.(invocation);
      },
    }),
  );
  const mayInvoke = invokeChecker(resources);
  if (api)
    startGateway(resources, api, {
      ...{ server, clock, place, functions, mayInvoke },
      callService: sqsBackend(integrationAccess({ aws, clock, region, ...policies }), queueFinder(made, place)),
      onFault: (fault) => line('gateway', fault.message),
      afterRequest: resting.look,
    });
  const schedules = scheduleAll(ofType(resources, 'AWS::Events::Rule'), { clock, place, functions, mayInvoke });
  const fed = sources.map((settings) => ({ settings, pool: functionByArn(functions, settings.functionName).pool }));
  // From here on nothing is refused any more, so that nothing is left running by a start that failed.
  const eventSources = fed.map((settingsAndPool) =>
    startEventSource({
      ...{ ...settingsAndPool, aws, clock, region },
      afterBatch: resting.look,
      onFault: (fault) => line('event-source', `${settingsAndPool.settings.queueArn}: ${String(fault)}`),
    }),
  );
  if (options.schedules !== 'held') schedules.start();
  return localCloud({
    apiUrl: `${gatewayUrl}/${api?.stageName ?? ''}`,
    ...{ place, operator, made, functions, schedules },
    metrics: metrics.all,
    idle: resting.reached,
    async close() {
      schedules.stop();
      for (const source of eventSources) source.stop();
      await server.close();
      await Promise.all(functions.map(({ pool }) => pool.close()));
    },
  });
}

const ofType = (resources: readonly Resource[], wanted: string): readonly Resource[] =>
  resources.filter(({ type }) => type === wanted);

/** Lets the operator in, who may do everything, and makes the tables as the operator. */
async function letInOperator({ aws, clock, region }: CloudOptions, { tables }: ResourcesMade): Promise<Credentials> {
  const operator = aws.letIn({ name: 'operator' });
  const access = { url: aws.url, region, ...operator, clockOffsetMs: () => clock.offsetMs() };
  await createTables(
    tables.map(({ settings }) => settings),
    access,
  );
  return operator;
}

async function isAtRest(
  { aws }: CloudOptions,
  server: GatewayServer,
  functions: readonly HostedFunction[],
  sources: readonly EventSourceSettings[],
): Promise<boolean> {
  if (server.serving() > 0 || functions.some(({ pool }) => pool.running() > 0)) return false;
  for (const { queueArn } of sources) if (!(await aws.isDrained(queueArn))) return false;
  return true;
}

/** The queues of the templates by name, also where AWS has put them into an account of its own. */
function queueFinder({ queues }: ResourcesMade, place: Place): (path: QueuePath) => string {
  return ({ account, region, queue }) => {
    const made = queues.find(({ physicalName }) => physicalName === queue);
    if (made !== undefined && account === place.accountId && region === place.region) return made.url;
    throw new Error(`the queue ${queue} of ${account} in ${region} is not in this assembly`);
  };
}

function guardsOf(resources: readonly Resource[], made: ResourcesMade) {
  const arnByUrl = new Map(made.queues.map(({ url, arn }) => [url, arn]));
  return {
    resourceStatements: resourcePolicies(resources, (url) => arnByUrl.get(url) ?? url),
    keyOf: keyFinder(made),
  };
}

function environmentAdjuster({ twilioUrl, extraEnv, overrides }: CloudOptions) {
  return (name: string, environment: Environment): Environment => {
    const complete = { ...environment, TWILIO_URL: twilioUrl, ...extraEnv };
    return overrides?.(name, complete) ?? complete;
  };
}
