import type { LocalAws } from '../aws/local-aws.ts';
import type { Clock } from '../clock.ts';
import { eventSourceSettings, startEventSource } from './events/event-source.ts';
import { schedules, schedulesOf } from './events/schedules.ts';
import type { Invocation, InvocationFault } from './functions/function-pool.ts';
import { hostFunction, type HostedFunction } from './functions/host-functions.ts';
import { metricSums } from './functions/metrics.ts';
import { startGatewayServer, type GatewayServer } from './gateway/gateway-server.ts';
import { sqsBackend } from './gateway/sqs-backend.ts';
import { findApi, startGateway, type Api } from './gateway/start-gateway.ts';
import { invokeChecker } from './iam/invoke-permissions.ts';
import { letIn, newCredentials, resourcePolicies, type Credentials } from './iam/principals.ts';
import { rolesOf, type Role } from './iam/roles.ts';
import { localAddresses } from './local-addresses.ts';
import { localCloud, type LocalCloud } from './local-cloud.ts';
import { identifier, keyFinder, makeResources, type ResourcesMade } from './resources/make-resources.ts';
import { createTables } from './resources/tables.ts';
import { rest } from './rest.ts';
import { readAssembly, type Stack } from './template/assembly.ts';
import { refuseUnknownTypes } from './template/ignored-types.ts';
import { resolveStacks, type Resource } from './template/resolved-template.ts';

