import { seededRandom } from '../../../local/twilio/seeded-random.ts';
import { everythingByName, nothingTwice } from './everything.ts';
import { chosenOf, manualChanges } from './manual-changes.ts';
import { meaninglessChanges } from './meaningless-changes.ts';
import { actionsOf, apply, plan } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

const seeds = Array.from({ length: 25 }, (_, place) => place + 1);

describe('an account that somebody changed by hand', () => {
  let account: WiredAccount;
  beforeEach(async () => {
    account = await startWiredAccount();
    await apply(account);
  });
  afterEach(() => account.stop());

  it.each(seeds)(
    'in ten ways has a plan of exactly these, and is as configured after it is made (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      await meaninglessChanges(account);
      const changes = chosenOf(await manualChanges(account), 10, random);
      for (const one of changes) await one.make(random);

      const planned = await plan(account);
      const applied = await apply(account);
      const after = await plan(account);

      expect(changes).toHaveLength(10);
      expect([planned.code, [...actionsOf(planned.json.changes)].sort()]).toEqual([
        2,
        changes.flatMap((one) => one.planned).sort(),
      ]);
      expect([applied.code, applied.json.failed]).toEqual([0, []]);
      expect([after.code, after.json.changes]).toEqual([0, []]);
      nothingTwice(await everythingByName(account));
    },
  );

  it('in ways that change nothing of what is meant has nothing to do, and shows what it leaves alone', async () => {
    await meaninglessChanges(account);

    const { code, json } = await plan(account);

    expect([code, json.changes]).toEqual([0, []]);
    expect(json.unmanaged.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'activity/Lunch',
      'task-queue/Sample Queue',
      'task-queue/By hand',
      'workflow/Default Fifo Workflow',
    ]);
  });
});
