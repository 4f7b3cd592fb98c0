import * as z from 'zod/mini';
import type { SourceStatus } from '../../domain/recording-record.ts';
import { accountSid, callSid, conferenceSid, recordingSid } from '../../domain/sids.ts';
import { readEncryptionDetails } from '../../messages/encryption-details.ts';
import type { RecordingResource } from '../../ports/recordings.ts';
import { sidOf, timeOf } from './twilio-fields.ts';

/** https://www.twilio.com/docs/voice/api/recording (read 2026-11), with the fields that some kinds of recording lack. */
export const recordingResource = z.object({
  sid: sidOf(recordingSid),
  account_sid: sidOf(accountSid),
  status: z.string(),
  start_time: z.nullish(timeOf),
  duration: z.nullish(z.union([z.string(), z.number()])),
  channels: z.nullish(z.number()),
  source: z.nullish(z.string()),
  call_sid: z.nullish(sidOf(callSid)),
  conference_sid: z.nullish(sidOf(conferenceSid)),
  error_code: z.nullish(z.union([z.string(), z.number()])),
  encryption_details: z.optional(z.unknown()),
});

export const recordingPage = z.object({
  recordings: z.array(recordingResource),
  next_page_uri: z.nullish(z.string()),
});

const statuses: Readonly<Record<string, SourceStatus>> = {
  'in-progress': 'in-progress',
  paused: 'paused',
  stopped: 'stopped',
  processing: 'processing',
  completed: 'completed',
  absent: 'absent',
  failed: 'failed',
  deleted: 'deleted',
};

/** Twilio's resource in our words. A status that we do not know is `unknown`: not final, so it is looked at again. */
export function recordingOf(resource: z.output<typeof recordingResource>): RecordingResource {
  const durationSeconds = Number(resource.duration ?? -1);
  return {
    recordingSid: resource.sid,
    accountSid: resource.account_sid,
    status: Object.hasOwn(statuses, resource.status) ? (statuses[resource.status] ?? 'unknown') : 'unknown',
    ...present('startedAt', resource.start_time),
    // Twilio writes -1 as long as it is not final.
    ...(durationSeconds >= 0 && { durationSeconds }),
    ...present('channels', resource.channels),
    ...present('origin', resource.source),
    ...present('callSid', resource.call_sid),
    ...present('conferenceSid', resource.conference_sid),
    ...(resource.error_code !== null &&
      resource.error_code !== undefined && { errorCode: String(resource.error_code) }),
    ...present('encryption', readEncryptionDetails(resource.encryption_details)),
  };
}

function present<Name extends string, Value>(name: Name, value: Value | null | undefined): { [N in Name]?: Value } {
  const none: { [N in Name]?: Value } = {};
  return value === null || value === undefined ? none : { ...none, [name]: value };
}