export interface CloudOptions {
  /** A synthesized assembly: the directory with `manifest.json`. */
  readonly assemblyDir: string;
  readonly clock: Clock;
  readonly aws: LocalAws;
  /** Those the stand-ins were started with; a stack for another account or region is refused. */
  readonly accountId: string;
  readonly region: string;
  /** Of the gateway. Default 0: any free port. */
  readonly port?: number;
  /** Every function gets it as TWILIO_URL. */
  readonly twilioUrl: string;
  /** Values of the secrets that an operator fills, by known name (`twilio`, `link-keys`), logical id or own name. */
  readonly secretValues: Readonly<Record<string, string>>;
  /** Goes into every function's environment, over the template's. */
  readonly extraEnv?: Readonly<Record<string, string>>;
  /** The last word on one function's environment. */
  readonly overrides?: (
    functionName: string,
    environment: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  /** Sees each invocation before it starts, and may disturb it. */
  readonly onInvocation?: (invocation: Invocation) => InvocationFault | undefined;
  /** Told when an invocation has ended, however it ended; what follows for its messages follows in the same turn. */
  readonly afterInvocation?: (invocation: Invocation) => void;
  /** Each line that a function writes, and what its failures say. */
  readonly functionLog?: (functionName: string, line: string) => void;
  /** `held` until `cloud.schedules.start()`. Default `running`; see `Schedules` on clocks that jump. */
  readonly schedules?: 'running' | 'held';
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Makes the cloud that the templates describe, and starts it: resources in the stand-ins, functions in processes of
 * their own, the API on 127.0.0.1, event sources and schedules.
 *
 * @throws {TemplateError} naming the resource, for anything in the templates that the local cloud does not know.
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const stacks = readAssembly(options.assemblyDir);
  const place: Place = { accountId: options.accountId, region: options.region };
  refuseUnknownTypes(stacks);
  refuseOtherPlaces(stacks, place);
  const server = await startGatewayServer(options.port ?? 0, options.clock);
  try {
    return await startServed(options, stacks, place, server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function startServed(
  options: CloudOptions,
  stacks: readonly Stack[],
  place: Place,
  server: GatewayServer,
): Promise<LocalCloud> {
  const { aws, clock } = options;
  const { resources, api, gatewayUrl } = resolveLocally(options, stacks, place, server);
  const made = makeResources(aws, resources);
  const operator = letInOperator(aws);
  await createTables(
    made.tables.map(({ settings }) => settings),
    {
      url: aws.url,
      region: place.region,
      ...operator,
      clockOffsetMs: () => clock.offsetMs(),
    },
  );

  const metrics = metricSums();
  const line = (functionName: string, text: string): void => {
    metrics.read(functionName, text);
    options.functionLog?.(functionName, text);
  };
  const sources = resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping').map(eventSourceSettings);
  const isAtRest = (): boolean =>
    server.serving() === 0 &&
    functions.every(({ pool }) => pool.running() === 0) &&
    sources.every(({ queueArn }) => Object.values(aws.sqs.depth(queueArn)).every((count) => count === 0));
  const resting = rest(isAtRest);
  const guards = guardsOf(resources, made);
  const roles = rolesOf(resources);
  const functions: readonly HostedFunction[] = resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((resource) =>
      hostFunction(resource, {
        aws,
        region: place.region,
        clock,
        roles,
        guards,
        eventSources: sources,
        adjustEnvironment: environmentAdjuster(options),
        onInvocation: options.onInvocation ?? (() => undefined),
        afterInvocation: (invocation) => {
          resting.look();
          options.afterInvocation?.(invocation);
        },
        line,
      }),
    );
  const mayInvoke = invokeChecker(resources);
  const onFault = (fault: Error): void => line('gateway', fault.message);
  if (api)
    startGateway(resources, api, {
      server,
      clock,
      place,
      functions,
      callService: sqsBackend(integrationAccess(options, place, roles, guards), (arn) => aws.sqs.urlOf(arn)),
      mayInvoke,
      onFault,
      afterRequest: resting.look,
    });
  const pools = byArn(functions);
  const eventSources = sources.map((settings) =>
    startEventSource({
      settings,
      sqs: aws.sqs,
      pool: pools(settings.functionName),
      clock,
      region: place.region,
      afterBatch: resting.look,
    }),
  );
  const ticking = startSchedules(options, resources, place, functions, mayInvoke);
  return localCloud({
    apiUrl: `${gatewayUrl}/${api?.stageName ?? ''}`,
    place,
    operator,
    made,
    functions,
    metrics: metrics.all,
    schedules: ticking,
    idle: resting.reached,
    async close() {
      ticking.stop();
      for (const source of eventSources) source.stop();
      await server.close();
      await Promise.all(functions.map(({ pool }) => pool.close()));
    },
  });
}

function refuseOtherPlaces(stacks: readonly Stack[], place: Place): void {
  for (const { name, accountId = place.accountId, region = place.region } of stacks)
    if (accountId !== place.accountId || region !== place.region)
      throw new Error(
        `stack ${name} is for account ${accountId} in ${region}, the stand-ins for ${place.accountId} in ${place.region}: start them alike`,
      );
}

function resolveLocally(options: CloudOptions, stacks: readonly Stack[], place: Place, server: GatewayServer) {
  const gatewayUrl = `http://127.0.0.1:${server.port}`;
  let addresses: readonly (readonly [string, string])[] = [];
  const resources = resolveStacks(stacks, {
    ...place,
    identify: identifier(options.aws, place, options.secretValues),
    localised: (text) => addresses.reduce((changed, [deployed, local]) => changed.replaceAll(deployed, local), text),
  });
  const api: Api | undefined = findApi(resources, place);
  // Only names of the API are read up to here, none of which holds an address.
  if (api) addresses = localAddresses(resources, api, gatewayUrl);
  return { resources, api, gatewayUrl };
}

function letInOperator(aws: LocalAws): Credentials {
  const credentials = newCredentials();
  aws.addPrincipal({ name: 'operator', ...credentials });
  return credentials;
}

function guardsOf(resources: readonly Resource[], made: ResourcesMade) {
  const arnByUrl = new Map(made.queues.map(({ url, arn }) => [url, arn]));
  return {
    resourceStatements: resourcePolicies(resources, (url) => arnByUrl.get(url) ?? url),
    keyOf: keyFinder(made),
  };
}

function environmentAdjuster({ twilioUrl, extraEnv, overrides }: CloudOptions) {
  return (name: string, environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
    const complete = { ...environment, TWILIO_URL: twilioUrl, ...extraEnv };
    return overrides?.(name, complete) ?? complete;
  };
}

/** Integrations call as their role; each role is let in once, under its logical id. */
function integrationAccess(
  { aws, clock }: CloudOptions,
  { region }: Place,
  roles: ReadonlyMap<string, Role>,
  guards: ReturnType<typeof guardsOf>,
) {
  const known = new Map<string, Credentials>();
  return (roleArn: string) => {
    const role = roles.get(roleArn);
    if (!role?.services.includes('apigateway.amazonaws.com'))
      throw new Error(
        `API Gateway may not act as ${roleArn}: the role is not there, or its trust policy does not name it`,
      );
    const { logicalId, statements } = role;
    const credentials =
      known.get(roleArn) ??
      letIn(aws, { principal: logicalId, roleArn, statements, ...guards, withheld: () => new Set() });
    known.set(roleArn, credentials);
    return { url: aws.url, region, ...credentials, clockOffsetMs: () => clock.offsetMs() };
  };
}

const byArn = (functions: readonly HostedFunction[]) => (nameOrArn: string) => {
  const found = functions.find(({ arn, physicalName }) => [arn, physicalName].includes(nameOrArn));
  if (!found) throw new Error(`the function ${nameOrArn} is not in this assembly`);
  return found.pool;
};

function startSchedules(
  options: CloudOptions,
  resources: readonly Resource[],
  place: Place,
  functions: readonly HostedFunction[],
  mayInvoke: ReturnType<typeof invokeChecker>,
) {
  const all = resources.filter(({ type }) => type === 'AWS::Events::Rule').flatMap(schedulesOf);
  const poolOf = byArn(functions);
  for (const { ruleArn, targets } of all)
    for (const { functionArn } of targets)
      mayInvoke({ service: 'events.amazonaws.com', sourceArn: ruleArn, functionArn, where: ruleArn });
  const ticking = schedules(all, options.clock, place, (functionArn, event) => {
    // A failed tick is in the function's log and counted; the next tick tries again.
    poolOf(functionArn)
      .invoke(event)
      .catch(() => undefined);
  });
  if (options.schedules !== 'held') ticking.start();
  return ticking;
}
