import * as z from 'zod/mini';
import { apply } from '../../e2e/twilio/run-twilio.ts';
import { stageAccount } from '../../e2e/twilio/wired-account.ts';
import type { WiredAccount } from '../../e2e/twilio/wired-account.ts';
import type { CheckedTwilio } from '../../support/openapi/checked-twilio.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { run } from '../../unit/cli/run-typed.ts';

const findingsSchema = z.object({ findings: z.array(z.object({ name: z.string(), kind: z.string() })) });

/** doctor looks at an account in which there is something of everything. */
export function doctorRequests({ checked }: { checked(): WiredAccount & CheckedTwilio }): void {
  describe('of doctor', () => {
    it('look at all that it looks at', async () => {
      const { twilio, url, clock, connection } = checked();
      await apply(checked());
      twilio.account.setApiKeyKind('main');
      twilio.account.addPublicKey('Recordings');
      twilio.account.addPlugin({ uniqueName: 'recorder', url: 'http://127.0.0.1:9/recorder.js', version: '1.0.0' });
      twilio.account.addPhoneNumber('+15005550006');
      const call = { callSid: twilio.voice.startCall(), channels: 2 } as const;
      twilio.voice.placeRecording({ ...call, durationSeconds: 3 });
      const { accountSid, apiKeySid, apiKeySecret, authToken } = stageAccount;
      const authTokens = { [accountSid]: { current: authToken } };
      const twilioSecret = memorySecret({ accountSid, apiKeySid, apiKeySecret, authTokens });
      const known = connection();
      const there = {
        ...{ ...known, twilioSecret, twilioUrl: url, now: () => new Date(clock.now()) },
        installation: { ...known.installation, putAside: async () => 0 },
      };
      const pause = async (seconds: number): Promise<void> => {
        clock.advance(seconds * 1000);
        await twilio.settled();
      };

      const { out } = await run(['doctor', '--json', '--only', 'twilio,events,recordings,insights'], there, { pause });

      const { findings } = findingsSchema.parse(JSON.parse(out));
      expect(Object.fromEntries(findings.map(({ name, kind }) => [name, kind]))).toMatchObject({
        ...{ 'API key': 'ok', 'auth tokens': 'ok', account: 'ok', 'sub-accounts': 'ok' },
        ...{ 'event sink': 'ok', 'event subscription': 'ok', 'sink test': 'ok', 'workspace callback': 'ok' },
        ...{
          'media authentication': 'ok',
          'recording encryption': 'ok',

          'Flex plug-ins': 'warning',
        },
      });
    });
  });
}
