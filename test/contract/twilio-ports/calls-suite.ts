import { callSid } from '../../../lambdas/shared/domain/sids.ts';
import type { AccountSid, CallSid } from '../../../lambdas/shared/domain/sids.ts';
import type { CallEnds, Calls } from '../../../lambdas/shared/ports/calls.ts';

/** An account, and the hand that makes its calls. */
export interface CallsWorld {
  readonly calls: Calls;
  readonly accountSid: AccountSid;
  newCall(ends: CallEnds): Promise<CallSid>;
}

/** What the calls of every account promise. */
export function callsSuite(name: string, newWorld: () => Promise<CallsWorld>): void {
  describe(`${name}`, () => {
    it.each<CallEnds>([
      { from: '+12025550143', to: '+15005550006', direction: 'inbound' },
      { from: '+15005550006', to: '+12025550143', direction: 'outbound' },
      { from: 'client:ada', to: '+15005550006', direction: 'inbound' },
      { from: '+15005550006', to: 'sip:desk@example.com', direction: 'outbound' },
      { to: '+15005550006', direction: 'inbound' },
      {},
    ])('tell who called whom: %j', async (ends) => {
      const { calls, accountSid, newCall } = await newWorld();

      expect(await calls.fetch(accountSid, await newCall(ends))).toEqual(ends);
    });

    it('have none of another SID', async () => {
      const { calls, accountSid, newCall } = await newWorld();
      const sid = await newCall({ from: '+12025550143', to: '+15005550006', direction: 'inbound' });
      const other = callSid(`${sid.slice(0, -1)}${sid.endsWith('0') ? '1' : '0'}`);

      expect(await calls.fetch(accountSid, other)).toBeUndefined();
    });
  });
}
