import { seededRandom } from '../../../local/twilio/seeded-random.ts';
import { everythingByName, nothingTwice } from './everything.ts';
import { chosenOf, manualChanges } from './manual-changes.ts';
import { meaninglessChanges } from './meaningless-changes.ts';
import { apply, plan } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

/** Whether the last call was done at Twilio, whose answer nobody heard any more. */
const moments = ['before', 'after'] as const;
type Moment = (typeof moments)[number];

/** From the call of that number on nothing gets through: as when the machine is switched off. */
function switchOffAt({ twilio }: WiredAccount, call: number, when: Moment): void {
  const nothing = (): void => undefined;
  if (call > 1) twilio.faults.next(call - 1, {}, { kind: 'meanwhile', run: nothing });
  twilio.faults.next(1, {}, { kind: 'interrupt', when, run: nothing });
  twilio.faults.next(1_000_000, {}, { kind: 'interrupt', when: 'before', run: nothing });
}

const requestCount = ({ twilio }: WiredAccount): number => twilio.requests().length;

/** Interrupts at every call in turn, each time in a new account that `prepare` has made; resolves to how many there are. */
async function interruptEverywhere(
  when: Moment,
  prepare: (account: WiredAccount) => Promise<void>,
  more: readonly string[] = [],
): Promise<number> {
  let callCount = Infinity;
  for (let call = 1; call <= callCount; call += 1) {
    const account = await startWiredAccount();
    await prepare(account);
    if (call === 1) callCount = await callsOfApply(prepare, more);
    switchOffAt(account, call, when);
    const interrupted = await apply(account, ...more);
    account.twilio.faults.clear();

    const applied = await apply(account, ...more);
    const planned = await plan(account);

    expect({ call, code: interrupted.code, applied: interrupted.json.applied ?? false }).toEqual({
      ...{ call, code: 1, applied: false },
    });
    expect({ call, code: applied.code, failed: applied.json.failed }).toEqual({ call, code: 0, failed: [] });
    expect({ call, code: planned.code, changes: planned.json.changes }).toEqual({ call, code: 0, changes: [] });
    nothingTwice(await everythingByName(account));
    await account.stop();
  }
  return callCount;
}

async function callsOfApply(
  prepare: (account: WiredAccount) => Promise<void>,
  more: readonly string[],
): Promise<number> {
  const account = await startWiredAccount();
  await prepare(account);
  const before = requestCount(account);
  await apply(account, ...more);
  await account.stop();
  return requestCount(account) - before;
}

describe('an apply that is interrupted at any call', () => {
  it.each(moments)(
    '%s the call is done, in an empty account, is gone on with by the next',
    async (when) => {
      expect(await interruptEverywhere(when, async () => undefined)).toBeGreaterThan(25);
    },
    60_000,
  );

  it.each(moments)(
    '%s the call is done, in one that was changed by hand, is gone on with by the next',
    async (when) => {
      const pruned = 'task-queue/By hand,activity/Lunch,workflow/Default Fifo Workflow,task-queue/Sample Queue';
      const prepare = async (account: WiredAccount): Promise<void> => {
        await apply(account);
        await meaninglessChanges(account);
        const random = seededRandom(7);
        for (const one of chosenOf(await manualChanges(account), 12, random)) await one.make(random);
      };
      expect(await interruptEverywhere(when, prepare, ['--prune', pruned])).toBeGreaterThan(25);
    },
    60_000,
  );
});
