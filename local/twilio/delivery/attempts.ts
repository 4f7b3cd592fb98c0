import { Agent } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Appointments } from '../appointments.ts';
import type { TwilioEvent } from '../events/twilio-event.ts';
import type { Random } from '../seeded-random.ts';
import type { OpenLine } from './delivery-log.ts';
import type { DeliveryCopy, DeliveryTarget, Transport } from './delivery-target.ts';
import { sendRequest } from './send-request.ts';
import { answerTimeoutMs, retryAfterMs } from './transport-rules.ts';
import { twilioRequest, type OutgoingRequest } from './twilio-request.ts';

/** One copy of one event on its way by one transport. */
interface Delivery {
  readonly event: TwilioEvent;
  readonly transport: Transport;
  readonly target: DeliveryTarget;
  readonly forged: DeliveryCopy['forged'];
  readonly idempotencyToken: string;
  readonly line: OpenLine;
  /** Runs when Twilio has given it up. */
  readonly onDropped?: () => void;
  firstAttemptMs?: number;
}

export interface Attempts {
  /** Sends it `afterMs` from now by the clock, and again for as long as its transport would. */
  begin(delivery: Delivery, afterMs: number): void;
  settled(): Promise<void>;
  waiting(): number;
  /** Every genuine request that was delivered, once more and word for word; resolves to how many were taken. */
  playAgain(): Promise<number>;
  stop(): void;
}

export interface AttemptsParts {
  readonly clock: Clock;
  readonly appointments: Appointments;
  readonly random: Random;
  /** The token at the moment of sending: a retry after a rotation is signed with the new one. */
  readonly authToken: () => string;
}

export function startAttempts(parts: AttemptsParts): Attempts {
  const { clock, appointments } = parts;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const settledWaiters: (() => void)[] = [];
  const delivered: Sent[] = [];
  let onTheWire = 0;
  let waiting = 0;
  let stopped = false;

  const begin = (delivery: Delivery, afterMs: number): void => {
    if (afterMs <= 0) return void attempt(delivery);
    waiting += 1;
    appointments.after(afterMs, () => {
      waiting -= 1;
      void attempt(delivery);
    });
  };

  const attempt = async (delivery: Delivery): Promise<void> => {
    const release = clock.busy();
    onTheWire += 1;
    const request = twilioRequest({ ...delivery, ...delivery.target, authToken: parts.authToken() });
    noteAttempt(delivery, clock.now());
    const timeoutMs = answerTimeoutMs(delivery.transport);
    const status = await sendRequest(request, agent, timeoutMs);
    onTheWire -= 1;
    if (isTaken(status) && !delivery.forged) delivered.push({ request, timeoutMs });
    const retryMs = noteAnswer(delivery, status, clock.now(), parts.random);
    if (retryMs !== undefined && !stopped) begin(delivery, retryMs);
    // Only now: the retry is an appointment already, and the clock may jump to it.
    release();
    if (onTheWire === 0) for (const done of settledWaiters.splice(0)) done();
  };

  return {
    begin,
    settled: () => (onTheWire === 0 ? Promise.resolve() : new Promise((resolve) => settledWaiters.push(resolve))),
    waiting: () => waiting,
    async playAgain() {
      const release = clock.busy();
      const left = [...delivered];
      let taken = 0;
      const sendRest = async (): Promise<void> => {
        for (let next = left.shift(); next !== undefined; next = left.shift())
          if (isTaken(await sendRequest(next.request, agent, next.timeoutMs))) taken += 1;
      };
      await Promise.all(Array.from({ length: 8 }, sendRest));
      release();
      return taken;
    },
    stop() {
      stopped = true;
      agent.destroy();
    },
  };
}

/** A request as it went out. */
interface Sent {
  readonly request: OutgoingRequest;
  readonly timeoutMs: number;
}

const isTaken = (status: number): boolean => status >= 200 && status < 300;

function noteAttempt(delivery: Delivery, nowMs: number): void {
  delivery.line.state = 'on-the-wire';
  delivery.line.attempts += 1;
  delivery.firstAttemptMs ??= nowMs;
}

/** Writes the answer down; after how many milliseconds to try again, undefined for never. A forged copy has one attempt. */
function noteAnswer(delivery: Delivery, status: number, nowMs: number, random: Random): number | undefined {
  const { line, transport } = delivery;
  line.lastStatus = status;
  const isDelivered = isTaken(status);
  const failed = { status, attempts: line.attempts, sinceFirstAttemptMs: nowMs - (delivery.firstAttemptMs ?? nowMs) };
  const retryMs = isDelivered || delivery.forged ? undefined : retryAfterMs(transport, failed, random);
  if (isDelivered) line.state = 'delivered';
  else line.state = retryMs === undefined ? 'dropped' : 'waiting';
  if (line.state === 'dropped') delivery.onDropped?.();
  return retryMs;
}
