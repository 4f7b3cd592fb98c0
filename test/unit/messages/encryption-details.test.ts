import {
  readEncryptionDetails,
  readEncryptionDetailsText,
} from '../../../lambdas/shared/messages/encryption-details.ts';
import { parseRecordingCallback } from '../../../lambdas/shared/messages/recording-callback.ts';
import { sids } from '../../support/example-sids.ts';
import { provedWebhook } from '../../support/proved-webhook.ts';

const publicKeySid = `CR${'1'.repeat(32)}`;
const encryptedCek = 'b25lIGtleSwgd3JhcHBlZA==';
const iv = 'dyehCoeKdvXs2ILR';
const wanted = { publicKeySid, encryptedCek, iv };

describe('encryption details', () => {
  it.each([
    ['its guide', { type: 'rsa-aes', encrypted_cek: encryptedCek, iv, public_key_sid: publicKeySid }],
    ['its OpenAPI files', { encryption_public_key_sid: publicKeySid, encryption_cek: encryptedCek, encryption_iv: iv }],
    [
      'both at once',
      { encryption_public_key_sid: publicKeySid, encryption_cek: encryptedCek, iv, encryption_iv: null },
    ],
  ])('are read as Twilio spells them in %s', (_where, details) => {
    expect(readEncryptionDetails(details)).toEqual(wanted);
    expect(readEncryptionDetailsText(JSON.stringify(details))).toEqual(wanted);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a text', 'encrypted'],
    ['no iv', { encrypted_cek: encryptedCek, public_key_sid: publicKeySid }],
    ['no key', { iv, public_key_sid: publicKeySid }],
    ['a public key of another kind', { encrypted_cek: encryptedCek, iv, public_key_sid: sids.account() }],
    ['a wrapped key that is no base64', { encrypted_cek: 'one key,\nwrapped', iv, public_key_sid: publicKeySid }],
  ])('are none where there is %s', (_what, details) => {
    expect(readEncryptionDetails(details)).toBeUndefined();
  });

  it('are none where the text is no JSON', () => {
    expect(readEncryptionDetailsText('{"encrypted_cek":')).toBeUndefined();
    expect(readEncryptionDetailsText(undefined)).toBeUndefined();
  });
});

describe('a recording callback', () => {
  const callback = (details: string) =>
    parseRecordingCallback(
      provedWebhook(
        'twilio/recording-events',
        new URLSearchParams({
          AccountSid: sids.account(),
          RecordingSid: sids.recording(),
          RecordingStatus: 'completed',
          EncryptionDetails: details,
        }).toString(),
      ),
    );

  it('says how its recording is encrypted', () => {
    const details = JSON.stringify({ encrypted_cek: encryptedCek, iv, public_key_sid: publicKeySid });

    expect(callback(details).source.encryption).toEqual(wanted);
  });

  it.each(['', '{', '{"iv":"x"}', 'null'])('is read all the same where it says %p of it', (details) => {
    expect(callback(details).source).toEqual({ status: 'completed' });
  });
});
