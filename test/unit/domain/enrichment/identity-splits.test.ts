import { identitySplits, insightsIdentity } from '../../../../lambdas/shared/domain/enrichment/identity-splits.ts';
import type { IdentityKey } from '../../../../lambdas/shared/domain/enrichment/identity.ts';

const phone = '+12025550143';

describe('the customer whom Insights sees today', () => {
  const attributes = {
    direction: 'inbound',
    from: '+12025550101',
    to: '+12025550102',
    conversations: { conversation_id: 'WT1' },
    customers: { external_id: 'lead-7', phone: '2025550103', email: 'Ada@example.com' },
  };
  const without = (...keys: readonly string[]) => ({
    ...attributes,
    customers: Object.fromEntries(Object.entries(attributes.customers).filter(([key]) => !keys.includes(key))),
  });

  it.each([
    ['external_id', attributes, 'lead-7'],
    ['customers.phone, as it is written', without('external_id'), '2025550103'],
    ['customers.email, as it is written', without('external_id', 'phone'), 'Ada@example.com'],
    ['from of an inbound task', { ...attributes, customers: {} }, '+12025550101'],
    ['to of an outbound task', { ...attributes, customers: {}, direction: 'outbound' }, '+12025550102'],
    ['the conversation', { conversations: { conversation_id: 'WT1' } }, 'WT1'],
    ['nobody', { customers: { external_id: '', phone: null } }, undefined],
    ['a number', { customers: { external_id: 7 } }, '7'],
  ])('is %s', (_what, of, identity) => {
    expect(insightsIdentity(of)).toBe(identity);
  });
});

describe('the customers that an identity would split or merge', () => {
  const key = (kind: IdentityKey['kind'], value: string): IdentityKey => ({ kind, value });
  const samples = [
    { attributes: { direction: 'inbound', from: phone }, keys: [key('phone', phone)] },
    { attributes: { direction: 'inbound', from: phone }, keys: [key('external_id', 'lead-7'), key('phone', phone)] },
    {
      attributes: { customers: { email: 'ada@example.com' } },
      keys: [key('external_id', 'lead-7'), key('email', 'ada@example.com')],
    },
    { attributes: {}, keys: [] },
  ];

  it('are both histories of a lead who called and wrote, where nothing is remembered', () => {
    expect(identitySplits(samples, { sticky: false })).toEqual({
      tasks: 4,
      tasksOfNobody: 1,
      customersToday: 3,
      customersProposed: 3,
      split: 2,
      merged: 2,
    });
  });

  it('are only the later history, where the number’s first identity stays', () => {
    expect(identitySplits(samples, { sticky: true })).toEqual({
      tasks: 4,
      tasksOfNobody: 1,
      customersToday: 3,
      customersProposed: 2,
      split: 1,
      merged: 2,
    });
  });

  it('are those whose number was written in another way', () => {
    const local = { attributes: { customers: { phone: '2025550143' } }, keys: [key('phone', phone)] };

    expect(identitySplits([local], { sticky: true })).toMatchObject({ split: 1, merged: 0 });
  });

  it('are none where Insights takes the same value already', () => {
    expect(identitySplits(samples.slice(0, 1), { sticky: true })).toMatchObject({ split: 0, merged: 0 });
  });
});
