import { ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { deliverToTarget } from './deliver-to-target.ts';
import type { DeliveryNeeds } from './deliver-to-target.ts';
import { fanOut } from './fan-out.ts';
import type { ReportMessage } from './report-message.ts';
import { isStale } from './stale-state.ts';

export interface ReportStatusNeeds extends DeliveryNeeds {
  /** The function's own queue: each target gets a message, and with it a fate, of its own. */
  readonly queues: WorkQueues;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readReportStatusMessage(body: string): ReportMessage {
  const message = readQueueMessage(body);
  switch (message.route) {
    case 'internal/report-status':
    case 'internal/relay-contact-status':
    case 'internal/report-agent-state':
      return message;
    default:
      throw misrouted(message, 'report-status');
  }
}

/**
 * Sends contact statuses to the configured targets: our own of what became of a copy, and Calabrio's, word for word; and
 * agents' states.
 *
 * A message without a target becomes one for each target, so that a target that is down makes no other wait; a message
 * with one is delivered to it, at least once. An agent's state is of use while it is fresh, and is given up after that.
 */
export function reportStatus(
  has: ReportStatusNeeds,
): (message: ReportMessage, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    if (message.route === 'internal/report-status') {
      context.note({ recordingSid: message.recordingSid, reservationSid: message.reservationSid });
    }
    if (isStale(message, has.now())) return ignored('agent-state-stale');
    if (message.target === undefined) return fanOut(has, message);
    return deliverToTarget(has, { ...message, target: message.target }, context);
  };
}
