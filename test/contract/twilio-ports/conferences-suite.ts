import { conferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { AccountSid, CallSid, ConferenceSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Conferences } from '../../../lambdas/shared/ports/conferences.ts';

/** An account, and the hands that Twilio has on its conferences. */
export interface ConferencesWorld {
  readonly conferences: Conferences;
  readonly accountSid: AccountSid;
  /** One in which customer and agent talk. */
  newRunning(): Promise<{ readonly conferenceSid: ConferenceSid; readonly taskSid: TaskSid }>;
  /** One that the customer ended by hanging up. */
  newEndedByCustomer(): Promise<{
    readonly conferenceSid: ConferenceSid;
    readonly taskSid: TaskSid;
    readonly customerCallSid: CallSid;
  }>;
}

/** What the conferences of every account promise. */
export function conferencesSuite(name: string, newWorld: () => Promise<ConferencesWorld>): void {
  describe(`${name}`, () => {
    it('describe one that goes on, of whose end nothing is known, and the task that Flex named it after', async () => {
      const { conferences, accountSid, newRunning } = await newWorld();
      const { conferenceSid: sid, taskSid } = await newRunning();

      expect(await conferences.fetch(accountSid, sid)).toEqual({
        kind: 'conference',
        conference: { conferenceSid: sid, status: 'in-progress', taskSid },
      });
    });

    it('say of one that is over why it is and whose call ended it', async () => {
      const { conferences, accountSid, newEndedByCustomer } = await newWorld();
      const { conferenceSid: sid, taskSid, customerCallSid } = await newEndedByCustomer();

      expect(await conferences.fetch(accountSid, sid)).toEqual({
        kind: 'conference',
        conference: {
          conferenceSid: sid,
          status: 'completed',
          taskSid,
          reasonEnded: 'participant-with-end-conference-on-exit-left',
          callSidEnding: customerCallSid,
        },
      });
    });

    it('have none of another SID', async () => {
      const { conferences, accountSid, newRunning } = await newWorld();
      const { conferenceSid: sid } = await newRunning();
      const other = conferenceSid(`${sid.slice(0, -1)}${sid.endsWith('0') ? '1' : '0'}`);

      expect(await conferences.fetch(accountSid, other)).toEqual({ kind: 'gone' });
    });
  });
}
