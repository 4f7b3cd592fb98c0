import { everythingByName, nothingTwice } from './everything.ts';
import { apply, plan } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';

describe('an apply at a busy Twilio', () => {
  it.each([1, 2, 3, 4, 5])('waits as it is told, and makes everything once (seed %i)', async (seed) => {
    const account = await startWiredAccount(seed);
    account.twilio.faults.atRandom(0.4, {}, { kind: 'answer', status: 429, retryAfterSeconds: 7 });

    const { code, json, err } = await apply(account);
    const refused = account.twilio.requests().filter(({ status }) => status === 429);
    account.twilio.faults.clear();
    const planned = await plan(account);

    expect([code, json.applied]).toEqual([0, true]);
    expect(refused.length).toBeGreaterThan(5);
    expect(err).toContain('Twilio is busy (twilio-rate-limited); going on in 7 s');
    expect(planned.json.changes).toEqual([]);
    nothingTwice(await everythingByName(account));
    await account.stop();
  });

  it('gives up where nothing gets through for long, says what is made, and goes on when it is typed again', async () => {
    const account = await startWiredAccount();
    account.twilio.faults.next(100, { method: 'POST', path: /Workflows$/ }, { kind: 'answer', status: 503 });

    const stopped = await apply(account);
    account.twilio.faults.clear();
    const applied = await apply(account);

    expect([stopped.code, stopped.json.applied]).toEqual([1, false]);
    expect(stopped.json.changes.map(({ kind }) => kind)).toContain('task-queue');
    expect(stopped.json.changes.map(({ kind }) => kind)).not.toContain('workflow');
    expect(stopped.err).toContain('with 503');
    expect([applied.code, applied.json.failed]).toEqual([0, []]);
    await account.stop();
  });
});
