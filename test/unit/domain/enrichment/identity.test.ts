import { identityKinds } from '../../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { identityKeys, proposedIdentity } from '../../../../lambdas/shared/domain/enrichment/identity.ts';
import type { IdentityKey } from '../../../../lambdas/shared/domain/enrichment/identity.ts';
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
