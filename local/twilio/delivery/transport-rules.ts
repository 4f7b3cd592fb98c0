import type { TwilioEvent } from '../events/twilio-event.ts';
import type { Random } from '../seeded-random.ts';
import { isRetried } from './connection-overrides.ts';
import type { Transport } from './delivery-target.ts';

/** What of an event type a subscription or filter is told by: `task.created`, `recording.completed`, `participant-leave`; a sink's test has none. */
export function eventTypeOf(event: TwilioEvent): string {
  if (event.kind === 'task-router') return event.eventType;
  if (event.kind === 'sink-test') return 'sink-test';
  return event.kind === 'recording' ? `recording.${event.status}` : event.event;
}

export function carries(transport: Transport, event: TwilioEvent): boolean {
  switch (transport.kind) {
    case 'recording-events':
      return event.kind === 'recording' && (transport.statuses?.includes(event.status) ?? true);
    case 'conference-events':
      return event.kind === 'conference';
    case 'task-events':
    case 'event-streams':
      return event.kind === 'task-router' && (transport.events?.includes(event.eventType) ?? true);
  }
}

export const pathOf = (transport: Transport): string => transport.path ?? `/twilio/${transport.kind}`;

/**
 * How long an answer may take, in real milliseconds (the clock does not jump meanwhile). Event Streams: 5 s
 * (twilio.com/docs/api/errors/91308), callbacks: 15 s (webhooks-connection-overrides), both read 2026-11.
 */
export const answerTimeoutMs = (transport: Transport): number => (transport.kind === 'event-streams' ? 5_000 : 15_000);

export interface FailedAttempt {
  /** 0: no answer at all. */
  readonly status: number;
  readonly attempts: number;
  readonly sinceFirstAttemptMs: number;
}

const EVENT_STREAMS_GIVES_UP_MS = 4 * 3_600_000;
const LONGEST_BACKOFF_MS = 15 * 60_000;
const PAUSE_BETWEEN_CALLBACK_RETRIES_MS = 1_000;

/**
 * After how many milliseconds Twilio tries again; undefined when it gives up.
 *
 * Event Streams throws an event away on any 4xx but 429 and otherwise backs off with jitter for four hours
 * (twilio.com/docs/events/event-delivery-and-duplication, read 2026-11); its base and cap are not documented. Callbacks
 * retry as the connection overrides say.
 */
export function retryAfterMs(transport: Transport, failed: FailedAttempt, random: Random): number | undefined {
  if (transport.kind === 'event-streams') {
    const isFinal = failed.status >= 300 && failed.status < 500 && failed.status !== 429;
    const waitMs = Math.min(LONGEST_BACKOFF_MS, 1_000 * 2 ** (failed.attempts - 1)) * (0.5 + random() / 2);
    return isFinal || failed.sinceFirstAttemptMs + waitMs > EVENT_STREAMS_GIVES_UP_MS ? undefined : waitMs;
  }
  const retryOn = ('retryOn' in transport ? transport.retryOn : undefined) ?? ['all'];
  if (!isRetried(retryOn, failed.status)) return undefined;
  return failed.attempts <= (transport.retryCount ?? 5) ? PAUSE_BETWEEN_CALLBACK_RETRIES_MS : undefined;
}
