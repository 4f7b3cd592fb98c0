import { startWiredAccount } from '../../e2e/twilio/wired-account.ts';
import { checkedOperations } from '../../support/openapi/checked-operations.ts';
import { checkedTests, seenByTests } from '../../support/openapi/checked-twilio.ts';
import { fileOf, isOfTwilioFile, originOfFiles } from '../../support/openapi/openapi-files.ts';
import { startAccount } from '../../support/twilio/twilio-account.ts';
import { commandRequests } from './command-requests.ts';
import { doctorRequests } from './doctor-requests.ts';
import { officialClientRequests } from './official-client/requests.ts';
import { portRequests } from './port-requests.ts';
import { sendSmsRequests } from './send-sms-requests.ts';

describe('held to Twilio’s OpenAPI files, requests and the simulator’s answers', () => {
  const seen = seenByTests();
  describe('fit', () => {
    const tests = checkedTests(seen, () => startAccount());
    portRequests(tests);
    sendSmsRequests(tests);
    officialClientRequests(tests);
  });
  describe('fit', () => {
    const tests = checkedTests(seen, () => startWiredAccount());
    commandRequests(tests);
    doctorRequests(tests);
  });

  describe('taken together', () => {
    it('are of the operations that are listed', () => {
      const described = seen.operations().filter(isOfTwilioFile);
      const files = new Set(described.map(fileOf)).size;
      console.info(`${described.length} Twilio operations checked against ${files} OpenAPI files (${originOfFiles})`);

      expect(seen.operations()).toEqual(checkedOperations);
    });

    it('reach all that the simulator serves', () => {
      expect(seen.unreachedRoutes()).toEqual([]);
    });
  });
});
