import type { ConferenceEvent } from '../domain/conference-life.ts';
import { PermanentError } from '../domain/outcome.ts';
import type { IgnoreReason } from '../domain/outcome.ts';
import { accountSid, callSid, conferenceSid } from '../domain/sids.ts';
import type { AccountSid } from '../domain/sids.ts';
import { formValue, parseFormBody } from './form-body.ts';
import type { ProvedWebhook } from './gateway-envelope.ts';
import { readTimestamp } from './event-frame.ts';

export type ParsedConferenceCallback =
  | { readonly kind: 'event'; readonly accountSid: AccountSid; readonly event: ConferenceEvent }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason };

/**
 * Reads a conference status callback (form): who came, who left and why, how it ended. Muting, holding, speaking and
 * announcements are ignored by name.
 * (https://www.twilio.com/docs/voice/twiml/conference#attributes-statuscallback, read 2026-11; `ReasonParticipantLeft`
 * since https://www.twilio.com/en-us/changelog/participantcallstatus-and-reasonparticipantleft-attributes-added)
 *
 * @throws {PermanentError} `event-type-missing`, `invalid-sid` or `timestamp-unreadable`.
 */
export function parseConferenceCallback(webhook: ProvedWebhook): ParsedConferenceCallback {
  const form = parseFormBody(webhook.body);
  const field: Field = (name) => formValue(form, name)?.trim() || undefined;
  const kind = field('StatusCallbackEvent');
  if (kind === undefined) throw invalid('it has no StatusCallbackEvent', 'event-type-missing');
  if (kind !== 'participant-join' && kind !== 'participant-leave' && kind !== 'conference-end')
    return { kind: 'ignored', reason: 'event-type-not-handled' };
  const account = field('AccountSid');
  const conference = field('ConferenceSid');
  if (!accountSid.is(account)) throw invalid('its AccountSid is missing or is not an AC SID', 'invalid-sid');
  if (!conferenceSid.is(conference)) throw invalid('its ConferenceSid is missing or is not a CF SID', 'invalid-sid');
  const occurredAt = readTimestamp(field('Timestamp'));
  if (occurredAt === undefined) throw invalid('its Timestamp is missing or not a time', 'timestamp-unreadable');
  const sequence = field('SequenceNumber');
  const common = {
    conferenceSid: conference,
    occurredAt,
    ...(sequence !== undefined && /^\d{1,9}$/.test(sequence) && { sequence: Number(sequence) }),
  };
  const event: ConferenceEvent =
    kind === 'conference-end' ? { kind, ...common, ...endOf(field) } : { kind, ...common, ...participantOf(field) };
  return { kind: 'event', accountSid: account, event };
}

type Field = (name: string) => string | undefined;

function participantOf(field: Field) {
  const call = field('CallSid');
  const label = field('ParticipantLabel');
  const reasonLeft = wordOf(field('ReasonParticipantLeft'));
  if (!callSid.is(call)) throw invalid('its CallSid is missing or is not a CA SID', 'invalid-sid');
  return {
    callSid: call,
    ...(label !== undefined && label.length <= 128 && { label }),
    ...(reasonLeft !== undefined && { reasonLeft }),
  };
}

function endOf(field: Field) {
  const reasonEnded = wordOf(field('ReasonConferenceEnded'));
  const callSidEnding = field('CallSidEndingConference');
  return {
    ...(reasonEnded !== undefined && { reasonEnded }),
    ...(callSid.is(callSidEnding) && { callSidEnding }),
  };
}

/** One of Twilio's own words, such as `participant_hung_up`; any other text is dropped. */
function wordOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : undefined;
}

function invalid(what: string, reason: string): PermanentError {
  return new PermanentError(`the conference callback cannot be used: ${what}`, { reason });
}
