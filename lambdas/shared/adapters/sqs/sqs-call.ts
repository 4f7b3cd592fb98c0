import type { SQSClient } from '@aws-sdk/client-sqs';
import { RetryableError } from '../../domain/outcome.ts';

/** The part of the SQS client that adapters use. */
export type SqsSender = Pick<SQSClient, 'send'>;

/**
 * Makes one call to SQS; its failure, whatever it was, is a `RetryableError` with the cause: a refusal is a fault of
 * the installation (a missing permission, a queue that is gone), never of the message at hand.
 *
 * AWS's own words are shown only where they name the missing action; elsewhere they may repeat what was sent.
 */
export async function sqsCall<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new RetryableError(`SQS did not ${what}: ${describe(cause)}`, { reason: 'sqs-failed', cause });
  }
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return /AccessDenied/.test(cause.name) ? `${cause.name}: ${cause.message}` : cause.name;
}

/** The last part of a queue's URL is its name. */
export function queueNameOf(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}

/** The URL of another queue of the same account and region: all but the name is the same. */
export function siblingQueueUrl(queueUrl: string, name: string): string {
  return queueUrl.slice(0, queueUrl.lastIndexOf('/') + 1) + name;
}
