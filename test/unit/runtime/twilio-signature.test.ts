import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { twilioSignature } from '../../support/runtime/twilio-signature.ts';

// The example of https://www.twilio.com/docs/usage/webhooks/webhooks-security (read 2026-11).
const documented = {
  token: '12345',
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  parameters: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  },
  signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
};

describe("Twilio's documented example of a signature", () => {
  it('is what the tests sign', () => {
    expect(twilioSignature(documented.token, documented.url, Object.entries(documented.parameters))).toBe(
      documented.signature,
    );
  });

  it('is what the library accepts', () => {
    expect(validateRequest(documented.token, documented.signature, documented.url, documented.parameters)).toBe(true);
  });
});
