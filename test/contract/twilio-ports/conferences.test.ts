import { sids } from '../../support/example-sids.ts';
import { inMemoryConferences } from '../../support/fakes/in-memory-conferences.ts';
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
