import fc from 'fast-check';
import { twilioProveSender } from '../../../lambdas/shared/adapters/twilio/prove-sender.ts';
import { UnprovedSenderError } from '../../../lambdas/shared/domain/outcome.ts';
import type { RawWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { authToken, publicUrl, signedForm, signedJson } from '../../support/runtime/signed-webhooks.ts';

const settings = {
  authTokens: { AC00000000000000000000000000000001: { current: authToken, previous: 'a token of old' } },
};

async function isProved(webhook: RawWebhook, url = publicUrl): Promise<boolean> {
  try {
    return (await twilioProveSender({ publicUrl: url, tokens: memorySecret(settings) })(webhook)).proved;
  } catch (error) {
    if (error instanceof UnprovedSenderError) return false;
    throw error;
  }
}

/** Replaces one UTF-16 unit by another; `undefined` when that leaves the text, or its UTF-8, as it was. */
function changed(text: string, at: number, unit: number): string | undefined {
  const place = at % text.length;
  const other = (text.slice(0, place) + String.fromCharCode(unit) + text.slice(place + 1)).toWellFormed();
  return other === text ? undefined : other;
}

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const jsonBody = fc.json().filter((text) => text.length > 0);
const place = fc.nat(100_000);
const unit = fc.integer({ min: 0x21, max: 0x7e });
/** Names are letters, so that where a name ends and its value begins is not in doubt. */
const form = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z][a-z]{2,8}$/), anyText), {
  minLength: 1,
  maxLength: 8,
  selector: ([name]) => name,
});

describe('a genuine request', () => {
  it('is proved, whatever the body says', async () => {
    await fc.assert(
      fc.asyncProperty(form, jsonBody, async (pairs, body) => {
        expect(await isProved(signedForm(pairs))).toBe(true);
        expect(await isProved(signedJson(body))).toBe(true);
      }),
    );
  });
});

describe('any one character changed breaks the proof', () => {
  it('in a JSON body', async () => {
    await fc.assert(
      fc.asyncProperty(jsonBody, place, unit, async (body, at, by) => {
        const other = changed(body, at, by);
        fc.pre(other !== undefined);

        expect(await isProved({ ...signedJson(body), body: other })).toBe(false);
      }),
    );
  });

  // In values: Twilio signs names and values without a mark between them, so "a=bc" and "ab=c" have one signature.
  it("in a form's value", async () => {
    await fc.assert(
      fc.asyncProperty(form, fc.nat(7), place, unit, async (pairs, which, at, by) => {
        const target = which % pairs.length;
        const other = pairs.map(
          ([name, value], index) => [name, index === target ? (changed(value, at, by) ?? `${value}x`) : value] as const,
        );

        expect(await isProved({ ...signedForm(pairs), body: signedForm(other).body })).toBe(false);
      }),
    );
  });

  it('in the signature', async () => {
    await fc.assert(
      fc.asyncProperty(form, place, unit, async (pairs, at, by) => {
        const webhook = signedForm(pairs);
        const signature = changed(webhook.signature, at, by);
        fc.pre(signature !== undefined);

        expect(await isProved({ ...webhook, signature })).toBe(false);
      }),
    );
  });

  it('in the hash of the body', async () => {
    await fc.assert(
      fc.asyncProperty(jsonBody, place, unit, async (body, at, by) => {
        const webhook = signedJson(body);
        const bodySha256 = changed(webhook.bodySha256, at, by);
        fc.pre(bodySha256 !== undefined);

        expect(await isProved({ ...webhook, bodySha256 })).toBe(false);
      }),
    );
  });

  it('in the path of the URL', async () => {
    await fc.assert(
      fc.asyncProperty(form, fc.stringMatching(/^[a-z0-9]{1,12}$/), async (pairs, stage) => {
        fc.pre(stage !== 'v1');

        expect(await isProved(signedForm(pairs), `https://hooks.example.com/${stage}`)).toBe(false);
      }),
    );
  });
});
