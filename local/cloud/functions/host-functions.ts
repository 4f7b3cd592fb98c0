import type { Clock } from '../../clock.ts';
import type { CloudAws } from '../aws/cloud-aws.ts';
import type { EventSourceSettings } from '../events/event-source.ts';
import { authorizer, type Authority } from '../iam/authorize.ts';
import type { Role } from '../iam/roles.ts';
import { knownName } from '../names.ts';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { functionEnvironment } from './function-environment.ts';
import { functionPool, type FunctionPool, type Invocation, type InvocationFault } from './function-pool.ts';
import { functionSettings } from './function-settings.ts';

/** A function of the template, ready to run. */
export interface HostedFunction {
  readonly name: string;
  readonly logicalId: string;
  readonly physicalName: string;
  readonly arn: string;
  readonly pool: FunctionPool;
  /** Takes an action away from its policy; returns how to give it back. */
  readonly withhold: (action: string) => () => void;
}

interface HostingParts {
  readonly aws: CloudAws;
  readonly region: string;
  readonly clock: Clock;
  readonly roles: ReadonlyMap<string, Role>;
  readonly guards: Pick<Authority, 'resourceStatements' | 'keyOf'>;
  readonly eventSources: readonly EventSourceSettings[];
  readonly adjustEnvironment: (
    name: string,
    environment: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  readonly onInvocation: (invocation: Invocation) => InvocationFault | undefined;
  readonly afterInvocation: (invocation: Invocation) => void;
  readonly line: (functionName: string, line: string) => void;
}

/** However high a function's concurrency is deployed, no more processes than this: each costs memory of this machine. */
const MOST_PROCESSES = 3;

/** @throws {TemplateError} when the function's role is missing, not for Lambda, or may not read the function's queue. */
export function hostFunction(resource: Resource, parts: HostingParts): HostedFunction {
  const settings = functionSettings(resource);
  const role = parts.roles.get(settings.roleArn);
  if (!role) throw new TemplateError(resource.where, `its role ${settings.roleArn} is not in this assembly`);
  if (!role.services.includes('lambda.amazonaws.com'))
    throw new TemplateError(
      resource.where,
      `Lambda may not act as its role ${role.arn}: its trust policy does not name it`,
    );
  // POWERTOOLS_SERVICE_NAME is the name in its logs and metrics; a function without it goes by its logical id.
  const name = settings.environment['POWERTOOLS_SERVICE_NAME'] ?? knownName(settings.logicalId, 'function');
  const withheld = new Set<string>();
  const authority: Authority = {
    principal: name,
    roleArn: role.arn,
    statements: role.statements,
    ...parts.guards,
    withheld: () => withheld,
  };
  const sources = parts.eventSources.filter(({ functionName }) => [settings.name, settings.arn].includes(functionName));
  for (const { queueArn } of sources) refuseBlindFunction(resource.where, authority, queueArn);
  const credentials = parts.aws.letIn({ name, authorize: authorizer(authority) });
  const access = { url: parts.aws.url, region: parts.region, ...credentials };
  const pool = functionPool({
    settings,
    knownName: name,
    environment: parts.adjustEnvironment(name, functionEnvironment(settings, access)),
    processes: Math.min(MOST_PROCESSES, settings.reservedConcurrency ?? MOST_PROCESSES, ...sources.map(concurrencyOf)),
    clock: parts.clock,
    line: (line) => parts.line(name, line),
    onInvocation: parts.onInvocation,
    afterInvocation: parts.afterInvocation,
  });
  return {
    name,
    logicalId: settings.logicalId,
    physicalName: settings.name,
    arn: settings.arn,
    pool,
    withhold: (action) => {
      withheld.add(action);
      return () => void withheld.delete(action);
    },
  };
}

const concurrencyOf = ({ maximumConcurrency }: EventSourceSettings): number => maximumConcurrency ?? MOST_PROCESSES;

/** Lambda makes no event source for a function that may not read its queue; the deployment would fail, so this does. */
function refuseBlindFunction(where: string, authority: Authority, queueArn: string): void {
  for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
    const verdict = authorizer(authority)({
      principal: authority.principal,
      service: 'sqs',
      action,
      resource: queueArn,
      conditions: {},
    });
    if (!verdict.allowed) throw new TemplateError(where, `cannot work off its queue: ${verdict.reason}`);
  }
}

/** @throws {Error} when no function of the assembly has this name or ARN. */
export function functionByArn(functions: readonly HostedFunction[], nameOrArn: string): HostedFunction {
  const found = functions.find(({ arn, physicalName }) => [arn, physicalName].includes(nameOrArn));
  if (!found) throw new Error(`the function ${nameOrArn} is not in this assembly`);
  return found;
}
