import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { CalabrioOptions } from './simulator.ts';

/**
 * Comes for a recording as Calabrio does, by Twilio's REST API; false when it is not there (any more). Only the head of
 * the media is asked for: that says whether there is sound, and an hour of it need not be made twice.
 */
export async function pullRecording(
  { twilio, twilioUser }: Pick<CalabrioOptions, 'twilio' | 'twilioUser'>,
  recordingSid: RecordingSid,
): Promise<boolean> {
  const url = `${twilio.url}/2010-04-01/Accounts/${twilioUser.accountSid}/Recordings/${recordingSid}`;
  const credentials = Buffer.from(`${twilioUser.user}:${twilioUser.password}`).toString('base64');
  const headers = { Authorization: `Basic ${credentials}` };
  const resource = await fetch(`${url}.json`, { headers });
  await resource.body?.cancel();
  if (!resource.ok) return false;
  const media = await fetch(`${url}.wav`, { method: 'HEAD', headers });
  return media.ok;
}
