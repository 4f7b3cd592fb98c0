import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { asFindingsSpell } from './findings.ts';

/** What a function may do; made by the named functions of permissions.ts and archive-permissions.ts. None of them has a wildcard action. */
export interface Permission {
  readonly statement: PolicyStatement;
  /** Why a resource of the statement ends in `*`; without it, none may. */
  readonly wildcard?: { readonly resource: string; readonly reason: string };
}

/** What these actions do with these resources. */
export function permission(actions: readonly string[], resources: readonly string[]): Permission {
  return { statement: new PolicyStatement({ actions: [...actions], resources: [...resources] }) };
}

/** Gives the role what it may do, and answers the AWS Solutions rules for each wildcard with its reason. */
export function grant(role: Role, permissions: readonly Permission[]): void {
  for (const { statement, wildcard } of permissions) {
    role.addToPolicy(statement);
    if (wildcard === undefined) continue;
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${asFindingsSpell(role, wildcard.resource)}]`,
      reason: wildcard.reason,
    });
  }
}
