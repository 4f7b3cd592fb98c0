import type { Checked } from '../../../support/openapi/checked-twilio.ts';
import { officialClient } from '../../../support/twilio/official-client.ts';
import { generateKeyPairSync } from 'node:crypto';
import { account } from '../../../support/twilio/twilio-account.ts';

/** All that the simulator serves of the account's own settings. */
export function officialAccountRequests({ checked }: Checked): void {
  const client = () => officialClient(checked().url);

  describe('to the account', () => {
    it('read it, its subaccounts and its keys', async () => {
      checked().twilio.account.setApiKeyKind('main');
      const { api, keys } = client();

      expect((await api.v2010.accounts(account.accountSid).fetch()).type).toBe('Full');
      expect((await api.v2010.accounts.list()).map(({ sid }) => sid)).toEqual([account.accountSid]);
      expect((await keys.list()).map(({ sid }) => sid)).toEqual([account.apiKeySid]);
    });

    it('read numbers and change where their messages go', async () => {
      const phoneNumber = '+15005550006';
      const sid = checked().twilio.account.addPhoneNumber(phoneNumber);
      const { incomingPhoneNumbers } = client();
      const smsUrl = 'https://flow.example.com/sms';

      expect((await incomingPhoneNumbers.list({ phoneNumber })).map((one) => one.sid)).toEqual([sid]);
      expect((await incomingPhoneNumbers(sid).update({ smsUrl })).smsUrl).toBe(smsUrl);
      expect((await incomingPhoneNumbers(sid).fetch()).phoneNumber).toBe(phoneNumber);
    });

    it('make a public key and read it', async () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const publicKeys = client().accounts.v1.credentials.publicKey;
      const { sid } = await publicKeys.create({
        publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        friendlyName: 'Recordings',
      });

      expect((await publicKeys(sid).fetch()).friendlyName).toBe('Recordings');
      expect((await publicKeys.list()).map((one) => one.sid)).toEqual([sid]);
    });

    it('make an address of Conversations, change it and take it away', async () => {
      const { addressConfigurations } = client().conversations.v1;
      const { sid } = await addressConfigurations.create({
        ...{ type: 'sms', address: '+15005550006', friendlyName: 'Our number' },
        ...{ 'autoCreation.enabled': true, 'autoCreation.type': 'default' },
      });

      expect((await addressConfigurations(sid).update({ 'autoCreation.enabled': false })).autoCreation).toMatchObject({
        enabled: false,
      });
      expect((await addressConfigurations(sid).fetch()).address).toBe('+15005550006');
      expect((await addressConfigurations.list({ type: 'sms' })).map((one) => one.sid)).toEqual([sid]);
      expect(await addressConfigurations(sid).remove()).toBe(true);
    });
  });
}
