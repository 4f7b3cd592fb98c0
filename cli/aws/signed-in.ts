import type { SSMClient } from '@aws-sdk/client-ssm';
import { UnreachableError } from '../unreachable-error.ts';

/**
 * The region that the client asks, once it is known that it has somebody to ask as.
 *
 * @throws {UnreachableError} when the environment has no region or no credentials.
 */
export async function signedInRegion({ config }: SSMClient): Promise<string> {
  const region = await config.region().catch((cause: unknown) => {
    throw new UnreachableError('no AWS region: set AWS_REGION or a profile that has one', { cause });
  });
  await config.credentials().catch((cause: unknown) => {
    throw new UnreachableError('no AWS credentials: sign in first (aws sso login), or set AWS_PROFILE', { cause });
  });
  return region;
}
