import type { CustomerLookup } from '../../../lambdas/shared/ports/customer-lookup.ts';

/** Customer data, and the hands that somebody else has on it. */
export interface CustomersWorld {
  readonly lookup: CustomerLookup;
  put(phone: string, customer: Readonly<Record<string, unknown>>): void;
  /** From now on nobody answers. */
  goAway(): Promise<void>;
}

/** What every customer lookup promises; it looks for customers by their phone numbers. */
export function customerLookupSuite(name: string, newWorld: () => Promise<CustomersWorld>): void {
  describe(`${name}`, () => {
    const ada = { phone: '+12025550143', name: 'Ada Example' };

    it('finds the customer whose number it is, whole', async () => {
      const { lookup, put } = await newWorld();
      const customer = { id: 4711, name: 'Ada “Example” 🎧', tags: ['vip'], address: { city: 'Denver' } };
      put('+12025550143', customer);
      put('+12025550144', { id: 4712 });

      expect(await lookup.find(ada)).toEqual({ kind: 'found', customer });
    });

    it('does not know a customer who is not there', async () => {
      const { lookup, put } = await newWorld();
      put('+12025550144', { id: 4712 });

      expect(await lookup.find(ada)).toEqual({ kind: 'unknown' });
    });

    it('does not know a customer of whom no number is known', async () => {
      const { lookup } = await newWorld();

      expect(await lookup.find({ name: 'Ada Example' })).toEqual({ kind: 'unknown' });
    });

    it('says so when nobody answers, and throws nothing', async () => {
      const { lookup, goAway } = await newWorld();
      await goAway();

      const answer = await lookup.find(ada);

      expect(answer).toEqual({ kind: 'unavailable', why: expect.any(String) });
      expect(JSON.stringify(answer)).not.toMatch(/2025550143|Ada/);
    });
  });
}
