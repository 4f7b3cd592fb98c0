import { PermanentError } from '../domain/outcome.ts';
import { isObject } from '../domain/task-attributes.ts';
import { gatewayEnvelopeSchema, gatewayRoutes, rawRequest } from './gateway-envelope.ts';
import type { RawContactStatus, RawWebhook } from './gateway-envelope.ts';
import { jsonOf } from './json-text.ts';
import { workMessageSchema } from './work-message.ts';
import type { WorkMessage } from './work-message.ts';

export type QueueMessage = RawWebhook | RawContactStatus | WorkMessage;

/**
 * Reads the body of any queue of ours: the gateway's envelope or a work message, by its `route`.
 *
 * @throws {PermanentError} `unreadable-message`, `unknown-version` or `unknown-route`; the message is parked unchanged.
 */
export function readQueueMessage(body: string): QueueMessage {
  const message = jsonOf(body);
  if (!isObject(message))
    throw new PermanentError(`the queue body of ${body.length} characters is no JSON object: wanted a v1 envelope`, {
      reason: 'unreadable-message',
    });
  if (message['v'] !== 1)
    throw new PermanentError('the envelope has a version that is not 1, the only one known here', {
      reason: 'unknown-version',
    });
  if (gatewayRoutes.some((route) => route === message['route'])) {
    const envelope = gatewayEnvelopeSchema.safeParse(message);
    if (envelope.success) return rawRequest(envelope.data);
    throw misshapen(envelope.error.issues.map((issue) => issue.path.join('.')));
  }
  if (
    !workMessageSchema.def.options.some((option) =>
      option.shape.route.def.values.some((route) => route === message['route']),
    )
  ) {
    throw new PermanentError('the envelope has a route that no function here handles', { reason: 'unknown-route' });
  }
  const work = workMessageSchema.safeParse(message);
  if (work.success) return work.data;
  throw misshapen(work.error.issues.map((issue) => issue.path.join('.')));
}

/** `unknown-route`: the message is sound and another function's. */
export function misrouted({ route }: QueueMessage, functionName: string): PermanentError {
  return new PermanentError(`${route} is not ${functionName}'s: look at how the queues are wired`, {
    reason: 'unknown-route',
  });
}

function misshapen(paths: readonly string[]): PermanentError {
  return new PermanentError(`the envelope is misshapen at: ${paths.join(', ')}`, { reason: 'unreadable-message' });
}
