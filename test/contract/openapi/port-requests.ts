import { twilioFlexTokens } from '../../../lambdas/shared/adapters/twilio/flex-tokens.ts';
import type { Checked } from '../../support/openapi/checked-twilio.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import { callsSuite } from '../twilio-ports/calls-suite.ts';
import { conferencesSuite } from '../twilio-ports/conferences-suite.ts';
import { conversationsSuite } from '../twilio-ports/conversations-suite.ts';
import { interactionsSuite } from '../twilio-ports/interactions-suite.ts';
import { outboundConversationsSuite } from '../twilio-ports/outbound-conversations-suite.ts';
import { restInteractions, restOutboundConversations } from '../twilio-ports/outbound-worlds.ts';
import { recordingListSuite } from '../twilio-ports/recording-list-suite.ts';
import { recordingsSuite } from '../twilio-ports/recordings-suite.ts';
import * as rest from '../twilio-ports/rest-worlds.ts';
import { tasksSuite } from '../twilio-ports/tasks-suite.ts';
import { workersSuite } from '../twilio-ports/workers-suite.ts';

/** The functions' adapters do all that their ports promise. */
export function portRequests({ checked }: Checked): void {
  describe('of the functions’ adapters', () => {
    tasksSuite('tasks', () => rest.restTasks(checked()));
    workersSuite('workers', () => rest.restWorkers(checked()));
    recordingsSuite('recordings', () => rest.restRecordings(checked()));
    recordingListSuite('the list of recordings', () => rest.restRecordingList(checked()));
    conferencesSuite('conferences', () => rest.restConferences(checked()));
    callsSuite('calls', () => rest.restCalls(checked()));
    conversationsSuite('conversations', () => rest.restConversations(checked()));
    interactionsSuite('interactions', () => restInteractions(checked()));
    outboundConversationsSuite('conversations that we begin', () => restOutboundConversations(checked()));

    it('ask about a Flex token', async () => {
      const { twilio, client } = checked();
      const tokens = twilioFlexTokens(client, account.accountSid);
      const token = twilio.flex.mintToken({ identity: 'ada_40example_2Ecom', roles: ['agent'], ttlSeconds: 600 });

      expect((await tokens.check(token)).kind).toBe('valid');
      expect((await tokens.check('eyJ.nobody.minted.this.one')).kind).toBe('invalid');
    });
  });
}
