import { isPersonName } from '../../../../lambdas/shared/domain/task-shapes/person-name.ts';
import { isWithheld } from '../../../../lambdas/shared/domain/task-shapes/withheld-numbers.ts';
import { read } from './read-fixture.ts';

describe('a person’s name', () => {
  it.each(['Ada Example', 'ADA EXAMPLE', 'O’Brien-Smith, Zoë', '山田 太郎', 'Ада', 'Privately Owned'])(
    'is %s',
    (name) => {
      expect(isPersonName(name)).toBe(true);
    },
  );

  it.each([
    ...['outgoing', 'Outgoing', 'UNKNOWN', 'Anonymous', 'anonymous caller', 'wireless_caller', 'RESTRICTED', 'null'],
    ...['+12025550143', ' (202) 555-0143', '2025550143', 'ada@example.com', 'client:ada', 'https://example.com/ada'],
    ...['sip:ada@example.com', 'Caller 7', 'task_name', '', '   ', '-', '?', 'x'.repeat(129)],
  ])('is not %p', (name) => {
    expect(isPersonName(name)).toBe(false);
  });
});

describe('the customer', () => {
  it('has the name that Insights’ own key says before the one that Flex shows', () => {
    expect(read({ name: 'Bob Example', customers: { name: 'Ada Example' } })).toMatchObject({
      task: { name: 'Bob Example', customer: { name: 'Ada Example' } },
      conflicts: [{ path: 'customer.name', keptFrom: 'customers.name', droppedFrom: 'name' }],
    });
  });

  it('is told the same by names that differ only in case and spaces', () => {
    expect(read({ name: ' Ada  Example', customers: { name: 'ADA EXAMPLE' } }).conflicts).toEqual([]);
  });

  it('has the first and last name of a form where there is no whole one', () => {
    expect(read({ rdJson: { firstName: 'Ada', lastName: 'Example' } })).toMatchObject({
      task: { customer: { name: 'Ada Example' } },
      provenance: { 'customer.name': 'rdJson.firstName' },
    });
  });

  it('is not contradicted by a first name alone', () => {
    expect(read({ customers: { name: 'Ada Example' }, rdJson: { firstName: 'Ada' } }).conflicts).toEqual([]);
  });

  it('has the external id as text, and an address in lower case', () => {
    expect(read({ customers: { external_id: 42, email: ' Ada@Example.COM ' } }).task.customer).toEqual({
      externalId: '42',
      email: 'ada@example.com',
    });
  });

  it('may have another number than the one that called: neither contradicts the other', () => {
    const reading = read({
      direction: 'inbound',
      from: '+12025550143',
      customers: { phone: '+12025550151' },
      name: '+12025550143',
    });

    expect(reading.task).toMatchObject({ from: '+12025550143', customer: { phone: '+12025550151' } });
    expect(reading.conflicts).toEqual([]);
  });

  it('is at neither end of a talk without direction', () => {
    expect(read({ from: '+12025550143', to: '+12025550129' }).task.customer).toEqual({});
  });

  it.each([
    ['from', { direction: 'inbound', from: 'Ada@example.com' }],
    ['contact', { contact: 'ada@example.com' }],
    ['customerAddress', { customerAddress: 'ada@example.com' }],
  ])('has an address from %s', (from, attributes) => {
    expect(read(attributes)).toMatchObject({
      task: { customer: { email: 'ada@example.com' } },
      provenance: { 'customer.email': from },
    });
  });

  it('has the number behind the scheme of a messaging address', () => {
    expect(read({ customerAddress: 'whatsapp:+12025550143' }).task.customer).toEqual({ phone: '+12025550143' });
  });

  // The words ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a telephone's keypad.
  it.each(['+266696687', '+7378742833', '+17378742833', '+2562533', '+8656696', '+86282452253'])(
    'has no number where %s stands for a withheld one',
    (from) => {
      expect(isWithheld(from)).toBe(true);
      const { task, notes } = read({ direction: 'inbound', from });

      expect(task.from).toBe(from);
      expect(task.customer).toEqual({});
      expect(notes).toEqual([]);
    },
  );

  it('of no number that can be dialled has none, with a note', () => {
    const reading = read({ customers: { phone: '555-0143' }, direction: 'inbound', from: 'client:ada2025550143' });

    expect(reading.task.from).toBe('client:ada2025550143');
    expect(reading.task.customer).toEqual({});
    expect(reading.notes).toEqual([{ kind: 'not-e164', path: 'customers.phone' }]);
  });
});
