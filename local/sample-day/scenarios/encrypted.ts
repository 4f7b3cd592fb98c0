import { customerCalls, hangUp, putThrough } from '../call.ts';
import type { Day, Scenario } from '../day.ts';
import type { EncryptionOrder } from '../../twilio/simulator.ts';

/** Twilio encrypts it with the account's public key, and speaks of it as its guide does; in two channels it is not to be had. */
export const encryptedConference: Scenario = {
  title: 'encrypted by Twilio, as its guide spells it',
  play: (day) => encryptedCall(day, { spelling: 'guide', wishForChannels: 'refused' }),
};

/** The same in the words of Twilio's OpenAPI files, and whoever wishes for channels gets what there is. */
export const encryptedInOtherWords: Scenario = {
  title: 'encrypted by Twilio, in its other spelling',
  play: (day) => encryptedCall(day, { spelling: 'openapi', wishForChannels: 'ignored' }),
};

/** A call whose recording a callback tells of. An account without a public key records it as any other. */
async function encryptedCall(
  day: Day,
  how: Required<Pick<EncryptionOrder, 'spelling' | 'wishForChannels'>>,
): Promise<void> {
  const { voice } = day.twilio;
  const [chosen] = voice.publicKeys();
  const ringing = customerCalls(day);
  await day.seconds(8);
  const call = await putThrough(day, ringing, { recorded: 'not' });
  const recordingSid = voice.startRecording({
    ...{ conferenceSid: call.conferenceSid, channels: 2, callbacks: true },
    ...(chosen !== undefined && { encryption: { ...chosen, ...how } }),
  });
  day.recorded(call.taskSid, recordingSid);
  await day.seconds(44);
  await hangUp(day, call);
}
