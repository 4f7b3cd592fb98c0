import { generateKeyPairSync } from 'node:crypto';
import { openWard } from './examined.ts';
import type { Ward } from './examined.ts';
import type { RecordingSourceName } from '../../../../local/twilio/simulator.ts';

const keySid = `CR${'c'.repeat(32)}`;
const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('doctor on recordings', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  function record(source: RecordingSourceName, channels: 1 | 2 = 2, isEncrypted = false): string {
    const { voice } = ward.twilio;
    const encryption = { publicKeySid: keySid, publicKey };
    return voice.placeRecording({
      ...{ callSid: voice.startCall(), channels, source, durationSeconds: 1 },
      ...(isEncrypted && { encryption }),
    });
  }
  const flex = (changes: { readonly call_recording_enabled?: boolean; readonly call_recording_webhook_url?: string }) =>
    ward.twilio.account.setFlexConfiguration(changes);

  it.each([
    [true, 'Conference', "ok recording source: Flex's Call Recording setting; none of the newest 1 recording"],
    [false, 'StartCallRecordingAPI', "ok recording source: Flex's Call Recording is off; 1 of the newest 1 recording"],
    [true, 'StartCallRecordingAPI', 'warning recording source: Flex records calls by itself, and 1 of the newest'],
    [
      false,
      'RecordVerb',
      "warning recording source: Flex's Call Recording is off, and no code has started a recording",
    ],
  ] as const)('says who records: Flex %s, %s', async (isOn, source, text) => {
    flex({ call_recording_enabled: isOn });
    record(source);

    expect(await ward.diagnose('recording source')).toContain(text);
  });

  it('says whom Flex tells of its recordings', async () => {
    flex({ call_recording_webhook_url: '' });
    const none = await ward.diagnose('recording webhook');
    flex({ call_recording_webhook_url: `${ward.farEnd.url}/twilio/recording-events#rc=5&rp=all` });
    const ours = await ward.diagnose('recording webhook');
    flex({ call_recording_webhook_url: 'https://other.example.com/hook?key=1' });
    const others = await ward.diagnose('recording webhook');

    expect(none).toContain('ok recording webhook: Flex tells nobody');
    expect(ours).toBe('ok recording webhook: Flex tells us of its recordings');
    expect(others).toContain('warning recording webhook: Flex tells other.example.com of its recordings, not us');
    expect(others).not.toContain('key=1');
  });

  it('sees recordings that are kept elsewhere', async () => {
    const none = await ward.diagnose('external storage');
    record('Conference');
    const here = await ward.diagnose('external storage');
    const patient = ward.patient();
    const elsewhere = await ward.diagnoseWith('external storage', {
      ...patient,
      recordings: async () =>
        (await patient.recordings()).map((one) => ({ ...one, mediaUrl: 'https://ours.s3.amazonaws.com/RE1.wav' })),
    });

    expect(none).toContain('skipped external storage: there is no recording yet');
    expect(here).toBe('ok external storage: Twilio keeps the newest 1 recording itself');
    expect(elsewhere).toContain('failed external storage: Twilio does not keep 1 of the newest 1 recording itself');
    expect(elsewhere).toContain('switch External S3 Storage off');
  });

  it('counts the channels of recorded conferences', async () => {
    const none = await ward.diagnose('dual channel');
    record('Conference', 2);
    const dual = await ward.diagnose('dual channel');
    record('Conference', 1);
    const mono = await ward.diagnose('dual channel');

    expect(none).toContain('skipped dual channel: no conference has been recorded yet');
    expect(dual).toBe('ok dual channel: of the newest 1 recorded conference each has two channels');
    expect(mono).toContain('warning dual channel: 1 of the newest 2 recorded conferences with one channel only');
    expect(mono).toContain('Dual-channel Recording for Conference');
  });

  it('asks for a recording without credentials, and wants to be refused', async () => {
    const none = await ward.diagnose('media authentication');
    const sid = record('Conference');
    const refused = await ward.diagnose('media authentication');
    const asked: string[] = [];
    const ask = async ({ url }: { readonly url: string }) => {
      asked.push(url);
      return { status: 200, headers: new Headers(), body: '' };
    };
    const open = await ward.diagnose('media authentication', { ask });

    expect(none).toContain('skipped media authentication');
    expect(refused).toBe(`ok media authentication: ${sid} is refused to whoever has no credentials (401)`);
    expect(open).toContain(`failed media authentication: ${sid} is given to whoever knows its address (200)`);
    expect(open).toContain('→ Console, Voice, Settings: enforce HTTP Basic Authentication');
    expect(asked).toEqual([
      expect.stringMatching(new RegExp(`^${ward.twilio.url}/2010-04-01/Accounts/AC\\w+/Recordings/${sid}\\.wav$`)),
    ]);
  });

  it('wants the private key of what is encrypted', async () => {
    record('Conference');
    const plain = await ward.diagnose('recording encryption');
    record('Conference', 1, true);
    const sealed = await ward.diagnose('recording encryption');
    const recordingKeys = async () => [{ sid: keySid, bits: 2048 }];
    const open = await ward.diagnose('recording encryption', { installation: { recordingKeys } });

    expect(plain).toBe('ok recording encryption: none of the newest 1 recording is encrypted');
    expect(sealed).toContain(
      `failed recording encryption: recordings are encrypted for ${keySid}, and we have no private key`,
    );
    expect(sealed).toContain('→ put it into the recording-keys secret (docs/encryption.md)');
    expect(open).toContain(`ok recording encryption: the newest recordings are encrypted for ${keySid}`);
  });

  it('wants both halves of every key, of 2048 bits', async () => {
    const ring = (bits: number | undefined) => ({
      installation: { recordingKeys: async () => [{ sid: keySid, bits }] },
    });
    const none = await ward.diagnose('private keys');
    const short = await ward.diagnose('private keys', ring(1024));
    const noKey = await ward.diagnose('private keys', ring(undefined));
    const good = await ward.diagnose('private keys', ring(2048));
    const added = ward.twilio.account.addPublicKey('New');
    const half = await ward.diagnose('private keys', ring(2048));

    expect(none).toBe('ok private keys: neither Twilio nor we have a key: nothing is encrypted');
    expect(short).toContain(`failed private keys: under ${keySid} lies a key of 1024 bits → a key has 2048 bits`);
    expect(noKey).toContain(`failed private keys: under ${keySid} lies no usable RSA private key`);
    expect(good).toBe(`ok private keys: ${keySid}, of 2048 bits`);
    expect(half).toContain(`warning private keys: Twilio, or Calabrio's page, has the public key ${added}`);
  });
});
