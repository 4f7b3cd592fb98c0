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
