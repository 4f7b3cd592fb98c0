import * as z from 'zod/mini';
import type { Json } from '../template/json.ts';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { typedProperties, unused } from '../template/typed-properties.ts';
import { parsePolicy, type Statement } from './policy.ts';

/** A role of the template with all its statements. */
export interface Role {
  readonly arn: string;
  readonly logicalId: string;
  readonly statements: readonly Statement[];
  /** Which AWS services may act as it. */
  readonly services: readonly string[];
}

const document = z.custom<Json>();
const inlinePolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: document });

const roleSchema = z.strictObject({
  AssumeRolePolicyDocument: document,
  Policies: z.optional(z.array(inlinePolicy)),
  ManagedPolicyArns: z.optional(z.array(z.string())),
  RoleName: unused,
  Description: unused,
  Tags: unused,
  Path: unused,
  MaxSessionDuration: unused,
  // Not in the template, so it cannot be checked here: `cdk deploy` meets it first.
  PermissionsBoundary: unused,
});

const attachedSchema = z.strictObject({
  PolicyDocument: document,
  Roles: z.optional(z.array(z.string())),
  PolicyName: unused,
  ManagedPolicyName: unused,
  Description: unused,
  Path: unused,
});

/** AWS's own policies that functions here may carry: they allow writing logs and traces, which are not modelled. */
const awsManaged = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  'AWSXRayDaemonWriteAccess',
  'AWSXrayWriteOnlyAccess',
];

/**
 * The roles of the template, by ARN.
 *
 * @throws {TemplateError} for an AWS-managed policy whose contents are not known here.
 */
export function rolesOf(resources: readonly Resource[]): ReadonlyMap<string, Role> {
  const attached = resources
    .filter(({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
    .map((resource) => {
      const { PolicyDocument, Roles } = typedProperties(resource, attachedSchema);
      const arn = resource.type === 'AWS::IAM::ManagedPolicy' ? resource.ref() : undefined;
      return { arn, roles: Roles ?? [], statements: parsePolicy(PolicyDocument, resource.where) };
    });
  const roles = resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((resource): Role => {
      const properties = typedProperties(resource, roleSchema);
      const managed = properties.ManagedPolicyArns ?? [];
      for (const arn of managed) refuseUnknownManaged(resource, arn, attached);
      const name = resource.ref();
      return {
        arn: resource.attribute('Arn'),
        logicalId: resource.logicalId,
        services: parsePolicy(properties.AssumeRolePolicyDocument, resource.where).flatMap(
          ({ principals }) => principals,
        ),
        statements: [
          ...(properties.Policies ?? []).flatMap((policy) => parsePolicy(policy.PolicyDocument, resource.where)),
          ...attached
            .filter(
              (policy) => policy.roles.includes(name) || (policy.arn !== undefined && managed.includes(policy.arn)),
            )
            .flatMap((policy) => policy.statements),
        ],
      };
    });
  return new Map(roles.map((role) => [role.arn, role]));
}

function refuseUnknownManaged(resource: Resource, arn: string, attached: readonly { arn: string | undefined }[]): void {
  if (attached.some((policy) => policy.arn === arn) || awsManaged.some((name) => arn.endsWith(`:aws:policy/${name}`)))
    return;
  throw new TemplateError(
    resource.where,
    `the managed policy ${arn} is not known here: known are ${awsManaged.join(', ')}`,
  );
}
