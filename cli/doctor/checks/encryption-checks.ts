import * as z from 'zod/mini';
import type { Check } from '../check.ts';
import { failed, ok, skipped, warning } from '../finding.ts';
import { counted } from '../../../local/terminal/words.ts';

/** Twilio takes no other length (https://www.twilio.com/docs/api/errors/70102, read 2026-11). */
const wantedBits = 2048;
const guide = 'docs/encryption.md';

const encryption: Check = {
  name: 'recording encryption',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const recordings = await patient.recordings();
    const used = [
      ...new Set(recordings.flatMap((one) => (one.encryption === undefined ? [] : [one.encryption.publicKeySid]))),
    ];
    if (recordings.length === 0) return skipped('there is no recording yet, and Twilio shows the setting nowhere else');
    if (used.length === 0) return ok(`none of the newest ${counted(recordings.length, 'recording')} is encrypted`);
    const held = (await patient.connection.installation.recordingKeys()).map(({ sid }) => sid);
    const missing = used.filter((sid) => !held.includes(sid));
    return missing.length === 0
      ? ok(`the newest recordings are encrypted for ${used.join(', ')}, whose private keys we have`)
      : failed(
          `recordings are encrypted for ${missing.join(', ')}, and we have no private key of that: they are archived sealed`,
          `put it into the recording-keys secret (${guide})`,
        );
  },
};

const publicKey = z.object({ sid: z.string(), friendly_name: z.nullish(z.string()) });

const privateKeys: Check = {
  name: 'private keys',
  area: 'recordings',
  async run(patient) {
    await patient.secret();
    const held = await patient.connection.installation.recordingKeys();
    const wrong = held.filter(({ bits }) => bits !== wantedBits);
    if (wrong.length > 0)
      return failed(
        wrong
          .map(
            ({ sid, bits }) =>
              `under ${sid} lies ${bits === undefined ? 'no usable RSA private key' : `a key of ${bits} bits`}`,
          )
          .join('; '),
        `a key has ${wantedBits} bits, PKCS8 in PEM (${guide})`,
      );
    const atTwilio = (
      await patient.twilio.list('https://accounts.twilio.com/v1/Credentials/PublicKeys', 'credentials')
    ).map((one) => publicKey.parse(one).sid);
    const page = patient.stage.calabrio?.acd.encryption?.publicKeySid;
    const wanted = [...new Set([...atTwilio, ...(page === undefined ? [] : [page])])];
    const missing = wanted.filter((sid) => !held.some((one) => one.sid === sid));
    if (missing.length > 0)
      return warning(
        `Twilio, or Calabrio's page, has the public key ${missing.join(', ')}, and we have no private half of it`,
        `put it into the recording-keys secret before anything is encrypted with it (${guide})`,
      );
    return held.length === 0
      ? ok('neither Twilio nor we have a key: nothing is encrypted')
      : ok(`${held.map(({ sid }) => sid).join(', ')}, of ${wantedBits} bits`);
  },
};

export const encryptionChecks: readonly Check[] = [encryption, privateKeys];
