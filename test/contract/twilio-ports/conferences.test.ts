import { twilioConferences } from '../../../lambdas/shared/adapters/twilio/conferences.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { accountSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryConferences } from '../../support/fakes/in-memory-conferences.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { handClock } from '../../support/twilio/hand-clock.ts';
import { conferencesSuite } from './conferences-suite.ts';

conferencesSuite('conferences in memory', async () => {
  const conferences = inMemoryConferences(sids.account());
  return {
    conferences,
    accountSid: sids.account(),
    async newRunning() {
      const of = { conferenceSid: sids.conference(1), taskSid: sids.task(1) };
      conferences.put({ ...of, status: 'in-progress' });
      return of;
    },
    async newEndedByCustomer() {
      const reasonEnded = 'participant-with-end-conference-on-exit-left';
      const of = { conferenceSid: sids.conference(2), taskSid: sids.task(2) };
      conferences.put({ ...of, status: 'completed', reasonEnded, callSidEnding: sids.call() });
      return { ...of, customerCallSid: sids.call() };
    },
  };
});

describe('against the simulator', () => {
  const account = accountSid('AC00000000000000000000000000000001');
  const apiKey = { apiKeySid: 'SK00000000000000000000000000000001', apiKeySecret: 'not a secret' };
  let twilio: TwilioSimulator;
  beforeEach(async () => {
    twilio = await startTwilio({
      clock: handClock(Date.UTC(2026, 10, 20, 10)),
      ...apiKey,
      accountSid: account,
      workspaceSid: workspaceSid('WS00000000000000000000000000000001'),
      authToken: 'not a token',
    });
  });
  afterEach(() => twilio.stop());

  conferencesSuite('conferences over REST', async () => {
    const { taskRouter, voice } = twilio;
    const begin = () => {
      const customerCallSid = voice.startCall();
      const taskSid = taskRouter.createTask({
        attributes: {},
        channel: 'voice',
        queue: 'Everyone',
        workflow: 'Assign',
      });
      const conferenceSid = voice.startConference({ taskSid, customerCallSid });
      voice.join(conferenceSid, 'worker');
      return { conferenceSid, taskSid, customerCallSid };
    };
    return {
      conferences: twilioConferences(twilioClient({ apiKey: memorySecret(apiKey), baseUrl: twilio.url })),
      accountSid: account,
      newRunning: async () => begin(),
      async newEndedByCustomer() {
        const begun = begin();
        voice.hangUp(begun.conferenceSid, begun.customerCallSid);
        return begun;
      },
    };
  });
});
