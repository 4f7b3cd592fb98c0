import type { Checked } from '../../../support/openapi/checked-twilio.ts';
import { officialAccountRequests } from './account.ts';
import { officialEventRequests } from './events.ts';
import { officialFlexRequests } from './flex.ts';
import { officialTaskRouterRequests } from './task-router.ts';
import { officialVoiceAndChatRequests } from './voice-and-chat.ts';

/**
 * Twilio's own client asks the simulator for everything that this serves: its requests are somebody else's, so what it
 * gets back proves the simulator by more than our own reading.
 */
export function officialClientRequests(tests: Checked): void {
  describe('of Twilio’s own client', () => {
    officialTaskRouterRequests(tests);
    officialVoiceAndChatRequests(tests);
    officialEventRequests(tests);
    officialFlexRequests(tests);
    officialAccountRequests(tests);
  });
}
