import { sids } from '../../support/example-sids.ts';
import { inMemoryCalls } from '../../support/fakes/in-memory-calls.ts';
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
