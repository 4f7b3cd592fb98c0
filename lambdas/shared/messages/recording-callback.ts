import { PermanentError } from '../domain/outcome.ts';
import type { RecordingSource, SourceStatus } from '../domain/recording-record.ts';
import { accountSid, callSid, conferenceSid, recordingSid } from '../domain/sids.ts';
import type { AccountSid, RecordingSid } from '../domain/sids.ts';
import { readEncryptionDetailsText } from './encryption-details.ts';
import { formValue, parseFormBody } from './form-body.ts';
import type { ProvedWebhook } from './gateway-envelope.ts';
import { readTimestamp } from './event-frame.ts';

/** What one recording status callback says. `source.startedAt` is a hint: the archive key's day comes from the resource. */
export interface RecordingCallback {
  readonly accountSid: AccountSid;
  readonly recordingSid: RecordingSid;
  readonly source: RecordingSource;
  /** When it happened, where the callback says so; Twilio documents no such parameter of recordings. */
  readonly occurredAt?: Date;
}

/**
 * Reads a recording status callback (form): of a call, a conference, or both. `RecordingUrl` is not read: media URLs
 * are built from SIDs. `EncryptionDetails` (JSON) that cannot be read is left out: the Recording resource says it again.
 * (https://www.twilio.com/docs/voice/api/recording, read 2026-11)
 *
 * @throws {PermanentError} `invalid-sid` or `unknown-recording-status`.
 */
export function parseRecordingCallback(webhook: ProvedWebhook): RecordingCallback {
  const form = parseFormBody(webhook.body);
  const field = (name: string): string | undefined => formValue(form, name) || undefined;
  const account = field('AccountSid');
  const recording = field('RecordingSid');
  if (!accountSid.is(account)) throw invalid('its AccountSid is missing or is not an AC SID', 'invalid-sid');
  if (!recordingSid.is(recording)) throw invalid('its RecordingSid is missing or is not an RE SID', 'invalid-sid');
  const status = statusOf(field('RecordingStatus'));
  const call = field('CallSid');
  const conference = field('ConferenceSid');
  const channels = Number(field('RecordingChannels'));
  const durationSeconds = Number(field('RecordingDuration'));
  const startedAt = readTimestamp(field('RecordingStartTime'));
  const occurredAt = readTimestamp(field('Timestamp'));
  const origin = wordOf(field('RecordingSource'));
  const errorCode = wordOf(field('ErrorCode'));
  const encryption = readEncryptionDetailsText(field('EncryptionDetails'));
  return {
    accountSid: account,
    recordingSid: recording,
    ...(occurredAt !== undefined && { occurredAt }),
    source: {
      status,
      ...(callSid.is(call) && { callSid: call }),
      ...(conferenceSid.is(conference) && { conferenceSid: conference }),
      ...(channels > 0 && { channels }),
      ...(durationSeconds > 0 && { durationSeconds }),
      ...(startedAt !== undefined && { startedAt }),
      ...(origin !== undefined && { origin }),
      ...(errorCode !== undefined && errorCode !== '0' && { errorCode }),
      ...(encryption !== undefined && { encryption }),
    },
  };
}

/** One of Twilio's own words, such as `StartCallRecordingAPI` or 16101. It lies in the ledger and beside the sound for ever. */
function wordOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : undefined;
}

function statusOf(text: string | undefined): SourceStatus {
  switch (text) {
    case 'in-progress':
    case 'paused':
    case 'stopped':
    case 'processing':
    case 'completed':
    case 'absent':
    case 'failed':
      return text;
    default:
      throw invalid(
        `its RecordingStatus (${text?.length ?? 0} characters) is none of in-progress, paused, stopped, processing, completed, absent, failed`,
        'unknown-recording-status',
      );
  }
}

function invalid(what: string, reason: string): PermanentError {
  return new PermanentError(`the recording callback cannot be used: ${what}`, { reason });
}
