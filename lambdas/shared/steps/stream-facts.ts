import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { RetryableError } from '../domain/outcome.ts';
import type { StreamFacts, StreamInspector } from '../ports/stream-inspector.ts';

/**
 * Reads the stream to its end, keeping nothing but what it was. `what` names it in the error.
 *
 * @throws {RetryableError} `stream-broken` when it breaks before its end.
 */
export async function factsOf(
  has: { readonly inspector: StreamInspector },
  stream: Readable,
  what: string,
): Promise<StreamFacts> {
  const inspected = has.inspector.inspect(stream);
  const [facts, end] = await Promise.allSettled([inspected.facts, finished(inspected.stream.resume())]);
  if (facts.status === 'rejected') throw brokenOff(what, facts.reason);
  if (end.status === 'rejected') throw brokenOff(what, end.reason);
  return facts.value;
}

/** A stream that broke while it was read: the world's fault, so it is opened again with the next receive. */
export function brokenOff(what: string, cause: unknown): RetryableError {
  return new RetryableError(`${what} broke off while it was read`, { reason: 'stream-broken', cause });
}
