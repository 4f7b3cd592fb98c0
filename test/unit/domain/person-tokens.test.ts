import { personTokens } from '../../../lambdas/shared/domain/erasure/person-tokens.ts';

const named = (text: string, kind: string, value: string): boolean =>
  personTokens(text).some((token) => token.kind === kind && token.value === value);

describe('whom a text may name', () => {
  it.each([
    ['+12025550143', '+12025550143'],
    ['12025550143', '+12025550143'],
    ['call (202) 555-0143, please', '+12025550143'],
    ['2025550143', '+12025550143'],
    ['001 202 555 0143', '+12025550143'],
    ['sip:+12025550143@example.com', '+12025550143'],
    // From Ofcom's and the Bundesnetzagentur's numbers for drama.
    ['020 7946 0018', '+442079460018'],
    ['030 23125 014', '+493023125014'],
  ])('%j: the number %s', (text, number) => {
    expect(named(text, 'phone', number)).toBe(true);
  });

  it('takes no other number for one that has its country', () => {
    const numbers = personTokens('+12025550143').filter(({ kind }) => kind === 'phone');

    expect(numbers).toEqual([{ kind: 'phone', value: '+12025550143' }]);
  });

  it.each(['mail Ada@Example.com.', '<ADA@example.com>', 'mailto:ada@example.com', 'ada@example.com, and others'])(
    '%j: the address, in small letters',
    (text) => {
      expect(named(text, 'email', 'ada@example.com')).toBe(true);
    },
  );

  it('a text that is short enough may be an id', () => {
    expect(named(' lead-4711 ', 'external_id', 'lead-4711')).toBe(true);
    expect(personTokens('x'.repeat(129))).toEqual([]);
  });

  it.each(['1', '42', '47110', 'voice'])('%j is too short to be known for an id', (text) => {
    expect(personTokens(text).filter(({ kind }) => kind === 'external_id')).toEqual([]);
  });

  it('the digits of a SID make nobody of it', () => {
    const tokens = personTokens('WT00000000000000000000000000000001').filter(({ kind }) => kind === 'phone');

    expect(tokens).toEqual([]);
  });
});
