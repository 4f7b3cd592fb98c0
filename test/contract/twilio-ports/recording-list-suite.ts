import type { AccountSid, RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingList } from '../../../lambdas/shared/ports/recording-list.ts';

/** An account without recordings, and the hands that Twilio has on it. */
export interface RecordingListWorld {
  readonly list: RecordingList;
  readonly accountSid: AccountSid;
  newFinished(startedAt: Date): Promise<RecordingSid>;
  newDeleted(startedAt: Date): Promise<RecordingSid>;
}

const day = (time: string): Date => new Date(`2026-11-${time}Z`);

/** Every recording of all pages, and how many pages there were. */
async function whole(
  { list, accountSid }: RecordingListWorld,
  of: { readonly from: Date; readonly to: Date; readonly alsoDeleted: boolean },
) {
  const found: RecordingSid[] = [];
  let pages = 0;
  let page: string | undefined;
  do {
    const listed = await list.page(accountSid, { ...of, ...(page !== undefined && { page }) });
    found.push(...listed.recordings.map(({ recordingSid }) => recordingSid));
    pages += 1;
    page = listed.nextPage;
  } while (page !== undefined);
  return { found: found.toSorted(), pages };
}

/** What the list of every account's recordings promises. */
export function recordingListSuite(name: string, newWorld: () => Promise<RecordingListWorld>): void {
  describe(name, () => {
    it('lists what was made from one moment on and before another, to the second, also over midnight', async () => {
      const world = await newWorld();
      await world.newFinished(day('17T23:29:59'));
      const wanted = [
        await world.newFinished(day('17T23:30:00')),
        await world.newFinished(day('18T00:00:00')),
        await world.newFinished(day('18T11:59:59')),
      ];
      await world.newFinished(day('18T12:00:00'));

      const of = { from: day('17T23:30:00'), to: day('18T12:00:00'), alsoDeleted: false };
      expect((await whole(world, of)).found).toEqual(wanted.toSorted());
    });

    it('lists one whole day in UTC', async () => {
      const world = await newWorld();
      await world.newFinished(day('16T23:59:59'));
      const wanted = [await world.newFinished(day('17T00:00:00')), await world.newFinished(day('17T23:59:59'))];
      await world.newFinished(day('18T00:00:00'));

      const of = { from: day('17T00:00:00'), to: day('18T00:00:00'), alsoDeleted: true };
      expect((await whole(world, of)).found).toEqual(wanted.toSorted());
    });

    it('lists what was deleted where that is asked for, and says so', async () => {
      const world = await newWorld();
      const there = await world.newFinished(day('17T10:00:00'));
      const deleted = await world.newDeleted(day('17T11:00:00'));
      const of = { from: day('17T00:00:00'), to: day('18T00:00:00') };

      expect((await whole(world, { ...of, alsoDeleted: false })).found).toEqual([there]);
      const { recordings } = await world.list.page(world.accountSid, { ...of, alsoDeleted: true });
      expect(recordings.toSorted((a, b) => (a.recordingSid < b.recordingSid ? -1 : 1))).toMatchObject(
        [
          { recordingSid: there, status: 'completed', startedAt: day('17T10:00:00'), durationSeconds: 3 },
          { recordingSid: deleted, status: 'deleted' },
        ].toSorted((a, b) => (a.recordingSid < b.recordingSid ? -1 : 1)),
      );
    });

    it('lists each of more than a page’s recordings once', async () => {
      const world = await newWorld();
      const wanted: RecordingSid[] = [];
      for (let count = 0; count < 1001; count += 1)
        wanted.push(await world.newFinished(new Date(day('17T10:00:00').getTime() + count * 1000)));

      const of = { from: day('17T00:00:00'), to: day('18T00:00:00'), alsoDeleted: true };
      expect(await whole(world, of)).toEqual({ found: wanted.toSorted(), pages: 2 });
    });

    it('has nothing to list where nothing was made', async () => {
      const of = { from: day('17T00:00:00'), to: day('18T00:00:00'), alsoDeleted: true };

      expect(await whole(await newWorld(), of)).toEqual({ found: [], pages: 1 });
    });
  });
}
