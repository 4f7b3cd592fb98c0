import {
  identityKeys,
  identitySplits,
  insightsIdentity,
  proposedIdentity,
} from '../../../../lambdas/shared/domain/enrichment/identity.ts';
import type { IdentityKey } from '../../../../lambdas/shared/domain/enrichment/identity.ts';
import { identityKinds } from '../../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { CanonicalTask } from '../../../../lambdas/shared/domain/task-shapes/canonical-task.ts';

const settings = { order: identityKinds, sticky: true };
const task = (of: Partial<CanonicalTask>): CanonicalTask => ({
  shape: 'inbound-call',
  medium: 'voice',
  rd: {},
  customer: {},
  processing: {},
  ...of,
});
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

  it('follows another order where one is given', () => {
    expect(insightsIdentity(attributes, ['email', 'phone'])).toBe('Ada@example.com');
  });
});

describe('the keys of a customer', () => {
  it('come in the order of the settings, each once', () => {
    const call = task({
      direction: 'inbound',
      from: phone,
      customer: { externalId: '7', phone, email: 'ada@example.com' },
    });

    expect(identityKeys(call, settings)).toEqual([
      { kind: 'external_id', value: '7' },
      { kind: 'phone', value: phone },
      { kind: 'email', value: 'ada@example.com' },
    ]);
    expect(identityKeys(call, { ...settings, order: ['email', 'from_to'] })).toEqual([
      { kind: 'email', value: 'ada@example.com' },
      { kind: 'phone', value: phone },
    ]);
  });

  it.each([
    [`${'𝒙'.repeat(128)}`, [{ kind: 'external_id', value: '𝒙'.repeat(128) }]],
    ['x'.repeat(129), []],
    [' lead-9 ', [{ kind: 'external_id', value: 'lead-9' }]],
    [' ', []],
  ])('are such as Insights takes whole, without the space around them: %j', (externalId, keys) => {
    expect(identityKeys(task({}), settings, externalId)).toEqual(keys);
  });

  it('have the team’s own id before the one on the task', () => {
    expect(identityKeys(task({ customer: { externalId: '7' } }), settings, 'lead-9')).toEqual([
      { kind: 'external_id', value: 'lead-9' },
    ]);
  });

  it.each([
    ['inbound', { from: phone, to: '+12025550101' }, [{ kind: 'phone', value: phone }]],
    ['outbound', { from: '+12025550101', to: phone }, [{ kind: 'phone', value: phone }]],
    ['inbound', { from: 'Ada@Example.com' }, [{ kind: 'email', value: 'ada@example.com' }]],
    ['inbound', { from: 'client:ada' }, []],
    ['inbound', { from: '+266696687' }, []],
    ['inbound', { from: '+17378742833' }, []],
    ['inbound', { from: 'sip:ada@example.com' }, []],
  ] as const)('of an %s task with %j are %j', (direction, ends, keys) => {
    expect(identityKeys(task({ direction, ...ends }), settings)).toEqual(keys);
  });
});

describe('a proposed identity', () => {
  const keys: readonly IdentityKey[] = [
    { kind: 'external_id', value: 'lead-7' },
    { kind: 'phone', value: phone },
  ];

  it('is the first key’s value while nothing is remembered', () => {
    expect(proposedIdentity(keys)).toBe('lead-7');
    expect(proposedIdentity(keys, [undefined, undefined])).toBe('lead-7');
  });

  it('stays what any of the keys had first', () => {
    expect(proposedIdentity(keys, [undefined, phone])).toBe(phone);
  });

  it('is nobody’s without a key', () => {
    expect(proposedIdentity([])).toBeUndefined();
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
