import type { ArchiveWorld } from './archive-world.ts';

/** What every place for reports promises. */
export function reportsSuite(name: string, newWorld: () => Promise<ArchiveWorld>): void {
  describe(`${name} lists`, () => {
    it('each object under the prefix once, with the size that it has now', async () => {
      const { archive, reports } = await newWorld();
      await archive.putSidecar('AC1/b.json', 'old');
      await archive.putSidecar('AC1/b.json', 'newer');
      await archive.putSidecar('AC1/a.json', 'x');
      await archive.putSidecar('AC2/c.json', 'x');

      const listed = await reports.list('AC1/');

      expect(listed.toSorted((one, other) => one.key.localeCompare(other.key))).toEqual([
        { key: 'AC1/a.json', sizeBytes: 1 },
        { key: 'AC1/b.json', sizeBytes: 5 },
      ]);
    });

    it('nothing that a delete marker hides', async () => {
      const world = await newWorld();
      await world.archive.putSidecar('AC1/a.json', 'x');
      await world.hide('AC1/a.json');

      expect(await world.reports.list('')).toEqual([]);
    });
  });

  it(`${name} reads no report where none is`, async () => {
    expect(await (await newWorld()).reports.readReport('reports/2026/11/20/reconcile.json')).toBeUndefined();
  });

  describe(`${name} puts reports`, () => {
    it('over what was there, with their content type', async () => {
      const world = await newWorld();
      const key = 'reports/2026/11/20/reconcile.csv';

      await world.reports.putReport(key, 'first', 'application/json');
      await world.reports.putReport(key, 'recording,finding\n', 'text/csv');

      expect(await world.reports.readReport(key)).toBe('recording,finding\n');
      expect(await world.contentTypeOf(key)).toBe('text/csv');
    });
  });
}
