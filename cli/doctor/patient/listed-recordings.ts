import * as z from 'zod/mini';
import type { AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import { readEncryptionDetails } from '../../../lambdas/shared/messages/encryption-details.ts';
import type { RecordingEncryption } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TwilioRest } from '../../twilio/twilio-rest.ts';

/** A recording as Twilio lists it, with what its settings left on it. */
export interface ListedRecording {
  readonly sid: string;
  readonly status: string;
  /** `Conference`, `DialVerb`, `StartCallRecordingAPI`, … */
  readonly source: string;
  readonly channels: number | undefined;
  /** Where Twilio has the sound, or had it put. */
  readonly mediaUrl: string | undefined;
  readonly encryption: RecordingEncryption | undefined;
}

const listed = z.object({
  recordings: z.array(
    z.object({
      sid: z.string(),
      status: z.string(),
      source: z.nullish(z.string()),
      channels: z.nullish(z.number()),
      media_url: z.nullish(z.string()),
      encryption_details: z.optional(z.unknown()),
    }),
  ),
});

/** The newest 50: what was recorded long ago says nothing of the settings of today. */
export async function newestRecordings(twilio: TwilioRest, account: AccountSid): Promise<readonly ListedRecording[]> {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${account}/Recordings.json?PageSize=50`;
  const { recordings } = listed.parse((await twilio.fetch(url))?.resource);
  return recordings.map((one) => ({
    sid: one.sid,
    status: one.status,
    source: one.source ?? 'unknown',
    channels: one.channels ?? undefined,
    mediaUrl: one.media_url ?? undefined,
    encryption: readEncryptionDetails(one.encryption_details),
  }));
}
