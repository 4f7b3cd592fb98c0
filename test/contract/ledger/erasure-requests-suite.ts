import type { ErasureRequest } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import type { ErasureRequests } from '../../../lambdas/shared/ports/erasure-requests.ts';
import type { Ledger } from '../../../lambdas/shared/ports/ledger.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** A request of which nothing was done yet. */
function request(changes: Partial<ErasureRequest> = {}): ErasureRequest {
  return {
    erasureId: 'er-1',
    version: 0,
    requestedAt: at('10:00:00.000'),
    requestedBy: 'operator:ada',
    why: 'DSR-17',
    subjectHashes: ['q83vEjRWeJA'],
    taskSids: [sids.task()],
    taskHashes: ['q83vEjRWeJA', 'yv66vgAAADQ'],
    items: [],
    messagesRemoved: 0,
    messagesKept: [],
    calabrio: [],
    state: 'open',
    ...changes,
  };
}

/** A request with every field set and an item in every state. */
const full = request({
  items: [
    { sid: sids.recording(1), state: { kind: 'open' } },
    { sid: sids.recording(2), state: { kind: 'held', matters: ['CASE-2026-17'] } },
    {
      sid: sids.recording(3),
      state: { kind: 'locked', mode: 'compliance', until: new Date('2033-11-20T00:00:00.000Z') },
    },
    { sid: sids.recording(4), state: { kind: 'locked', mode: 'governance' } },
    { sid: sids.conversation(), state: { kind: 'erased', at: at('10:02:00.000'), objects: 3, source: 'was-gone' } },
  ],
  markedAt: at('10:01:00.000'),
  messagesRemoved: 7,
  messagesKept: ['quarantine/m-1'],
  calabrio: [{ recordingSid: sids.recording(4), ccrId: 4711, sessionId: sids.call(), legId: sids.call(3) }],
  state: 'blocked',
  finishedAt: at('10:20:00.000'),
  dueAt: at('10:16:00.000'),
});

/** What all erasure requests promise, beside the ledger that they share a table with. */
export function erasureRequestsSuite(
  name: string,
  empty: () => Promise<{ readonly erasures: ErasureRequests; readonly ledger: Ledger }>,
): void {
  describe(`${name}`, () => {
    it('have none that nobody asked for', async () => {
      const { erasures } = await empty();

      expect(await erasures.read('er-1')).toBeUndefined();
      expect(await erasures.list(10)).toEqual([]);
    });

    it('give one back as it was saved, one version on', async () => {
      const { erasures } = await empty();

      expect(await erasures.save(full)).toBe('saved');

      expect(await erasures.read('er-1')).toEqual({ ...full, version: 1 });
      expect(await erasures.read('er-2')).toBeUndefined();
    });

    it('save exactly one of many who read the same version', async () => {
      const { erasures } = await empty();
      await erasures.save(request());

      const results = await Promise.all(
        [1, 2, 3, 4, 5].map((messagesRemoved) => erasures.save(request({ version: 1, messagesRemoved }))),
      );

      expect(results.toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'conflict', 'saved']);
    });

    it('list the newest first, as many as are asked for', async () => {
      const { erasures } = await empty();
      await erasures.save(request({ erasureId: 'er-2', requestedAt: at('11:00:00.000') }));
      await erasures.save(request({ erasureId: 'er-3', requestedAt: new Date('2026-11-21T00:00:00.000Z') }));
      await erasures.save(request({ erasureId: 'er-1' }));

      const ids = async (limit: number) => (await erasures.list(limit)).map(({ erasureId }) => erasureId);

      expect(await ids(10)).toEqual(['er-3', 'er-2', 'er-1']);
      expect(await ids(2)).toEqual(['er-3', 'er-2']);
    });

    it('are due in the ledger by their id until they have no appointment any more, and in no day’s list', async () => {
      const { erasures, ledger } = await empty();
      await erasures.save(request({ dueAt: at('10:16:00.000') }));

      expect(await ledger.due(at('10:15:59.999'), 10)).toEqual([]);
      expect(await ledger.due(at('10:16:00.000'), 10)).toEqual([{ erasureId: 'er-1', dueAt: at('10:16:00.000') }]);
      expect(await ledger.ofDay('2026-11-20')).toEqual([]);
      await erasures.save(request({ version: 1, state: 'finished' }));

      expect(await ledger.due(at('12:00:00.000'), 10)).toEqual([]);
    });
  });
}
