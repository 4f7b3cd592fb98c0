import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintTaskAttributes } from '../../../../lambdas/shared/domain/insights/lint-task-attributes.ts';
import { parseTaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';

const open = { hipaaMode: false };
const hipaa = { hipaaMode: true };

function fixture(file: string): TaskAttributes {
  const read = parseTaskAttributes(readFileSync(join(import.meta.dirname, '../../../fixtures', file), 'utf8'));
  if (read.kind !== 'object') throw new Error(read.why);
  return read.attributes;
}

function said(attributes: TaskAttributes, options: { readonly hipaaMode: boolean } = open): readonly string[] {
  return lintTaskAttributes(attributes, options).map(({ level, rule, path }) => `${level} ${rule} ${path}`);
}

describe("the documentation's own examples", () => {
  it.each(['insights/documented-task.json', 'insights/documented-customer.json'])('%s is clean', (file) => {
    expect(lintTaskAttributes(fixture(file), open)).toEqual([]);
  });
});

describe('the shapes that tasks are met in', () => {
  it.each<[string, readonly string[]]>([
    [
      'snake-case-call',
      [
        'warning label-names-attribute conversations.conversation_label_1',
        'warning phone-not-e164 customers.phone',
        'error unknown-key customers.custom_attr_1',
        'warning high-cardinality customers.customer_attribute_1',
        'warning label-names-attribute customers.customer_label_1',
      ],
    ],
    ['follow-up', ['warning phone-not-e164 customers.phone', 'error unknown-key customers.custom_attr_1']],
    ['primary', ['warning phone-not-e164 customers.phone', 'error unknown-key customers.custom_attr_1']],
    ['inbound-call', []],
    ['outbound-call', []],
    ['outbound-call-local-number', []],
    ['chat', []],
    ['sms', []],
    ['generic-call', []],
  ])('%s has exactly its known faults', (shape, faults) => {
    expect(said(fixture(`tasks/${shape}.json`))).toEqual(faults);
  });

  it('offers the key that was meant by custom_attr_1', () => {
    const unknown = lintTaskAttributes(fixture('tasks/primary.json'), open).find(({ rule }) => rule === 'unknown-key');

    expect(unknown?.message).toBe('Insights ignores custom_attr_1 without a word. Did you mean customer_attribute_1?');
  });
});

describe('keys', () => {
  it.each([
    ['conversations', 'handlingTeamId', 'Did you mean handling_team_id?'],
    ['conversations', 'langauge', 'Did you mean language?'],
    ['conversations', 'conversation_attribute_11', 'Of your own there are conversation_attribute_1 to 10.'],
    ['conversations', 'conversation_measure_11', 'Of your own there are conversation_measure_1 to 10.'],
    ['customers', 'customer_label_4', 'Of your own there are customer_label_1 to 3.'],
    [
      'customers',
      'customer_measure_1',
      'It has no measures of its own here; write numbers into conversation_measure_1 to 10.',
    ],
    [
      'customers',
      'shoe_size_of_the_dog',
      'docs/insights.md lists the keys. Of your own there are customer_attribute_1 to 3.',
    ],
  ])('%s.%s is unknown: %s', (root, name, hint) => {
    const [found, ...others] = lintTaskAttributes({ [root]: { [name]: 1 } }, open);

    expect(others).toEqual([]);
    expect(found).toMatchObject({ level: 'error', rule: 'unknown-key', path: `${root}.${name}`, value: 1 });
    expect(found?.message).toBe(`Insights ignores ${name} without a word. ${hint}`);
  });

  it.each(['text', 5, ['a'], true])('%j is no conversations', (value) => {
    expect(said({ conversations: value })).toEqual(['error not-an-object conversations']);
    expect(said({ customers: value })).toEqual(['error not-an-object customers']);
  });

  it('finds an object that stands beside where Insights looks', () => {
    expect(said({ conversation: { language: 'english' } })).toEqual(['note near-key conversation']);
    expect(said({ customer: { name: 'Ada Example' } })).toEqual(['note near-key customer']);
    expect(said({ conversations: null, customer: 'Ada Example' })).toEqual([]);
  });
});

describe('labels', () => {
  it.each([
    ['Google', 'AdSourceName'],
    ['Google', 'Ad Source Name'],
    ['544', 'lead_id'],
    ['x', 'Conversation Sid'],
  ])('of "%s", "%s" is a name and no value', (attribute, label) => {
    expect(said({ conversations: { conversation_attribute_2: attribute, conversation_label_2: label } })).toEqual([
      'warning label-names-attribute conversations.conversation_label_2',
    ]);
  });

  it.each([
    ['Very technical representation of a category', 'Human readable category name'],
    ['yt', 'YouTube'],
    ['Attribute Value 1', 'Label 1'],
    ['LeadId', 'LeadId'],
    [null, 'LeadId'],
    ['', 'ID-123456789'],
  ])('of %j, "%s" is what reports may show', (attribute, label) => {
    expect(said({ conversations: { conversation_attribute_2: attribute, conversation_label_2: label } })).toEqual([]);
  });

  it('is judged beside the attribute of its own number', () => {
    expect(said({ customers: { customer_attribute_1: 'Google', customer_label_2: 'LeadId' } })).toEqual([]);
  });
});

describe('teams and departments', () => {
  it.each(['team', 'department'])('a handling %s is shown beside its id alone', (unit) => {
    const name = `handling_${unit}_name`;

    expect(said({ conversations: { [name]: 'Sales' } })).toEqual([`error ${unit}-id-missing conversations.${name}`]);
    expect(said({ conversations: { [name]: 'Sales', [`handling_${unit}_id`]: '' } })).toEqual([
      `error ${unit}-id-missing conversations.${name}`,
    ]);
    expect(said({ conversations: { [name]: 'Sales', [`handling_${unit}_id`]: '2' } })).toEqual([]);
    expect(said({ conversations: { [`handling_${unit}_id`]: '2' } })).toEqual([]);
    expect(said({ conversations: { [`${name}_in_hierarchy`]: 'London ▸ Sales' } })).toEqual([
      `error ${unit}-id-missing conversations.${name}_in_hierarchy`,
    ]);
  });
});

describe('the size of the attributes', () => {
  it('may be 4,096 characters and not one more', () => {
    const around = '{"note":""}'.length;

    expect(said({ note: 'a'.repeat(4096 - around) })).toEqual([]);
    expect(said({ note: 'a'.repeat(4097 - around) })).toEqual(['error attributes-too-large attributes']);
  });
});

describe('in HIPAA mode', () => {
  const customer = {
    name: 'Ada Example',
    phone: '2025550143',
    email: 'ada@example.com',
    external_id: '1',
    zip: '20001',
    geo_location: '0;0',
    category: 'VIP',
    country: 'US',
    year_of_birth: '1947',
  };

  it('the keys that tell who somebody is are removed', () => {
    expect(said({ customers: customer }, hipaa)).toEqual(
      ['name', 'phone', 'email', 'external_id', 'zip', 'geo_location'].map(
        (key) => `error hipaa-removed customers.${key}`,
      ),
    );
  });

  it('ten keys at the root stay, and the others are noted', () => {
    const kept = {
      channelSid: `CH${'0'.repeat(32)}`,
      conversations: {},
      customers: {},
      direction: 'inbound',
      from_country: 'US',
      hipaa_enabled: true,
      reason: 'x',
      recordings: [],
      reservation_attributes: {},
      to_country: 'US',
    };

    expect(said(kept, hipaa)).toEqual([]);
    expect(said({ ...kept, call_sid: 'x', from: '+12025550143' }, hipaa)).toEqual([
      'note hipaa-root call_sid',
      'note hipaa-root from',
    ]);
    expect(said({ call_sid: 'x' })).toEqual([]);
  });

  it('the rules for values hold as elsewhere', () => {
    expect(said({ conversations: { order: 'x' }, customers: { year_of_birth: '1900' } }, hipaa)).toEqual([
      'error wrong-type conversations.order',
      'error year-range customers.year_of_birth',
    ]);
  });
});
