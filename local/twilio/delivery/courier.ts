import { Agent } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Appointments } from '../appointments.ts';
import type { TwilioEvent } from '../events/twilio-event.ts';
import type { Random } from '../seeded-random.ts';
import { deliveryLog, type DeliveryLog, type OpenLine } from './delivery-log.ts';
import {
  asEmitted,
  type DeliveryCopy,
  type DeliveryTarget,
  type PlannedDelivery,
  type Transport,
} from './delivery-target.ts';
import { sendRequest } from './send-request.ts';
import { answerTimeoutMs, carries, eventTypeOf, retryAfterMs } from './transport-rules.ts';
import { twilioRequest } from './twilio-request.ts';

export interface Courier {
  readonly log: DeliveryLog;
  deliverTo(target: DeliveryTarget): void;
  dispatch(event: TwilioEvent): void;
  settled(): Promise<void>;
  waiting(): number;
  stop(): void;
}

export interface CourierParts {
  readonly clock: Clock;
  readonly appointments: Appointments;
  readonly random: Random;
  /** The token at the moment of sending: a retry after a rotation is signed with the new one. */
  readonly authToken: () => string;
}

interface Delivery {
  readonly event: TwilioEvent;
  readonly transport: Transport;
  readonly target: DeliveryTarget;
  readonly forged: DeliveryCopy['forged'];
  readonly idempotencyToken: string;
  readonly line: OpenLine;
  firstAttemptMs?: number;
}

/** Takes Twilio's events to their target: what the policy makes of each, the signature, the retries. */
export function startCourier(parts: CourierParts): Courier {
  const log = deliveryLog();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const settledWaiters: (() => void)[] = [];
  let target: DeliveryTarget | undefined;
  let ordinal = 0;
  let onTheWire = 0;
  let waiting = 0;
  let stopped = false;

  const later = (ms: number, work: () => void): void => {
    if (ms <= 0) return work();
    waiting += 1;
    parts.appointments.after(ms, () => {
      waiting -= 1;
      work();
    });
  };

  const attempt = async (delivery: Delivery): Promise<void> => {
    const release = parts.clock.busy();
    onTheWire += 1;
    delivery.line.state = 'on-the-wire';
    delivery.line.attempts += 1;
    delivery.firstAttemptMs ??= parts.clock.now();
    const request = twilioRequest({ ...delivery, ...delivery.target, authToken: parts.authToken() });
    const status = await sendRequest(request, agent, answerTimeoutMs(delivery.transport));
    onTheWire -= 1;
    if (!stopped) settle(delivery, status);
    // Only now: the retry is an appointment already, and the clock may jump to it.
    release();
    if (onTheWire === 0) for (const done of settledWaiters.splice(0)) done();
  };

  const settle = (delivery: Delivery, status: number): void => {
    delivery.line.lastStatus = status;
    if (status >= 200 && status < 300) {
      delivery.line.state = 'delivered';
      return;
    }
    const sinceFirstAttemptMs = parts.clock.now() - (delivery.firstAttemptMs ?? parts.clock.now());
    const failed = { status, attempts: delivery.line.attempts, sinceFirstAttemptMs };
    const waitMs = delivery.forged ? undefined : retryAfterMs(delivery.transport, failed, parts.random);
    delivery.line.state = waitMs === undefined ? 'dropped' : 'waiting';
    if (waitMs !== undefined) later(waitMs, () => void attempt(delivery));
  };

  const carry = (event: TwilioEvent, transport: Transport, to: DeliveryTarget): void => {
    ordinal += 1;
    const planned = plannedDelivery(event, transport, ordinal);
    const emittedAt = new Date(parts.clock.now());
    const copies = (to.policy ?? asEmitted)(planned);
    if (copies.length === 0) log.open({ ...planned, emittedAt, forged: false, attempts: 0, state: 'lost' });
    for (const [index, copy] of copies.entries()) {
      const forged = copy.forged !== undefined;
      const line = log.open({ ...planned, emittedAt, forged, attempts: 0, state: 'waiting' });
      const idempotencyToken = `${planned.subjectSid}-${ordinal}-${index}`;
      const delivery: Delivery = { event, transport, target: to, forged: copy.forged, idempotencyToken, line };
      later(copy.afterMs, () => void attempt(delivery));
    }
  };

  return {
    log,
    deliverTo: (next) => (target = next),
    dispatch(event) {
      if (target === undefined) return;
      for (const transport of target.transports) if (carries(transport, event)) carry(event, transport, target);
    },
    settled: () => (onTheWire === 0 ? Promise.resolve() : new Promise((resolve) => settledWaiters.push(resolve))),
    waiting: () => waiting,
    stop() {
      stopped = true;
      agent.destroy();
    },
  };
}

function plannedDelivery(event: TwilioEvent, transport: Transport, ordinal: number): PlannedDelivery {
  return {
    transport: transport.kind,
    eventType: eventTypeOf(event),
    subjectSid: event.kind === 'task-router' ? event.eventSid : event.recordingSid,
    ...(event.kind === 'task-router' && event.taskSid !== undefined && { taskSid: event.taskSid }),
    ordinal,
  };
}
