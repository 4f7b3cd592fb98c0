import type { SubjectIndex } from '../../../lambdas/shared/ports/subject-index.ts';
import { sids } from '../../support/example-sids.ts';

/** What every subject index promises: what was added is found, and nothing is taken away but what is named. */
export function subjectIndexSuite(name: string, empty: () => Promise<SubjectIndex>): void {
  describe(`${name}`, () => {
    it('leads nowhere from a person whom nobody has spoken of', async () => {
      expect(await (await empty()).find('a')).toEqual({ tasks: [], recordings: [] });
    });

    it('leads to every task and recording of one person, each once, and to nobody else’s', async () => {
      const index = await empty();
      await index.add('a', sids.task(2));
      await index.add('a', sids.task());
      await index.add('a', sids.recording());
      await index.add('a', sids.task());
      await index.add('b', sids.task(3));

      expect(await index.find('a')).toEqual({ tasks: [sids.task(1), sids.task(2)], recordings: [sids.recording()] });
    });

    it('says of a person when they asked to be forgotten, each time once, and leads nowhere by it', async () => {
      const index = await empty();
      const first = { erasureId: 'er-1', requestedAt: new Date('2026-11-20T12:00:00.123Z') };
      const second = { erasureId: 'er-2', requestedAt: new Date('2026-11-21T12:00:00Z') };
      await index.add('a', sids.task());
      for (const erasure of [first, second, first]) await index.addErasure('a', erasure);

      const asked = await index.erasuresOf('a');

      expect(asked.toSorted((a, b) => a.erasureId.localeCompare(b.erasureId))).toEqual([first, second]);
      expect(await index.erasuresOf('b')).toEqual([]);
      expect(await index.find('a')).toEqual({ tasks: [sids.task()], recordings: [] });
    });

    it('forgets what is removed, and that alone; a second time changes nothing', async () => {
      const index = await empty();
      await index.add('a', sids.task());
      await index.add('a', sids.task(2));
      await index.add('b', sids.task());

      await index.remove('a', sids.task());
      await index.remove('a', sids.task());

      expect(await index.find('a')).toEqual({ tasks: [sids.task(2)], recordings: [] });
      expect(await index.find('b')).toEqual({ tasks: [sids.task()], recordings: [] });
    });
  });
}
