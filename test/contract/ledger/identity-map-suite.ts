import type { IdentityMap } from '../../../lambdas/shared/ports/identity-map.ts';

const at = new Date('2026-11-20T10:00:00.000Z');

/** What every identity map promises: the first identity stays. */
export function identityMapSuite(name: string, empty: () => Promise<IdentityMap>): void {
  describe(`${name}`, () => {
    it('knows nobody at first', async () => {
      expect(await (await empty()).read('a')).toBeUndefined();
    });

    it('remembers an identity, and nobody else’s', async () => {
      const identities = await empty();

      expect(await identities.remember('a', '+12025550143', at)).toBe('+12025550143');

      expect(await identities.read('a')).toBe('+12025550143');
      expect(await identities.read('b')).toBeUndefined();
    });

    it('keeps the first identity and says so to whoever comes with another', async () => {
      const identities = await empty();
      await identities.remember('a', '+12025550143', at);

      expect(await identities.remember('a', 'ada@example.com', at)).toBe('+12025550143');

      expect(await identities.read('a')).toBe('+12025550143');
    });

    it('says the same to the one who remembered it', async () => {
      const identities = await empty();
      await identities.remember('a', 'lead-4711', at);

      expect(await identities.remember('a', 'lead-4711', at)).toBe('lead-4711');
    });

    it('tells all who come at once the same identity, which is one of theirs', async () => {
      const identities = await empty();
      const wanted = ['one', 'two', 'three', 'four', 'five'];

      const told = await Promise.all(wanted.map((identity) => identities.remember('a', identity, at)));

      expect(new Set(told).size).toBe(1);
      expect(wanted).toContain(told[0]);
      expect(await identities.read('a')).toBe(told[0]);
    });
  });
}
