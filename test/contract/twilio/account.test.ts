import { generateKeyPairSync } from 'node:crypto';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import { exampleProperties } from '../../support/twilio/openapi-example.ts';
import { restCalls, sidsOf, textOf } from '../../support/twilio/rest-calls.ts';
import { account, basic, startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

const { accountSid, authToken } = account;
const own = `/2010-04-01/Accounts/${accountSid}`;
const byToken = basic(accountSid, authToken);
const phone = '+15005550006';

describe('the simulated account', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const calls = () => restCalls(under);

  it('describes itself to its auth token and to a Main key, and to a Standard key not at all', async () => {
    const asked = await calls().get(`${own}.json`, byToken);

    expect(Object.keys(asked.json).sort()).toEqual(
      exampleProperties('api_v2010', { method: 'get', path: '/2010-04-01/Accounts/{Sid}.json', example: 'fetch' }),
    );
    expect(asked.json).toMatchObject({
      sid: accountSid,
      owner_account_sid: accountSid,
      status: 'active',
      type: 'Full',
    });
    expect((await calls().get(`${own}.json`)).status).toBe(401);
    expect((await calls().get(`${own}/Keys.json`)).status).toBe(401);
    under.twilio.account.setApiKeyKind('main');
    expect((await calls().get(`${own}.json`)).status).toBe(200);
    expect((await calls().get(`${own}/Keys.json`)).json['keys']).toMatchObject([{ sid: account.apiKeySid }]);
  });

  it('lists its subaccounts, each of which may ask for itself by its own token', async () => {
    const sub = under.twilio.account.addSubaccount({ friendlyName: 'Branch', authToken: 'branch-token' });

    expect((await calls().get('/2010-04-01/Accounts.json', byToken)).json['accounts']).toMatchObject([
      { sid: accountSid },
      { sid: sub, friendly_name: 'Branch', owner_account_sid: accountSid },
    ]);
    const path = `/2010-04-01/Accounts/${sub}.json`;
    expect((await calls().get(path, basic(sub, 'branch-token'))).json).toMatchObject({ sid: sub });
    expect((await calls().get(path, basic(sub, 'another'))).status).toBe(401);
    expect((await calls().get(`${own}.json`, basic(sub, 'branch-token'))).status).toBe(401);
  });

  it('has numbers, whose URLs can be changed', async () => {
    const sid = under.twilio.account.addPhoneNumber(phone, { VoiceUrl: 'https://flow.example.com/voice' });
    const list = `${own}/IncomingPhoneNumbers.json`;

    const found = await calls().get(`${list}?PhoneNumber=${encodeURIComponent(phone)}`);
    expect(found.json['incoming_phone_numbers']).toMatchObject([
      { sid, phone_number: phone, voice_url: 'https://flow.example.com/voice', sms_url: '' },
    ]);
    const one = `${own}/IncomingPhoneNumbers/${sid}.json`;
    const changed = await calls().post(one, { SmsUrl: 'https://flow.example.com/sms' });
    const path = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json';
    expect(Object.keys(changed.json).sort()).toEqual(
      exampleProperties('api_v2010', { method: 'post', path, example: 'update' }),
    );
    expect(changed.json).toMatchObject({
      ...{ voice_url: 'https://flow.example.com/voice', sms_url: 'https://flow.example.com/sms' },
    });
    expect((await calls().post(one, { SmsURL: 'https://flow.example.com/sms' })).status).toBe(400);
    expect((await calls().post(one, { SmsUrl: 'flow' })).status).toBe(400);
    expect((await calls().get(`${list}?PhoneNumber=%2B15005550009`)).json['incoming_phone_numbers']).toEqual([]);
  });

  it('has public keys, of which it never gives the key itself away', async () => {
    const path = '/v1/Credentials/PublicKeys';
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const PublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const made = await calls().post(path, { PublicKey, FriendlyName: 'Recordings' });

    expect(made.status).toBe(201);
    expect(Object.keys(made.json).sort()).toEqual(
      exampleProperties('accounts_v1', { method: 'post', path, example: 'create' }),
    );
    expect((await calls().get(`${path}/${textOf(made, 'sid')}`)).json).toMatchObject({ friendly_name: 'Recordings' });
    expect((await calls().post(path, { PublicKey: 'no key' })).status).toBe(400);
    expect(sidsOf(await calls().get(path), 'credentials')).toEqual([made.json['sid']]);
  });

  it('knows the keys that its recordings are encrypted for', async () => {
    const sid = `CR${'0'.repeat(31)}1`;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const recordingKeys = { [sid]: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    const twilio = await startTwilio({ ...account, clock: under.clock, recordingKeys });

    const listed = await restCalls({ ...under, twilio }).get('/v1/Credentials/PublicKeys');
    await twilio.stop();

    expect(sidsOf(listed, 'credentials')).toEqual([sid]);
  });

  it('has no release before a plug-in is deployed, and then the one with all of them', async () => {
    const base = '/v1/PluginService';
    expect((await calls().get(`${base}/Releases/Active`)).status).toBe(404);
    const url = 'https://plugins.example.com/recorder.js';
    const sid = under.twilio.account.addPlugin({ uniqueName: 'recorder', url, version: '2.0.0' });

    const released = await calls().get(`${base}/Releases/Active`);
    const configuration = textOf(released, 'configuration_sid');
    const { json } = await calls().get(`${base}/Configurations/${configuration}/Plugins`);
    expect(json['plugins']).toMatchObject([{ plugin_sid: sid, plugin_url: url, version: '2.0.0' }]);
    const path = '/v1/PluginService/Configurations/{ConfigurationSid}/Plugins';
    expect(Array.isArray(json['plugins']) && Object.keys({ ...json['plugins'][0] }).sort()).toEqual(
      exampleProperties('flex_v1', { method: 'get', path, example: 'readFull', list: 'plugins' }),
    );
    expect((await calls().get(`${base}/Plugins/recorder`)).json).toMatchObject({ sid });
    expect((await calls().get(`${base}/Plugins/${sid}/Versions`)).json['plugin_versions']).toMatchObject([
      { plugin_sid: sid, version: '2.0.0', plugin_url: url },
    ]);
  });
});
