import type { Outcome } from '../shared/domain/outcome.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { RelayContactStatus, ReportStatus } from '../shared/messages/work-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { deliverToTarget } from './deliver-to-target.ts';
import type { DeliveryNeeds } from './deliver-to-target.ts';
import { fanOut } from './fan-out.ts';

export interface ReportStatusNeeds extends DeliveryNeeds {
  /** The function's own queue: each target gets a message, and with it a fate, of its own. */
  readonly queues: WorkQueues;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readReportStatusMessage(body: string): ReportStatus | RelayContactStatus {
  const message = readQueueMessage(body);
  if (message.route === 'internal/report-status' || message.route === 'internal/relay-contact-status') return message;
  throw misrouted(message, 'report-status');
}

/**
 * Sends contact statuses to the configured targets: our own of what became of a copy, and Calabrio's, word for word.
 *
 * A message without a target becomes one for each target, so that a target that is down makes no other wait; a message
 * with one is delivered to it, at least once.
 */
export function reportStatus(
  has: ReportStatusNeeds,
): (message: ReportStatus | RelayContactStatus, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    if (message.route === 'internal/report-status') {
      context.note({ recordingSid: message.recordingSid, reservationSid: message.reservationSid });
    }
    if (message.target === undefined) return fanOut(has, message);
    return deliverToTarget(has, { ...message, target: message.target }, context);
  };
}
