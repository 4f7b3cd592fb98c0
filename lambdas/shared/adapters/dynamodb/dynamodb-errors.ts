import { RetryableError } from '../../domain/outcome.ts';

/** Nothing is wrong with what we asked; the table cannot answer now. */
const unavailable: ReadonlySet<string> = new Set([
  'InternalServerError',
  'InternalServerErrorException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TimeoutError',
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

/**
 * Waits for a call to DynamoDB and translates its failure.
 *
 * @throws {RetryableError} `ledger-unavailable` on throttling, 5xx and broken connections; `ledger-refused` when we are
 *   not allowed or the table is not there. Any other failure is a fault of ours and comes out as it is.
 */
export async function translated<Answer>(operation: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    throw translation(operation, cause);
  }
}

function translation(operation: string, cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  if (refused.has(cause.name)) {
    // The text names the principal, the action and the table, which is what whoever mends it needs.
    const message = `DynamoDB refused dynamodb:${operation}: ${cause.name}: ${cause.message}`;
    return new RetryableError(message, { reason: 'ledger-refused', cause });
  }
  if (!unavailable.has(cause.name) && !isServerFault(cause) && !isConnectionFault(cause)) return cause;
  const message = `DynamoDB did not answer dynamodb:${operation}: ${cause.name}`;
  return new RetryableError(message, { reason: 'ledger-unavailable', cause });
}

function isServerFault(error: Error): boolean {
  return '$fault' in error && error.$fault === 'server';
}

/** Node's system errors carry a code in capitals (`ECONNRESET`, `EPIPE`); what the SDK throws of its own does not. */
function isConnectionFault(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code);
}
