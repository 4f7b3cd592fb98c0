import type { WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import type { WorkerResource, Workers } from '../../../lambdas/shared/ports/workers.ts';

/** A workspace, and the hands that others have on it. */
export interface WorkersWorld {
  readonly workers: Workers;
  /** Makes a worker of this name with these attributes (JSON text) and says its SID. */
  newWorker(name: string, attributes: string): Promise<WorkerSid>;
  /** Replaces the attributes as Flex does at a login. */
  changeElsewhere(workerSid: WorkerSid, attributes: string): Promise<void>;
  /** An SID of this workspace's kind that no worker has. */
  absentWorker(): Promise<WorkerSid>;
}

/** What the workers of every workspace promise, whether it gives ETags for them or not. `newWorld` gives one without workers. */
export function workersSuite(name: string, newWorld: () => Promise<WorkersWorld>): void {
  const fetched = async (workers: Workers, workerSid: WorkerSid): Promise<WorkerResource> => {
    const answer = await workers.fetch(workerSid);
    if (answer.kind !== 'worker') throw new Error(`${workerSid} is ${answer.kind}`);
    return answer.worker;
  };
  const namesOf = (found: readonly WorkerResource[]): readonly string[] =>
    found.map(({ friendlyName }) => friendlyName).sort();

  describe(`${name}`, () => {
    it('gives a worker with its name, its activity and its attributes', async () => {
      const { workers, newWorker } = await newWorld();

      const workerSid = await newWorker('ada', '{"full_name":"Ada “Example”","user_id":291}');

      const worker = await fetched(workers, workerSid);
      expect(worker).toMatchObject({ workerSid, friendlyName: 'ada', activityName: expect.stringMatching(/./) });
      expect(JSON.parse(worker.attributes)).toEqual({ full_name: 'Ada “Example”', user_id: 291 });
    });

    it('says of a worker that is not there that it is gone, and writes none', async () => {
      const { workers, absentWorker } = await newWorld();
      const workerSid = await absentWorker();

      expect(await workers.fetch(workerSid)).toEqual({ kind: 'gone' });
      expect(await workers.replaceAttributes(workerSid, '{}')).toEqual({ kind: 'gone' });
    });

    it('replaces the whole attributes, on the revision that was read where there is one', async () => {
      const { workers, newWorker } = await newWorld();
      const workerSid = await newWorker('ada', '{"before":true}');
      const { etag } = await fetched(workers, workerSid);

      expect(await workers.replaceAttributes(workerSid, '{"after":"“schön”"}', etag)).toEqual({ kind: 'updated' });

      expect((await fetched(workers, workerSid)).attributes).toBe('{"after":"“schön”"}');
    });

    it('replaces the attributes without a revision too', async () => {
      const { workers, newWorker } = await newWorld();
      const workerSid = await newWorker('ada', '{}');

      expect(await workers.replaceAttributes(workerSid, '{"n":1}')).toEqual({ kind: 'updated' });

      expect((await fetched(workers, workerSid)).attributes).toBe('{"n":1}');
    });

    it('leaves the attributes alone when somebody changed them since a revision that was given', async () => {
      const { workers, newWorker, changeElsewhere } = await newWorld();
      const workerSid = await newWorker('ada', '{}');
      const { etag } = await fetched(workers, workerSid);
      await changeElsewhere(workerSid, '{"login":1}');

      const updated = await workers.replaceAttributes(workerSid, '{"ours":1}', etag);

      const now = JSON.parse((await fetched(workers, workerSid)).attributes);
      expect([updated.kind, now]).toEqual(
        etag === undefined ? ['updated', { ours: 1 }] : ['changed-meanwhile', { login: 1 }],
      );
    });

    it('takes 4,096 characters of attributes and not one more', async () => {
      const { workers, newWorker } = await newWorld();
      const workerSid = await newWorker('ada', '{}');
      const ofLength = (characters: number): string =>
        JSON.stringify({ pad: 'x'.repeat(characters - '{"pad":""}'.length) });

      await expect(workers.replaceAttributes(workerSid, ofLength(4097))).rejects.toMatchObject({
        name: 'PermanentError',
        reason: 'worker-attributes-refused',
      });
      expect(await workers.replaceAttributes(workerSid, ofLength(4096))).toEqual({ kind: 'updated' });
    });

    it('lists every worker once, also when they fill more than one page', async () => {
      const { workers, newWorker } = await newWorld();
      const names = Array.from({ length: 60 }, (_, index) => `agent-${String(index).padStart(2, '0')}`);
      for (const each of names) await newWorker(each, '{}');

      expect(namesOf(await workers.list())).toEqual(names);
    });

    it('lists nobody where there is nobody', async () => {
      expect(await (await newWorld()).workers.list()).toEqual([]);
    });

    it('finds whoever has the contact URI, and nobody else', async () => {
      const { workers, newWorker } = await newWorld();
      await newWorker('ada', '{"contact_uri":"client:ada"}');
      await newWorker('ada too', '{"contact_uri":"client:ada_40example_2Ecom"}');
      await newWorker('nobody', '{}');

      expect(namesOf(await workers.findByContactUri('client:ada'))).toEqual(['ada']);
      expect(namesOf(await workers.findByContactUri('client:ada_40example_2Ecom'))).toEqual(['ada too']);
      expect(await workers.findByContactUri('client:grace')).toEqual([]);
    });

    it.each(['x" OR 1==1', "x' OR 1==1", '"', '', `x" OR '1'=='1`, 'x\\" OR 1==1 OR "'])(
      'finds nobody by the text %s, however it reads as an expression',
      async (text) => {
        const { workers, newWorker } = await newWorld();
        await newWorker('ada', '{"contact_uri":"client:ada"}');

        expect(await workers.findByContactUri(text)).toEqual([]);
      },
    );
  });
}
