import { calabrioContacts } from '../../../lambdas/shared/adapters/calabrio/calabrio-contacts.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { startCalabrio } from '../../../local/calabrio/start-calabrio.ts';
import { inMemoryCalabrioContacts } from '../../support/fakes/in-memory-calabrio-contacts.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { account, startAccount, talk } from '../../support/twilio/twilio-account.ts';
import { contactsSuite } from './contacts-suite.ts';

contactsSuite('contacts in memory', async () => {
  const contacts = inMemoryCalabrioContacts();
  let count = 0;
  return {
    contacts,
    async newContact(metadata) {
      count += 1;
      contacts.put({ ccrId: count, metadata });
      return count;
    },
    throttleNext: (retryAfterSeconds) =>
      contacts.failNext(
        'fetch',
        new RetryableError('too often', { reason: 'calabrio-rate-limited', retryAfterSeconds }),
      ),
    close: async () => undefined,
  };
});

contactsSuite('contacts by Calabrio’s API', async () => {
  const under = await startAccount();
  const { clock, twilio } = under;
  const api = { userId: 'svc', password: 'not-a-password' };
  const calabrio = await startCalabrio({
    ...{ clock, twilio, tenantId: 1001, legModel: 'per-reservation', user: api, metadata: [] },
    twilioUser: { accountSid: account.accountSid, user: account.apiKeySid, password: account.apiKeySecret },
    workspaceSid: account.workspaceSid,
  });
  return {
    contacts: calabrioContacts({
      baseUrl: calabrio.url,
      credentials: memorySecret({ api }),
      requestsPerSecond: 5,
      now: () => new Date(clock.now()),
      pause: async () => undefined,
    }),
    async newContact(metadata) {
      const { task, conference } = talk(under);
      twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });
      clock.advance(5_000);
      twilio.voice.endConference(conference);
      clock.advance(10_000);
      twilio.taskRouter.completeTask(task, 'done');
      calabrio.plan(task, { metadata });
      await calabrio.take(task);
      return calabrio.contacts().at(-1)?.ccrId ?? 0;
    },
    throttleNext: (retryAfterSeconds) => calabrio.answerNext(1, { status: 429, retryAfterSeconds }),
    async close() {
      await calabrio.stop();
      await twilio.stop();
    },
  };
});
