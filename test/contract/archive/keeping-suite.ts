import type { ObjectVersion } from '../../../lambdas/shared/ports/archive-keeping.ts';
import type { ArchiveWorld } from './archive-world.ts';

const prefix = 'AC00000000000000000000000000000001/2026/11/20/RE00000000000000000000000000000001.';
const [audio, sidecar] = [`${prefix}wav`, `${prefix}json`];

/** What every keeping of an archive promises. */
export function keepingSuite(name: string, newWorld: () => Promise<ArchiveWorld>): void {
  /** Puts texts under one key, one version each, and names the versions in the order in which they were put. */
  const put = async (
    { archive, keeping }: ArchiveWorld,
    key: string,
    ...texts: string[]
  ): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const text of texts) {
      await archive.putSidecar(key, text);
      const latest = (await keeping.versions(key)).find((one) => one.key === key && one.isLatest);
      ids.push(latest?.versionId ?? 'none');
    }
    return ids;
  };
  const one = async (world: ArchiveWorld): Promise<string> => (await put(world, audio, 'x'))[0] ?? 'none';

  describe(`${name} lists`, () => {
    it('every version under the prefix, and which of each key is the latest', async () => {
      const world = await newWorld();
      const [first, second] = await put(world, sidecar, 'a', 'bcd');
      const [sound] = await put(world, audio, 'RIFF');
      await put(world, 'AC00000000000000000000000000000001/2026/11/20/RE00000000000000000000000000000002.wav', 'other');

      const listed = await world.keeping.versions(prefix);

      expect(sorted(listed)).toEqual(
        sorted([
          { key: sidecar, versionId: first ?? '', kind: 'version', isLatest: false, sizeBytes: 1 },
          { key: sidecar, versionId: second ?? '', kind: 'version', isLatest: true, sizeBytes: 3 },
          { key: audio, versionId: sound ?? '', kind: 'version', isLatest: true, sizeBytes: 4 },
        ]),
      );
    });

    it('what lies hidden under a delete marker, and the marker', async () => {
      const world = await newWorld();
      await put(world, audio, 'RIFF');
      await world.hide(audio);

      const listed = await world.keeping.versions(prefix);

      expect(listed.map(({ kind, isLatest }) => [kind, isLatest]).toSorted()).toEqual([
        ['delete-marker', true],
        ['version', false],
      ]);
    });

    it('nothing where nothing lies', async () => {
      expect(await (await newWorld()).keeping.versions(prefix)).toEqual([]);
    });
  });

  describe(`${name} tags`, () => {
    it('that very version, and no other', async () => {
      const world = await newWorld();
      const [first = '', second = ''] = await put(world, sidecar, 'a', 'b');

      await world.keeping.setTags(sidecar, first, { retention: 'standard', held: 'no' });

      expect(await world.tagsOf(sidecar, first)).toEqual({ retention: 'standard', held: 'no' });
      expect(await world.tagsOf(sidecar, second)).toEqual({});
    });

    it('with exactly what it is given, so that what was there before is gone', async () => {
      const world = await newWorld();
      const version = await one(world);
      await world.keeping.setTags(audio, version, { retention: 'standard', held: 'no', old: 'yes' });

      await world.keeping.setTags(audio, version, { retention: 'regulated', held: 'yes' });

      expect(await world.tagsOf(audio, version)).toEqual({ retention: 'regulated', held: 'yes' });
    });

    it('nothing that is not there', async () => {
      const world = await newWorld();
      const version = await one(world);

      await expect(world.keeping.setTags(sidecar, version, {})).rejects.toMatchObject({ name: 'RetryableError' });
    });
  });

  describe(`${name} holds`, () => {
    it('a version until it is let go, as often as it is asked', async () => {
      const world = await newWorld();
      const version = await one(world);
      const seen = [await world.keeping.isHeld(audio, version)];

      for (const isHeld of [true, true, false, false]) {
        await world.keeping.setLegalHold(audio, version, isHeld);
        seen.push(await world.keeping.isHeld(audio, version));
      }

      expect(seen).toEqual([false, true, true, false, false]);
    });

    it('one version and not those beside it', async () => {
      const world = await newWorld();
      const [first = '', second = ''] = await put(world, sidecar, 'a', 'b');

      await world.keeping.setLegalHold(sidecar, first, true);

      const { isHeld } = world.keeping;
      expect([await isHeld(sidecar, first), await isHeld(sidecar, second)]).toEqual([true, false]);
    });
  });

  describe(`${name} locks`, () => {
    it('no version by itself', async () => {
      const world = await newWorld();

      expect(await world.keeping.lockOf(audio, await one(world))).toBeUndefined();
    });

    it.each(['governance', 'compliance'] as const)('a version until a day, and says so: %s', async (mode) => {
      const world = await newWorld();
      const version = await one(world);
      const lock = { mode, until: world.inDays(30) };

      expect(await world.keeping.lock(audio, version, lock)).toBe('locked');

      expect(await world.keeping.lockOf(audio, version)).toEqual(lock);
    });

    it.each(['governance', 'compliance'] as const)('for longer, and the same once more: %s', async (mode) => {
      const world = await newWorld();
      const version = await one(world);
      const longer = { mode, until: world.inDays(31) };
      await world.keeping.lock(audio, version, { mode, until: world.inDays(30) });

      expect(await world.keeping.lock(audio, version, longer)).toBe('locked');
      expect(await world.keeping.lock(audio, version, longer)).toBe('locked');

      expect(await world.keeping.lockOf(audio, version)).toEqual(longer);
    });

    it.each(['governance', 'compliance'] as const)('for no shorter time: %s', async (mode) => {
      const world = await newWorld();
      const version = await one(world);
      const lock = { mode, until: world.inDays(30) };
      await world.keeping.lock(audio, version, lock);

      expect(await world.keeping.lock(audio, version, { mode, until: world.inDays(29) })).toBe('refused');

      expect(await world.keeping.lockOf(audio, version)).toEqual(lock);
    });

    it('no weaker where compliance is wanted for ever so short', async () => {
      const world = await newWorld();
      const version = await one(world);
      const lock = { mode: 'compliance', until: world.inDays(30) } as const;
      await world.keeping.lock(audio, version, lock);

      const weaker = { mode: 'governance', until: world.inDays(60) } as const;
      expect(await world.keeping.lock(audio, version, weaker)).toBe('refused');

      expect(await world.keeping.lockOf(audio, version)).toEqual(lock);
    });

    it('again as is wanted when the lock has run out', async () => {
      const world = await newWorld();
      const version = await one(world);
      await world.keeping.lock(audio, version, { mode: 'compliance', until: world.inDays(30) });
      world.letPass(31);
      const next = { mode: 'governance', until: world.inDays(1) } as const;

      expect(await world.keeping.lock(audio, version, next)).toBe('locked');

      expect(await world.keeping.lockOf(audio, version)).toEqual(next);
    });
  });
}

function sorted(versions: readonly ObjectVersion[]): readonly ObjectVersion[] {
  return versions.toSorted((a, b) => `${a.key} ${a.versionId}`.localeCompare(`${b.key} ${b.versionId}`));
}
