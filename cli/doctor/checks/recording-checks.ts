import type { Check } from '../check.ts';
import { failed, ok, skipped, warning } from '../finding.ts';
import type { ListedRecording } from '../patient/listed-recordings.ts';
import type { Patient } from '../patient/patient.ts';
import { counted } from '../../../local/terminal/words.ts';
import { atBase } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';

/** Started by somebody's code: a plug-in, a Studio flow, a function. */
const customSources: readonly string[] = [
  'StartCallRecordingAPI',
  'StartConferenceRecordingAPI',
  'OutboundAPI',
  'DialVerb',
];

const recordingSource: Check = {
  name: 'recording source',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const { recordsCalls } = await patient.flexConfiguration();
    const recordings = await patient.recordings();
    const custom = recordings.filter(({ source }) => customSources.includes(source));
    const share = `${custom.length === 0 ? 'none' : custom.length} of the newest ${counted(recordings.length, 'recording')} began by code of yours`;
    const what = recordings.length === 0 ? 'there is no recording yet' : share;
    if (recordsCalls && custom.length > 0)
      return warning(
        `Flex records calls by itself, and ${what}: a call may have two recordings`,
        "switch one of them off: Flex's Call Recording, or the plug-in or flow that records",
      );
    if (recordsCalls) return ok(`Flex's Call Recording setting; ${what}`);
    return custom.length > 0
      ? ok(`Flex's Call Recording is off; ${what}`)
      : warning(
          "Flex's Call Recording is off, and no code has started a recording lately: nothing is recorded",
          'switch it on in the Console (Flex, Manage, Voice), or let a plug-in record; the pipeline never starts one',
        );
  },
};

const recordingWebhook: Check = {
  name: 'recording webhook',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const { recordingWebhook: url } = await patient.flexConfiguration();
    if (url === undefined) return ok('Flex tells nobody of its recordings; the pipeline finds them without it');
    return url.split('#')[0] === `${patient.publicUrl()}/twilio/recording-events`
      ? ok('Flex tells us of its recordings')
      : warning(
          `Flex tells ${URL.parse(url)?.host ?? 'what is no URL'} of its recordings, not us`,
          'look who that is, and whether it deletes or moves recordings; ours are found without it',
        );
  },
};

const externalStorage: Check = {
  name: 'external storage',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const kept = (await patient.recordings()).filter(({ mediaUrl }) => mediaUrl !== undefined);
    if (kept.length === 0) return skipped('there is no recording yet, and Twilio shows the setting nowhere else');
    const elsewhere = kept.filter(({ mediaUrl = '' }) => !isTwilios(mediaUrl));
    return elsewhere.length === 0
      ? ok(`Twilio keeps the newest ${counted(kept.length, 'recording')} itself`)
      : failed(
          `Twilio does not keep ${elsewhere.length} of the newest ${counted(kept.length, 'recording')} itself: neither we nor Calabrio can fetch such ones`,
          'switch External S3 Storage off: Console, Voice, Settings, Recordings',
        );
  },
};

function isTwilios(mediaUrl: string): boolean {
  const host = URL.parse(mediaUrl)?.hostname ?? '';
  return host === 'api.twilio.com' || host.endsWith('.twilio.com');
}

const dualChannel: Check = {
  name: 'dual channel',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const known = (await patient.recordings()).filter(isFinishedConference);
    if (known.length === 0)
      return skipped('no conference has been recorded yet, and Twilio shows the setting nowhere else');
    const mono = known.filter(({ channels }) => channels === 1);
    return mono.length === 0
      ? ok(`of the newest ${counted(known.length, 'recorded conference')} each has two channels`)
      : warning(
          `${mono.length} of the newest ${counted(known.length, 'recorded conference')} with one channel only`,
          'Console, Voice, Settings: Dual-channel Recording for Conference, where agent and customer shall be told apart',
        );
  },
};

const isFinishedConference = ({ source, status }: ListedRecording): boolean =>
  /conference/i.test(source) && status === 'completed';

const mediaAuthentication: Check = {
  name: 'media authentication',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const one = (await patient.recordings()).find(({ status }) => status === 'completed');
    if (one === undefined) return skipped('there is no finished recording to ask for');
    const status = await statusWithoutCredentials(patient, one.sid);
    if (status === 401 || status === 403) return ok(`${one.sid} is refused to whoever has no credentials (${status})`);
    if (status === 404) return skipped(`${one.sid} has no media at Twilio any more`);
    return failed(
      `${one.sid} is given to whoever knows its address (${status})`,
      'Console, Voice, Settings: enforce HTTP Basic Authentication for media access',
    );
  },
};

/** Not a byte of the sound is read. */
async function statusWithoutCredentials({ ask, twilioClient, accountSid }: Patient, sid: string): Promise<number> {
  const media = new URL(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}.wav`);
  const { status } = await ask({ method: 'GET', url: atBase(media, twilioClient.base).href, readsBody: false });
  return status;
}

export const recordingChecks: readonly Check[] = [
  recordingSource,
  recordingWebhook,
  externalStorage,
  dualChannel,
  mediaAuthentication,
];
