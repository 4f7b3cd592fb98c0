import type { Clock } from '../../clock.ts';
import type { CloudAws, Credentials } from '../aws/cloud-aws.ts';
import { authorizer, type Authority } from '../iam/authorize.ts';
import type { Role } from '../iam/roles.ts';
import type { RoleAccess } from './sqs-backend.ts';

interface AccessParts {
  readonly aws: CloudAws;
  readonly clock: Clock;
  readonly region: string;
  readonly roles: ReadonlyMap<string, Role>;
  readonly guards: Pick<Authority, 'resourceStatements' | 'keyOf'>;
}

/**
 * How integrations reach the stand-ins: as their role, which is let in once, under its logical id.
 *
 * The returned function throws an `Error` for a role that is not there or does not trust API Gateway.
 */
export function integrationAccess({ aws, clock, region, roles, guards }: AccessParts): (roleArn: string) => RoleAccess {
  const known = new Map<string, Credentials>();
  return (roleArn) => {
    const role = roles.get(roleArn);
    if (!role?.services.includes('apigateway.amazonaws.com'))
      throw new Error(
        `API Gateway may not act as ${roleArn}: the role is not there, or its trust policy does not name it`,
      );
    const { logicalId, statements } = role;
    const authority = { principal: logicalId, roleArn, statements, ...guards, withheld: () => new Set<string>() };
    const credentials = known.get(roleArn) ?? aws.letIn({ name: logicalId, authorize: authorizer(authority) });
    known.set(roleArn, credentials);
    return { url: aws.url, region, ...credentials, clockOffsetMs: () => clock.offsetMs() };
  };
}
