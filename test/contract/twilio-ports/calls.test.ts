import { twilioCalls } from '../../../lambdas/shared/adapters/twilio/calls.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryCalls } from '../../support/fakes/in-memory-calls.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { handClock } from '../../support/twilio/hand-clock.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import { callsSuite } from './calls-suite.ts';

callsSuite('calls in memory', async () => {
  const calls = inMemoryCalls(sids.account());
  return {
    calls,
    accountSid: sids.account(),
    async newCall(ends) {
      calls.put(sids.call(), ends);
      return sids.call();
    },
  };
});

describe('against the simulator', () => {
  let twilio: TwilioSimulator;
  beforeEach(async () => {
    twilio = await startTwilio({ ...account, clock: handClock(Date.UTC(2026, 10, 20, 10)) });
  });
  afterEach(() => twilio.stop());

  callsSuite('calls over REST', async () => ({
    calls: twilioCalls(twilioClient({ apiKey: memorySecret(account), baseUrl: twilio.url })),
    accountSid: account.accountSid,
    async newCall({ direction, ...ends }) {
      const words = { inbound: 'inbound', outbound: 'outbound-dial', unsaid: 'trunking-originating' } as const;
      return twilio.voice.startCall({ ...ends, direction: words[direction ?? 'unsaid'] });
    },
  }));
});
