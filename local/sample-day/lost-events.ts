import type { DeliveryPolicy } from '../twilio/delivery/delivery-target.ts';
import type { ProgrammeItem } from './programme.ts';
import { deletedBySomebodyElse, heldBeforeTheDeletion } from './scenarios/calabrio-refuses.ts';

/**
 * Loses every recording callback, and of a task every event but that it was created, reservations and all; on both
 * transports. What orders say of the others stands.
 */
export function losingMostEvents(otherwise: DeliveryPolicy): DeliveryPolicy {
  return (delivery) => {
    const copies = otherwise(delivery);
    const { transport, eventType } = delivery;
    if (transport === 'recording-events') return [];
    if (transport === 'conference-events' || eventType.startsWith('worker.')) return copies;
    return eventType === 'task.created' ? copies : [];
  };
}

/**
 * The scenes that a day without events can keep. One is left out as an operator cannot hold in mid-call what nobody has
 * heard of, and one as what is deleted at Twilio within the minute, and was never told of, is lost by Twilio itself.
 */
export function withoutPromptScenes(items: readonly ProgrammeItem[]): readonly ProgrammeItem[] {
  return items.filter(({ scenario }) => scenario !== heldBeforeTheDeletion && scenario !== deletedBySomebodyElse);
}
