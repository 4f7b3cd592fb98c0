import { RetryableError } from '../../domain/outcome.ts';

/** Answers with a 4xx that say nothing against the request: the table is busy. */
const busy: ReadonlySet<string> = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
]);

/** Our permission, credentials or the table's name is wrong, not the message: it waits until somebody has put that right. */
const refused: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
]);

/** Refusals whose text names the principal, the action or the table. That of a wrong signature repeats the session token. */
const telling: ReadonlySet<string> = new Set(['AccessDeniedException', 'ResourceNotFoundException']);

/**
 * Waits for a call to DynamoDB and translates its failure.
 *
 * @throws {RetryableError} `ledger-unavailable` on throttling, 5xx and when no answer came; `ledger-refused` when we
 *   are not allowed or the table is not there. A request that DynamoDB calls wrong is a fault of ours and comes out as it is.
 */
export async function translated<Answer>(operation: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    throw translation(operation, cause);
  }
}

function translation(operation: string, cause: unknown): unknown {
  const { name, message, isRequestWrong } = described(cause);
  if (refused.has(name)) {
    const said = `DynamoDB refused dynamodb:${operation}: ${name}${telling.has(name) ? `: ${message}` : ''}`;
    return new RetryableError(said, { reason: 'ledger-refused', cause });
  }
  if (isRequestWrong && !busy.has(name)) return cause;
  return new RetryableError(`DynamoDB did not do dynamodb:${operation}: ${name}`, {
    reason: 'ledger-unavailable',
    cause,
  });
}

/** By shape, not by class: what comes from below the SDK (sockets, DNS, timeouts) is of many classes. */
function described(cause: unknown): {
  readonly name: string;
  readonly message: string;
  readonly isRequestWrong: boolean;
} {
  if (typeof cause !== 'object' || cause === null) return { name: typeof cause, message: '', isRequestWrong: false };
  return {
    name: 'name' in cause && typeof cause.name === 'string' ? cause.name : 'Error',
    message: 'message' in cause && typeof cause.message === 'string' ? cause.message : '',
    isRequestWrong: '$fault' in cause && cause.$fault === 'client',
  };
}
