import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { jsonataExpressions } from '../../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { lintEnrichmentConfig } from '../../../lambdas/shared/domain/insights/lint-enrichment-config.ts';
import { enrichmentConfigSchema } from '../../../lambdas/shared/messages/enrichment-config-schema.ts';
import { readEnrichmentConfig } from '../../../lambdas/shared/messages/enrichment-config.ts';

const folder = path.resolve(import.meta.dirname, '../../../config/enrichment');
const fileText = (name: string): string => readFileSync(path.join(folder, `${name}.json`), 'utf8');

const smallest = { name: 'own', defaultCountry: 'US', rules: [] };
const rule = { name: 'a', write: 'conversations.language', value: "'x'" };
const read = (of: object) => readEnrichmentConfig(JSON.stringify({ ...smallest, ...of }));
const faultsOf = (text: string): readonly string[] => {
  let message = '';
  try {
    readEnrichmentConfig(text);
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
  }
  return message.split('\n').slice(1);
};
const faults = (of: object): readonly string[] => faultsOf(JSON.stringify({ ...smallest, ...of }));

describe('an enrichment file', () => {
  it('has a default for everything but its name, its country and its rules', () => {
    expect(read({})).toEqual({
      name: 'own',
      defaultCountry: 'US',
      rules: [],
      lookups: {},
      writesRd: false,
      endings: {
        customer: 'Customer',
        agent: 'Agent',
        system: null,
        consult: 'Consult',
        coldTransfer: 'Cold Transfer',
        warmTransfer: 'Warm Transfer',
        externalColdTransfer: 'External Cold Transfer',
        externalWarmTransfer: 'External Warm Transfer',
        externalTransfer: 'External Transfer',
      },
      agentStates: {},
      workerRules: [],
    });
  });

  it('identifies customers in the documented order and stays with the first, where it says no more', () => {
    expect(read({ identity: {} }).identity).toEqual({
      order: ['external_id', 'phone', 'email', 'from_to', 'conversation_id'],
      sticky: true,
    });
  });

  it('changes one word of the endings and keeps the others', () => {
    const { endings } = read({ endings: { system: 'System', consult: null } });

    expect([endings.system, endings.consult, endings.agent]).toEqual(['System', null, 'Agent']);
  });

  it('is closed on the days that its calendar leaves out', () => {
    const businessHours = { timeZone: 'America/Denver', weekly: { mon: [['09:00', '24:00']] } };

    expect(read({ businessHours }).businessHours).toEqual({
      timeZone: 'America/Denver',
      weekly: { mon: [['09:00', '24:00']], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      holidays: [],
    });
  });

  it('may describe itself and its rules to people, and says nothing of that to the code', () => {
    expect(read({ $schema: './schema.json', description: 'Ours.', rules: [{ ...rule, description: 'Why.' }] })).toEqual(
      read({ rules: [rule] }),
    );
  });

  it.each(['UTC', 'Asia/Kolkata', 'US/Mountain'])('may name its time zone %s', (timeZone) => {
    expect(read({ businessHours: { timeZone, weekly: {} } }).businessHours?.timeZone).toBe(timeZone);
  });

  it('may write one path twice where both rules have a condition', () => {
    const rules = [
      { ...rule, when: 'true' },
      { ...rule, name: 'b', when: 'false' },
    ];

    expect(read({ rules }).rules).toEqual(rules);
  });

  it.each(['conversations.conversation_label_10', 'customers.customer_label_1'])('may put an id into %s', (write) => {
    expect(read({ rules: [{ ...rule, write, isId: true }] }).rules).toHaveLength(1);
  });
});

describe('a fault in an enrichment file', () => {
  it.each([
    ['{', '- the file: no JSON; look for a missing or superfluous comma'],
    ['[]', '- the file is []; allowed is an object; correct it'],
  ])('of the text %s is told', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it.each([
    ['a key that is not there', { name: undefined }, '- name: missing; allowed is a text; add it'],
    [
      'a key that there is none of',
      { rulez: [] },
      '- rulez: no key of this file (did you mean rules?); allowed are those of schema.json; rename it or take it away',
    ],
    ['a name with capitals', { name: 'Own' }, /^- name is "Own"; allowed is lower-case letters/],
    [
      'a country that is none',
      { defaultCountry: 'UK' },
      /^- defaultCountry is "UK"; allowed is a country of ISO 3166-1/,
    ],
    ['another type', { writesRd: 'yes' }, '- writesRd is "yes"; allowed is a boolean; correct it'],
    [
      'a lookup to something else than a text',
      { lookups: { a: { b: 3 } } },
      /^- lookups\.a\.b is 3; allowed is a text/,
    ],
    [
      'a word that is a number',
      { endings: { system: 3 } },
      '- endings.system is 3; allowed is a text or null; choose one',
    ],
    [
      'a time without its first digit',
      weekly([['9:00', '17:00']]),
      /weekly\.mon\[0\]\[0\] is "9:00"; allowed is "HH:MM"/,
    ],
    ['a time after midnight', weekly([['09:00', '24:01']]), /weekly\.mon\[0\]\[1\] is "24:01"/],
    ['a minute 60', weekly([['09:00', '17:60']]), /weekly\.mon\[0\]\[1\] is "17:60"/],
    ['half a span', weekly([['09:00']]), /weekly\.mon\[0\] is \["09:00"\]; allowed is a pair of times/],
    ['a span without length', weekly([['09:00', '09:00']]), /weekly\.mon\[0\] is \["09:00","09:00"\]/],
    ['a span from the day’s end', weekly([['24:00', '09:00']]), /weekly\.mon\[0\] is \["24:00","09:00"\]/],
    [
      'a time zone of no place',
      zone('US/Mars'),
      /^- businessHours\.timeZone is "US\/Mars"; allowed is a zone of the IANA/,
    ],
    ['an offset for a time zone', zone('+02:00'), /^- businessHours\.timeZone is "\+02:00"/],
    [
      'a day that there is not',
      holidays('2026-02-29'),
      /^- businessHours\.holidays\[0\] is "2026-02-29"; allowed is a day of/,
    ],
    [
      'a day in another form',
      holidays('25.12.2026'),
      /^- businessHours\.holidays\[0\] is "25\.12\.2026"; allowed is a day as/,
    ],
    [
      'a state that is Calabrio’s own',
      { agentStates: { A: { state: 'Talking' } } },
      /^- agentStates\.A\.state is "Talking"/,
    ],
    [
      'a reason with a state that takes none',
      { agentStates: { 'At lunch': { state: 'Logout', isReasonSent: true } } },
      /^- agentStates\["At lunch"\]\.isReasonSent is true; allowed is a reason only with Not Ready/,
    ],
    [
      'a kind of identity twice',
      { identity: { order: ['phone', 'phone'] } },
      /^- identity\.order is "phone"; allowed is each/,
    ],
    [
      'an id that is not in the order',
      { identity: { order: ['phone'], externalId: 'x' } },
      /^- identity\.externalId is "x"/,
    ],
  ])('is told of %s', (_what, of, fault) => {
    expect(faults(of)).toEqual([typeof fault === 'string' ? fault : expect.stringMatching(fault)]);
  });

  it.each([
    ['a path too deep', { write: 'a.b.c' }, /rules\[0\]\.write is "a\.b\.c"; allowed is "<root>\.<key>" or "<root>"/],
    [
      'the link',
      { write: 'conversations.segment_link' },
      /write is "conversations\.segment_link"; .*link-recording writes/,
    ],
    ['the media', { write: 'conversations.media' }, /write is "conversations\.media"; .*link-recording writes/],
    ['all of a root', { write: 'customers' }, /write is "customers"; .*write customers\.<key>/],
    ['the whole rd', { write: 'rd' }, /write is "rd"; .*write rd\.<key>/],
    ['a reservation', { write: 'reservation_attributes.x' }, /write is "reservation_attributes\.x"/],
    ['a root of Twilio’s', { write: 'conference.sid' }, /write is "conference\.sid"; .*conference is Twilio’s/],
    ['a prototype', { write: '__proto__.x' }, /write is "__proto__\.x"; allowed is a key that is not of JavaScript/],
    ['no expression', { value: '' }, /rules\[0\]\.value is ""; allowed is a JSONata expression/],
    ['no event', { on: [] }, /rules\[0\]\.on is \[\]; allowed is at least one event/],
    [
      'an unknown event',
      { on: ['task.ended'] },
      /rules\[0\]\.on\[0\] is "task\.ended"; allowed is one of "task\.created"/,
    ],
    ['an event too late', { on: ['task.wrapup', 'task.completed'] }, /rules\[0\]\.on is "task\.completed"; .*has read/],
    [
      'an event too late for identity',
      { write: 'customers.external_id', on: ['task.created', 'task.wrapup'] },
      /rules\[0\]\.on is "task\.wrapup"; allowed is task\.created alone/,
    ],
    ['an id in a value', { isId: true }, /rules\[0\]\.isId is true; allowed is only with a label/],
  ])('is told of a rule that writes %s', (_what, of, fault) => {
    expect(faults({ rules: [{ ...rule, ...of }] })).toEqual([expect.stringMatching(fault)]);
  });

  it.each([
    ['one name', rule, { write: 'a' }, /rules\[1\]\.name is "a"; allowed is a name that no other rule has/],
    [
      'one path, of which one has no condition',
      rule,
      { name: 'b', when: 'true' },
      /rules\[1\]\.write is .*only if both have a when/,
    ],
    [
      'a path and a place inside it',
      { ...rule, write: 'own.x' },
      { name: 'b', write: 'own' },
      /rules\[1\]\.write is "own"; .*"a" writes \(own\.x\)/,
    ],
  ])('is told of two rules with %s', (_what, first, of, fault) => {
    expect(faults({ rules: [first, { ...rule, ...of }] })).toEqual([expect.stringMatching(fault)]);
  });

  it.each([
    ['what Flex routes by', { write: 'routing.skills' }, /workerRules\[0\]\.write is "routing\.skills"/],
    ['the attribute with its owner', { write: 'worker.full_name' }, /workerRules\[0\]\.write is "worker\.full_name"/],
    ['at an event', { write: 'full_name', on: ['task.created'] }, /workerRules\[0\]\.on is \["task\.created"\]/],
  ])('is told of a worker’s rule that writes %s', (_what, of, fault) => {
    expect(faults({ workerRules: [{ ...rule, ...of }] })).toEqual([expect.stringMatching(fault)]);
  });

  it('does not hide another', () => {
    const twoFaults = { ...smallest, defaultCountry: 'UK', rules: [{ ...rule, isId: true }] };

    expect(() => readEnrichmentConfig(JSON.stringify(twoFaults))).toThrow(/has 2 faults:\n- .*\n- /);
  });
});

describe('the files of config/enrichment', () => {
  it('are described to editors by the schema that reads them', () => {
    // After a change of the schema: write what is received here to config/enrichment/schema.json, and format it.
    expect(JSON.parse(fileText('schema'))).toEqual(z.toJSONSchema(enrichmentConfigSchema, { io: 'input' }));
  });

  it.each(['minimal', 'property-management'])('have nothing that Insights would lose in %s', (name) => {
    expect(lintEnrichmentConfig(readEnrichmentConfig(fileText(name)), { hipaaMode: false })).toEqual([]);
  });

  it.each(['minimal', 'property-management'])('have no expression that cannot be run in %s', (name) => {
    const { rules, workerRules, processing, identity } = readEnrichmentConfig(fileText(name));
    const texts = [...rules, ...workerRules].flatMap(({ value, when }) => [value, when]);
    const expressions = jsonataExpressions();

    const faulty = [...texts, ...Object.values(processing ?? {}), identity?.externalId].filter(
      (text) => text !== undefined && expressions.compile(text).kind === 'faulty',
    );

    expect(faulty).toEqual([]);
  });

  it('are called what they say that they are', () => {
    const names = ['minimal', 'property-management'];

    expect(names.map((name) => readEnrichmentConfig(fileText(name)).name)).toEqual(names);
  });

  it('write no more than the conversation and the language in minimal, and nothing of customers', () => {
    const { rules, workerRules, writesRd, identity } = readEnrichmentConfig(fileText('minimal'));

    expect(rules.map(({ write }) => write)).toEqual(['conversations.conversation_id', 'conversations.language']);
    expect([workerRules, writesRd, identity]).toEqual([[], false, undefined]);
  });

  it('leave customers who they are in property-management', () => {
    const { rules, identity } = readEnrichmentConfig(fileText('property-management'));
    const identities = ['customers.external_id', 'customers.phone', 'customers.email'];

    expect(rules.filter(({ write }) => identities.includes(write))).toEqual([]);
    expect(identity).toBeUndefined();
  });
});

function weekly(mon: readonly (readonly string[])[]): object {
  return { businessHours: { timeZone: 'UTC', weekly: { mon } } };
}

function zone(timeZone: string): object {
  return { businessHours: { timeZone, weekly: {} } };
}

function holidays(day: string): object {
  return { businessHours: { timeZone: 'UTC', weekly: {}, holidays: [day] } };
}
