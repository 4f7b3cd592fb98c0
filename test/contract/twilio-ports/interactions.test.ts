import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { account, startAccount } from '../../support/twilio/twilio-account.ts';
import { interactionsSuite } from './interactions-suite.ts';
import { outboundConversationsSuite } from './outbound-conversations-suite.ts';
import { restInteractions, restOutboundConversations } from './outbound-worlds.ts';
import type { RestWorld } from './rest-worlds.ts';

describe('against the simulator', () => {
  let world: RestWorld;
  beforeEach(async () => {
    const { twilio, clock } = await startAccount();
    world = { twilio, clock, client: twilioClient({ apiKey: memorySecret(account), baseUrl: twilio.url }) };
  });
  afterEach(() => world.twilio.stop());

  interactionsSuite('interactions over REST', () => restInteractions(world));
  outboundConversationsSuite('conversations that we begin, over REST', () => restOutboundConversations(world));
});
