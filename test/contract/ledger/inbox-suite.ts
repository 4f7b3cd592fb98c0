import type { ContactInbox, InboxItem } from '../../../lambdas/shared/ports/contact-inbox.ts';
import type { DueItem, Ledger } from '../../../lambdas/shared/ports/ledger.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** A status of contact `ccrId` as it was received and lies under the example call. */
function item(changes: Partial<InboxItem> = {}, ccrId = 4711): InboxItem {
  return {
    alias: sids.call(),
    hash: String(ccrId).padStart(64, '0'),
    contact: { ccrId, sessionId: sids.call(), legId: sids.call(3), tenantId: 1001, status: 'COMPLETE' },
    receivedAt: at('10:00:00.000'),
    cause: 'm-1',
    isMatched: false,
    ...changes,
  };
}

// An index may lag, so a promise about one is a promise about what it comes to show: it is read once in vain.
async function dueAfterLag(ledger: Ledger, now: Date, limit = 100): Promise<readonly DueItem[]> {
  await ledger.due(now, limit);
  return ledger.due(now, limit);
}

/** What every inbox of contact statuses promises, beside the ledger that it shares a table with. */
export function inboxSuite(name: string, empty: () => Promise<Ledger & ContactInbox>): void {
  describe(`${name} keeps contact statuses`, () => {
    it('has nothing under an id that no status spoke of', async () => {
      const inbox = await empty();

      expect(await inbox.inboxOf(sids.call())).toEqual([]);
    });

    it('gives a status back at once, and whole', async () => {
      const inbox = await empty();
      const failed = item({ dueAt: at('23:00:00.000'), isMatched: true });
      const whole = { ...failed, contact: { ...failed.contact, status: 'FAILED', failureReason: 'Kein “Ton” 🎧' } };

      await inbox.putInInbox(whole);

      expect(await inbox.inboxOf(sids.call())).toEqual([whole]);
    });

    it('gives those under one id by their receipt, oldest first, and none of another id', async () => {
      const inbox = await empty();
      const first = item({ receivedAt: at('09:59:59.999') }, 3);
      const second = item({}, 1);
      const third = item({ receivedAt: at('10:00:00.001') }, 2);
      await inbox.putInInbox(third);
      await inbox.putInInbox(first);
      await inbox.putInInbox(item({ alias: `${sids.call()}#2` }));
      await inbox.putInInbox(second);

      expect(await inbox.inboxOf(sids.call())).toEqual([first, second, third]);
    });

    it('keeps one for each receipt of the same status', async () => {
      const inbox = await empty();
      const again = item({ receivedAt: at('10:05:00.000') });

      await inbox.putInInbox(item());
      await inbox.putInInbox(again);

      expect(await inbox.inboxOf(sids.call())).toEqual([item(), again]);
    });

    it('puts the same item in the place of what was there', async () => {
      const inbox = await empty();
      await inbox.putInInbox(item({ dueAt: at('23:00:00.000') }));

      await inbox.putInInbox(item({ isMatched: true }));

      expect(await inbox.inboxOf(sids.call())).toEqual([item({ isMatched: true })]);
    });

    it('keeps a status under an id that no SID is', async () => {
      const inbox = await empty();
      const odd = item({ alias: 'ccr:4711' });

      await inbox.putInInbox(odd);

      expect(await inbox.inboxOf('ccr:4711')).toEqual([odd]);
    });

    it('lists a UTC day’s statuses under each of their ids, by receipt, and apart from its tasks and recordings', async () => {
      const inbox = await empty();
      const early = item({ receivedAt: at('00:00:00.000') }, 1);
      const late = item({ receivedAt: at('23:59:59.999'), alias: sids.call(3) }, 2);
      await inbox.putInInbox(late);
      await inbox.putInInbox(early);
      await inbox.putInInbox(item({ receivedAt: new Date('2026-11-21T00:00:00.000Z') }, 3));
      await inbox.saveTask(exampleTask());

      await inbox.inboxOfDay('2026-11-20');

      expect(await inbox.inboxOfDay('2026-11-20')).toEqual([early, late]);
      await inbox.ofDay('2026-11-20');
      expect((await inbox.ofDay('2026-11-20')).map(({ sid }) => sid)).toEqual([sids.task()]);
    });
  });

  describe(`${name} knows which contact statuses are due`, () => {
    it('shows them by their id, among the tasks and recordings', async () => {
      const inbox = await empty();
      await inbox.putInInbox(item({ dueAt: at('10:05:00.000') }));
      await inbox.putInInbox(item({ alias: sids.call(3) }));
      await inbox.putInInbox(item({ alias: 'ccr:4712', dueAt: at('10:07:00.001') }, 4712));
      await inbox.saveTask(exampleTask({ dueAt: at('10:06:00.000') }));
      await inbox.saveRecording(exampleRecording({ dueAt: at('10:04:00.000') }));

      expect(await dueAfterLag(inbox, at('10:07:00.000'))).toEqual([
        { sid: sids.recording(), dueAt: at('10:04:00.000') },
        { inboxAlias: sids.call(), dueAt: at('10:05:00.000') },
        { sid: sids.task(), dueAt: at('10:06:00.000') },
      ]);
    });

    it('no longer shows one that has no appointment any more', async () => {
      const inbox = await empty();
      await inbox.putInInbox(item({ dueAt: at('10:05:00.000') }));

      await inbox.putInInbox(item({ isMatched: true }));

      expect(await dueAfterLag(inbox, at('11:00:00.000'))).toEqual([]);
    });
  });

  describe(`${name} knows which recordings are to be planned again`, () => {
    it.each([
      ['the plan’s where the copy is at rest', { reviewAt: at('10:05:00.000') }, at('10:05:00.000')],
      [
        'the plan’s where it is sooner',
        { reviewAt: at('10:05:00.000'), dueAt: at('10:06:00.000') },
        at('10:05:00.000'),
      ],
      [
        'the copy’s where it is sooner',
        { reviewAt: at('10:06:00.000'), dueAt: at('10:05:00.000') },
        at('10:05:00.000'),
      ],
    ])('by the sooner of two appointments: %s', async (_which, appointments, dueAt) => {
      const ledger = await empty();
      await ledger.saveRecording(exampleRecording(appointments));

      expect(await dueAfterLag(ledger, at('10:04:59.999'))).toEqual([]);
      expect(await dueAfterLag(ledger, at('10:05:00.000'))).toEqual([{ sid: sids.recording(), dueAt }]);
    });
  });
}
