import { RetryableError } from '../../domain/outcome.ts';

/** Our permission or credentials are wrong, not the message: it waits until somebody has put that right. */
const refused: ReadonlySet<string> = new Set([
  'AccessDenied',
  'CredentialsProviderError',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'NoSuchBucket',
  'SignatureDoesNotMatch',
]);

/**
 * What a failed call to S3 means: always that it is worth another try, because nothing that we ask of S3 depends on
 * what a message says. `archive-refused` when we are not allowed or the bucket is not there, else `archive-unavailable`.
 */
export function s3Failure(action: string, key: string, cause: unknown): RetryableError {
  const { name, message } = described(cause);
  if (refused.has(name)) {
    // S3's text names the principal, the action and the resource, which is what whoever mends it needs.
    return new RetryableError(`S3 refused s3:${action} of ${key}: ${name}: ${message}`, {
      reason: 'archive-refused',
      cause,
    });
  }
  return new RetryableError(`S3 did not do s3:${action} of ${key}: ${name}`, { reason: 'archive-unavailable', cause });
}

/** S3's name for the error, or that of what broke below it; '' for what is no error. */
export function errorName(cause: unknown): string {
  return described(cause).name;
}

/** By shape, not by class: what comes from below the SDK (sockets, DNS, timeouts) is of many classes. */
function described(cause: unknown): { readonly name: string; readonly message: string } {
  if (typeof cause !== 'object' || cause === null) return { name: '', message: '' };
  return {
    name: 'name' in cause && typeof cause.name === 'string' ? cause.name : '',
    message: 'message' in cause && typeof cause.message === 'string' ? cause.message : '',
  };
}
