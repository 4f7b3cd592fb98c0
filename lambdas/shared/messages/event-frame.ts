import { PermanentError } from '../domain/outcome.ts';
import type { IgnoreReason } from '../domain/outcome.ts';
import { accountSid, workspaceSid } from '../domain/sids.ts';
import type { AccountSid, WorkspaceSid } from '../domain/sids.ts';

/** What every TaskRouter event carries, whomever it is about and whichever transport brought it, as it came. */
export interface EventFrameFields {
  readonly eventSid: unknown;
  readonly eventType: unknown;
  readonly accountSid: unknown;
  readonly workspaceSid: unknown;
  readonly timestamp: unknown;
}

/** Not one to act on. An unreadable one says so as a value, so that the others of its delivery go on. */
export type UnusableEvent =
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }
  | { readonly kind: 'unreadable'; readonly error: PermanentError };

export interface EventFrame<EventType extends string> {
  /** Undefined where the transport gives none that could stand in a log line, a timeline or a webhook's id. */
  readonly eventSid: string | undefined;
  readonly eventType: EventType;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly occurredAt: Date;
}

/** Reads the frame of an event whose type `isHandled` takes; any other type is ignored. */
export function readEventFrame<EventType extends string>(
  fields: EventFrameFields,
  isHandled: (text: string) => text is EventType,
): { readonly kind: 'frame'; readonly frame: EventFrame<EventType> } | UnusableEvent {
  const { eventType } = fields;
  if (typeof eventType !== 'string') return unreadable('event-type-missing', 'the event has no type');
  if (!isHandled(eventType)) return { kind: 'ignored', reason: 'event-type-not-handled' };
  if (!accountSid.is(fields.accountSid))
    return unreadable('invalid-sid', `${eventType}: its account SID is missing or is not an AC SID`);
  if (!workspaceSid.is(fields.workspaceSid))
    return unreadable('invalid-sid', `${eventType}: its workspace SID is missing or is not a WS SID`);
  const occurredAt = readTimestamp(fields.timestamp);
  if (occurredAt === undefined)
    return unreadable('timestamp-unreadable', `${eventType}: its timestamp is missing or not a time`);
  return {
    kind: 'frame',
    frame: {
      eventSid: isId(fields.eventSid) ? fields.eventSid : undefined,
      eventType,
      accountSid: fields.accountSid,
      workspaceSid: fields.workspaceSid,
      occurredAt,
    },
  };
}

/** Twilio is younger than 2000. Beyond 3000 somebody mistyped, and a time some seconds after the last one that JavaScript knows is none. */
const [firstEpochMs, lastEpochMs] = [Date.UTC(2000, 0), Date.UTC(3000, 0)];

/**
 * Reads a time as Twilio writes it: ISO 8601, RFC 2822, epoch seconds or epoch milliseconds, as text or number.
 * Callbacks carry seconds in `Timestamp` and milliseconds in `TimestampMs`; Event Streams carries ISO 8601.
 */
export function readTimestamp(value: unknown): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  const isNumber = /^\d{9,14}$/.test(text);
  // Ten digits are seconds until the year 2286; thirteen are milliseconds since 2001.
  const epochMs = isNumber ? Number(text) * (text.length <= 11 ? 1000 : 1) : Date.parse(text);
  return text !== '' && firstEpochMs <= epochMs && epochMs < lastEpochMs ? new Date(epochMs) : undefined;
}

export function unreadable(reason: string, message: string): UnusableEvent {
  return { kind: 'unreadable', error: new PermanentError(message, { reason }) };
}

/** A text that says something. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** An EV SID or a CloudEvent's id. It stands in log lines and timelines, so no other text is taken for one. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{1,64}$/.test(value);
}
