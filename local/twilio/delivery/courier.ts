import type { TwilioEvent } from '../events/twilio-event.ts';
import { startAttempts, type Attempts, type AttemptsParts } from './attempts.ts';
import { deliveryLog, type DeliveryLog } from './delivery-log.ts';
import { asEmitted, type DeliveryTarget, type PlannedDelivery, type Transport } from './delivery-target.ts';
import { addressed, type Destination } from './destination.ts';
import { carries, eventTypeOf } from './transport-rules.ts';

export interface Courier extends Pick<Attempts, 'settled' | 'waiting' | 'playAgain' | 'stop'> {
  readonly log: DeliveryLog;
  deliverTo(target: DeliveryTarget): void;
  dispatch(event: TwilioEvent): void;
}

export interface CourierParts extends AttemptsParts {
  /** Where an event goes by the account's settings, besides the target. */
  readonly destinationsOf: (event: TwilioEvent) => readonly Destination[];
  /** Is told of each delivery that Twilio gives up. */
  readonly onDropped: (event: TwilioEvent) => void;
}

/** Takes Twilio's events to their target and to their destinations: every transport that carries them, and what the policy makes of each. */
export function startCourier(parts: CourierParts): Courier {
  const log = deliveryLog();
  const attempts = startAttempts(parts);
  let target: DeliveryTarget | undefined;
  let ordinal = 0;

  const carry = (event: TwilioEvent, transport: Transport, to: DeliveryTarget): void => {
    ordinal += 1;
    const planned = plannedDelivery(event, transport, ordinal);
    const emitted = { ...planned, emittedAt: new Date(parts.clock.now()), attempts: 0 };
    const copies = (event.kind === 'sink-test' ? asEmitted : (to.policy ?? asEmitted))(planned);
    if (copies.length === 0) log.open({ ...emitted, forged: false, state: 'lost' });
    for (const [index, { afterMs, forged }] of copies.entries()) {
      const line = log.open({ ...emitted, forged: forged !== undefined, state: 'waiting' });
      const idempotencyToken = `${planned.subjectSid}-${planned.ordinal}-${index}`;
      const onDropped = (): void => parts.onDropped(event);
      attempts.begin({ event, transport, target: to, forged, idempotencyToken, line, onDropped }, afterMs);
    }
  };

  return {
    log,
    deliverTo: (next) => (target = next),
    dispatch(event) {
      for (const transport of target?.transports ?? []) {
        if (target !== undefined && carries(transport, event)) carry(event, transport, target);
      }
      for (const destination of parts.destinationsOf(event)) {
        const to = addressed(destination, target);
        carry(event, to.transport, to.target);
      }
    },
    settled: attempts.settled,
    waiting: attempts.waiting,
    playAgain: attempts.playAgain,
    stop: attempts.stop,
  };
}

function plannedDelivery(event: TwilioEvent, transport: Transport, ordinal: number): PlannedDelivery {
  return {
    transport: transport.kind,
    eventType: eventTypeOf(event),
    subjectSid: subjectOf(event),
    ...('taskSid' in event && event.taskSid !== undefined && { taskSid: event.taskSid }),
    ordinal,
  };
}

function subjectOf(event: TwilioEvent): string {
  if (event.kind === 'task-router') return event.eventSid;
  if (event.kind === 'sink-test') return event.sinkSid;
  return event.kind === 'recording' ? event.recordingSid : event.conferenceSid;
}
