import { PermanentError, RetryableError, UnprovedSenderError } from '../domain/outcome.ts';
import { InvalidSidError } from '../domain/sids.ts';
import { EnvironmentError } from './load-env.ts';

/** What may be said of an error in a log line, a message attribute or an alarm: never what it choked on. */
export interface ErrorDescription {
  readonly name: string;
  /** The stable, kebab-case name of the failure; only our own errors have one. */
  readonly reason?: string;
  /** Only our own errors' messages, which are written to hold no personal datum. */
  readonly message?: string;
  /** The system's or the vendor's code: `ECONNRESET`. */
  readonly code?: string;
  /** The HTTP status of an AWS answer. */
  readonly status?: number;
  /** Where it was thrown, innermost first; only for errors that are not ours. */
  readonly at?: readonly string[];
  readonly cause?: ErrorDescription;
}

const STACK_LINES = 4;
const CAUSES = 3;

/**
 * Describes an error for people without repeating its input.
 *
 * The message of an error that is not ours is left out: V8 and the SDKs quote what they could not read (`Unexpected
 * token … in "+1500…"`), and that is a customer's. Its name, code and place are enough to find the fault.
 */
export function describeError(error: unknown, causesLeft = CAUSES): ErrorDescription {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}` };
  const ours = isOurs(error);
  return {
    name: error.name,
    ...('reason' in error && ours && typeof error.reason === 'string' ? { reason: error.reason } : {}),
    ...(ours ? { message: error.message } : { at: framesOf(error) }),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...statusOf(error),
    ...(error.cause !== undefined && causesLeft > 0 ? { cause: describeError(error.cause, causesLeft - 1) } : {}),
  };
}

function isOurs(error: Error): boolean {
  return [RetryableError, PermanentError, UnprovedSenderError, InvalidSidError, EnvironmentError].some(
    (ours) => error instanceof ours,
  );
}

function framesOf(error: Error): readonly string[] {
  const { stack = '', message } = error;
  // The stack repeats the message, and a line of it may look like a frame.
  const afterMessage = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, STACK_LINES).map((line) => line.trim());
}

function statusOf(error: Error): { status?: number } {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return {};
  const { $metadata } = error;
  return 'httpStatusCode' in $metadata && typeof $metadata.httpStatusCode === 'number'
    ? { status: $metadata.httpStatusCode }
    : {};
}
