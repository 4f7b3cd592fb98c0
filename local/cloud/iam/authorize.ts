import type { AwsCall, Verdict } from '../../aws/aws-call.ts';
import type { CallContext } from './conditions.ts';
import type { Statement } from './policy.ts';
import { fits } from './wildcards.ts';

/** What decides over the calls of one role. */
export interface Authority {
  /** Named in refusals: the function, or the role of an integration. */
  readonly principal: string;
  readonly roleArn: string;
  readonly statements: readonly Statement[];
  /** Policies of buckets and queues, by the resource's own ARN. */
  readonly resourceStatements: (resourceArn: string) => readonly Statement[];
  /** The customer-managed key a bucket, queue, table or secret is encrypted with. */
  readonly keyOf: (resourceArn: string) => string | undefined;
  /** Actions taken away on purpose, as a test of a missing permission does. */
  readonly withheld: () => ReadonlySet<string>;
}

/** What AWS does with the key on the caller's behalf; a policy that forgets it fails only in the first deployment. */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  's3:PutObject': ['kms:GenerateDataKey'],
  's3:GetObject': ['kms:Decrypt'],
  's3:GetObjectVersion': ['kms:Decrypt'],
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
  'dynamodb:GetItem': ['kms:Decrypt'],
  'dynamodb:Query': ['kms:Decrypt'],
  'dynamodb:PutItem': ['kms:Decrypt'],
  'dynamodb:UpdateItem': ['kms:Decrypt'],
  'dynamodb:DeleteItem': ['kms:Decrypt'],
};

/**
 * Whether the role's policies allow a call, as IAM decides: an explicit Deny wins, then any Allow of the role or of
 * the resource is enough, and silence refuses. Permissions boundaries and service control policies are not seen,
 * because they are not in the template.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (read 2026-11)
 */
export function authorizer(authority: Authority): (call: AwsCall) => Verdict {
  return (call) => {
    const verdict = judge(authority, call.action, call.resource, call.conditions);
    const key = authority.keyOf(ownerOf(call.resource));
    if (!verdict.allowed || key === undefined) return verdict;
    const viaService = { 'kms:ViaService': `${call.service}.${key.split(':')[3] ?? ''}.amazonaws.com` };
    for (const action of keyActions[call.action] ?? []) {
      const keyVerdict = judge(authority, action, key, viaService);
      if (!keyVerdict.allowed) return keyVerdict;
    }
    return verdict;
  };
}

/** The bucket of an object, the table of an index; any other resource is its own owner. */
function ownerOf(resource: string): string {
  return resource.startsWith('arn:aws:s3:::')
    ? (resource.split('/')[0] ?? resource)
    : resource.replace(/\/index\/.*$/, '');
}

function judge(authority: Authority, action: string, resource: string, conditions: CallContext): Verdict {
  const { principal, roleArn, statements } = authority;
  const context = { 'aws:SecureTransport': 'true', 'aws:PrincipalArn': roleArn, ...conditions };
  const about = (statement: Statement): boolean =>
    statement.actions.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase())) &&
    statement.resources.some((pattern) => fits(pattern, resource)) &&
    statement.conditions.every((condition) => condition.holds(context));
  const ofResource = authority
    .resourceStatements(ownerOf(resource))
    .filter((statement) => statement.principals.some((named) => named === '*' || named === roleArn));
  const applying = [...statements, ...ofResource].filter(about);
  const whose = `${principal} is not authorized to perform: ${action} on resource: ${resource}`;
  if (applying.some((statement) => statement.effect === 'Deny'))
    return { allowed: false, reason: `${whose} with an explicit deny` };
  const withheld = [...authority.withheld()].some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));
  if (withheld || applying.length === 0)
    return { allowed: false, reason: `${whose} because no policy of its role allows the ${action} action` };
  return { allowed: true };
}
