import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { signTwilioRequest } from '../../../local/twilio/signature.ts';

const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const params = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};

describe('the simulator’s signature', () => {
  it('is the one of Twilio’s own example', () => {
    // twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11.
    expect(signTwilioRequest({ url, params, authToken: '12345' })).toEqual({
      url,
      signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    });
  });

  it('is accepted by Twilio’s own validator for blank and repeated fields, in any order', () => {
    const awkward = {
      To: '',
      MediaUrl: ['https://b.example', 'https://a.example', 'https://a.example'],
      From: 'Zoë & Søn',
    };

    const { signature } = signTwilioRequest({ url, params: awkward, authToken: '12345' });

    expect(validateRequest('12345', signature, url, awkward)).toBe(true);
    expect(validateRequest('54321', signature, url, awkward)).toBe(false);
  });

  it('covers a JSON body by the hash that it adds to the URL', () => {
    const body = '[{"id":"NO1","name":"Zoë"}]';

    const signed = signTwilioRequest({ url: 'https://mycompany.com/hook', body, authToken: '12345' });

    // printf '%s' '[{"id":"NO1","name":"Zoë"}]' | sha256sum
    expect(signed.url).toBe(`https://mycompany.com/hook?bodySHA256=${SHA256_OF_BODY}`);
    expect(validateRequestWithBody('12345', signed.signature, signed.url, body)).toBe(true);
    expect(validateRequestWithBody('12345', signed.signature, signed.url, body.replace('NO1', 'NO2'))).toBe(false);
  });
});

const SHA256_OF_BODY = 'f883be8a1943f7124952b8a185b36d31db87b4d06c09bd2d72fd2004de24579b';
