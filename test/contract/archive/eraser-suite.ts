import type { ArchiveWorld } from './archive-world.ts';

const key = 'AC00000000000000000000000000000001/2026/11/20/RE00000000000000000000000000000001.wav';
const closed = { opensGovernance: false };
const opening = { opensGovernance: true };

/** What every eraser of an archive promises. */
export function eraserSuite(name: string, newWorld: () => Promise<ArchiveWorld>): void {
  const versionIds = async ({ eraser }: ArchiveWorld): Promise<readonly string[]> =>
    (await eraser.versions(key)).map(({ versionId }) => versionId);
  const put = async (world: ArchiveWorld, text = 'x'): Promise<string> => {
    const before = await versionIds(world);
    await world.archive.putParked(key, text);
    return (await versionIds(world)).find((id) => !before.includes(id)) ?? 'none';
  };

  describe(`${name} erases`, () => {
    it('that very version for good, and leaves the others', async () => {
      const world = await newWorld();
      const first = await put(world, 'first');
      const second = await put(world, 'second');

      expect(await world.eraser.erase(key, second, closed)).toEqual({ kind: 'erased' });

      expect(await versionIds(world)).toEqual([first]);
      expect(await world.eraser.readText(key, first)).toBe('first');
    });

    it('what is erased already', async () => {
      const world = await newWorld();
      const version = await put(world);
      await world.eraser.erase(key, version, closed);

      expect(await world.eraser.erase(key, version, closed)).toEqual({ kind: 'erased' });

      expect(await versionIds(world)).toEqual([]);
    });

    it('a delete marker as any version', async () => {
      const world = await newWorld();
      const version = await put(world);
      await world.hide(key);
      const marker = (await versionIds(world)).find((id) => id !== version) ?? 'none';

      expect(await world.eraser.erase(key, marker, closed)).toEqual({ kind: 'erased' });

      expect(await versionIds(world)).toEqual([version]);
    });

    it('nothing under a legal hold, whatever else it may open', async () => {
      const world = await newWorld();
      const version = await put(world);
      await world.keeping.setLegalHold(key, version, true);

      expect(await world.eraser.erase(key, version, opening)).toEqual({ kind: 'held' });

      expect(await versionIds(world)).toEqual([version]);
    });

    it.each([
      ['governance', closed],
      ['compliance', closed],
      ['compliance', opening],
    ] as const)('nothing under a %s lock with %j, and says until when', async (mode, has) => {
      const world = await newWorld();
      const version = await put(world);
      const lock = { mode, until: world.inDays(30) };
      await world.keeping.lock(key, version, lock);

      expect(await world.eraser.erase(key, version, has)).toEqual({ kind: 'locked', lock });

      expect(await versionIds(world)).toEqual([version]);
    });

    it('what a governance lock is on where it may open those', async () => {
      const world = await newWorld();
      const version = await put(world);
      await world.keeping.lock(key, version, { mode: 'governance', until: world.inDays(30) });

      expect(await world.eraser.erase(key, version, opening)).toEqual({ kind: 'erased' });

      expect(await versionIds(world)).toEqual([]);
    });

    it.each(['governance', 'compliance'] as const)('what a %s lock was on, when it has run out', async (mode) => {
      const world = await newWorld();
      const version = await put(world);
      await world.keeping.lock(key, version, { mode, until: world.inDays(30) });
      world.letPass(31);

      expect(await world.eraser.erase(key, version, closed)).toEqual({ kind: 'erased' });
    });
  });

  describe(`${name} reads`, () => {
    it('the text of that very version', async () => {
      const world = await newWorld();
      const first = await put(world, 'zuerst, „schön“');
      await put(world, 'then');

      expect(await world.eraser.readText(key, first)).toBe('zuerst, „schön“');
    });

    it('nothing of a version that is not there, nor of a delete marker', async () => {
      const world = await newWorld();
      const version = await put(world);
      await world.hide(key);
      const marker = (await versionIds(world)).find((id) => id !== version) ?? 'none';
      await world.eraser.erase(key, version, closed);

      expect(await world.eraser.readText(key, version)).toBeUndefined();
      expect(await world.eraser.readText(key, marker)).toBeUndefined();
    });
  });
}
