import type { EnrichmentConfig, Rule } from '../../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { lintEnrichmentConfig } from '../../../../lambdas/shared/domain/insights/lint-enrichment-config.ts';

const open = { hipaaMode: false };
const hipaa = { hipaaMode: true };

function config(rules: readonly Partial<Rule>[], more: Partial<EnrichmentConfig> = {}): EnrichmentConfig {
  const words = {
    customer: 'Customer',
    agent: 'Agent',
    system: null,
    consult: 'Consult',
    coldTransfer: 'Cold Transfer',
  };
  const more2 = { warmTransfer: 'Warm Transfer', externalColdTransfer: null, externalWarmTransfer: null };
  return {
    name: 'example',
    defaultCountry: 'US',
    rules: rules.map(filledIn),
    lookups: {},
    writesRd: false,
    endings: { ...words, ...more2, externalTransfer: 'External Transfer' },
    agentStates: {},
    workerRules: [],
    ...more,
  };
}

function filledIn(rule: Partial<Rule>, place: number): Rule {
  return { name: `rule-${place}`, write: 'conversations.language', value: 'task.rd.spoken_language_required', ...rule };
}

function said(checked: EnrichmentConfig, options = open): readonly string[] {
  return lintEnrichmentConfig(checked, options).map(({ level, rule, path }) => `${level} ${rule} ${path}`);
}

function saidOf(...rules: readonly Partial<Rule>[]): readonly string[] {
  return said(config(rules));
}

describe('lintEnrichmentConfig', () => {
  it('finds nothing in rules as the documentation has them', () => {
    expect(
      saidOf(
        { write: 'conversations.conversation_id', value: 'facts.conversationId' },
        { write: 'conversations.language' },
        {
          write: 'conversations.conversation_attribute_1',
          value: '$lookup(lookups.adSources, $string(task.rd.ad_source_id))',
        },
        { write: 'conversations.conversation_label_2', value: '$string(task.rd.lead_id)', isId: true },
        { write: 'conversations.conversation_measure_1', value: 'task.rd.community_group_priority' },
        { write: 'conversations.in_business_hours', value: "facts.isInBusinessHours ? 'Yes' : 'No'" },
        { write: 'customers.name', value: 'task.customer.name' },
      ),
    ).toEqual([]);
  });

  it('finds a slot that two rules write, unless each has its condition', () => {
    const twice = 'error slot-used-twice rules[1].write';

    expect(saidOf({}, {})).toEqual([twice]);
    expect(saidOf({ when: 'a' }, {})).toEqual([twice]);
    expect(saidOf({}, { when: 'a' })).toEqual([twice]);
    expect(saidOf({ when: 'a' }, { when: 'b' })).toEqual([]);
  });

  it('finds keys that Insights does not read, and notes places of the team', () => {
    expect(saidOf({ write: 'conversations.langauge' })).toEqual(['error unknown-key rules[0].write']);
    expect(saidOf({ write: 'customers.customer_label_4' })).toEqual(['error unknown-key rules[0].write']);
    expect(saidOf({ write: 'customers' })).toEqual(['error not-an-object rules[0].write']);
    expect(saidOf({ write: 'processing_path' })).toEqual(['note not-read rules[0].write']);
    expect(saidOf({ write: 'ours.note' })).toEqual(['note not-read rules[0].write']);
  });

  it.each([
    ['conversations.conversation_measure_1', '"five"', ['error wrong-type rules[0].value']],
    ['conversations.conversation_measure_1', '"5"', ['warning type-converted rules[0].value']],
    ['conversations.conversation_measure_1', '5', []],
    ['customers.year_of_birth', "'1900'", ['error year-range rules[0].value']],
    ['customers.year_of_birth', "'1901'", []],
    ['conversations.outcome', `"${'a'.repeat(129)}"`, ['warning too-long rules[0].value']],
    ['conversations.outcome', '"\\u00e9\\n\\"x\\""', []],
    ['conversations.outcome', 'true', ['warning type-converted rules[0].value']],
    ['conversations.outcome', '"544532"', ['warning high-cardinality rules[0].value']],
    ['conversations.outcome', '"544532" & event.channel', []],
  ])('judges for %s the constant %s as it would judge the value', (write, value, expected) => {
    expect(saidOf({ write, value })).toEqual(expected);
  });

  it('sends ids to labels', () => {
    const id = { value: 'task.rd.thing', isId: true };

    expect(saidOf({ ...id, write: 'conversations.conversation_attribute_3' })).toEqual([
      'error id-in-attribute rules[0].write',
    ]);
    expect(saidOf({ ...id, write: 'conversations.outcome' })).toEqual(['error id-in-attribute rules[0].write']);
    expect(saidOf({ ...id, write: 'conversations.conversation_measure_3' })).toEqual([
      'error id-in-attribute rules[0].write',
    ]);
    expect(saidOf({ ...id, write: 'conversations.conversation_label_3' })).toEqual([]);
  });

  it.each(['task.rd.lead_id', '$string(task.rd.resident_id)', 'task.callSid', 'task.customer.phone', 'worker.email'])(
    'warns of %s in an attribute',
    (value) => {
      expect(saidOf({ write: 'conversations.conversation_attribute_3', value })).toEqual([
        'warning high-cardinality rules[0].value',
      ]);
      expect(saidOf({ write: 'conversations.conversation_label_3', value })).toEqual([]);
    },
  );

  it.each(['task.rd.client_id', 'task.rd.community_group_id', 'event.queueName'])(
    'takes %s for a category',
    (value) => {
      expect(saidOf({ write: 'conversations.conversation_attribute_3', value })).toEqual([]);
    },
  );

  it('finds a label that names its attribute', () => {
    const attribute = { write: 'conversations.conversation_attribute_1', value: 'task.rd.ad_source_name' };
    const label = { write: 'conversations.conversation_label_1', value: "'AdSourceName'" };

    expect(saidOf(attribute, label)).toEqual(['error constant-label rules[1].value']);
    expect(saidOf(attribute, { ...label, value: 'task.rd.ad_source_title' })).toEqual([]);
    expect(saidOf(attribute, { ...label, write: 'conversations.conversation_label_2' })).toEqual([
      'warning label-names-attribute rules[1].value',
    ]);
    expect(saidOf({ ...label, value: "'Walk-in customers'" })).toEqual([]);
    expect(saidOf({ ...attribute, value: "'ads-17'" }, { ...label, value: "'Google'" })).toEqual([]);
  });

  it('warns of whatever changes who a customer is', () => {
    expect(saidOf({ write: 'customers.phone', value: 'task.customer.phone' })).toEqual([
      'warning customers-rekeyed rules[0].write',
    ]);
    expect(saidOf({ write: 'customers.email', value: 'task.customer.email' })).toEqual([
      'warning customers-rekeyed rules[0].write',
    ]);
    expect(saidOf({ write: 'customers.external_id', value: 'facts.identity' })).toEqual([
      'warning external-id-opt-in rules[0].write',
    ]);
    expect(said(config([], { identity: { order: ['phone'], sticky: true } }))).toEqual([
      'warning external-id-opt-in identity',
    ]);
  });

  it('refuses under HIPAA what Insights would be kept from', () => {
    const personal = config(
      [{ write: 'customers.name', value: 'task.customer.name' }, { write: 'customers.category' }],
      {
        identity: { order: ['phone'], sticky: true },
      },
    );

    expect(said(personal, hipaa)).toEqual(['error hipaa-removed rules[0].write', 'error hipaa-removed identity']);
  });

  it('warns of a team that no rule gives an id', () => {
    const name = { write: 'conversations.handling_team_name', value: 'worker.teamName' };
    const id = { write: 'conversations.handling_team_id', value: 'worker.teamId' };

    expect(saidOf(name)).toEqual(['warning team-id-missing rules[0].write']);
    expect(saidOf(name, id)).toEqual([]);
  });

  it("judges workers' rules by workers' keys", () => {
    const workerRules = [
      { write: 'team_name', value: 'worker.teamName' },
      { write: 'agent_attribute_1', value: 'worker.workerSid' },
      { write: 'teamName', value: 'worker.teamName' },
      { write: 'agent_label_1', value: '"Worker Sid"' },
    ].map(filledIn);

    expect(said(config([], { workerRules }))).toEqual([
      'warning high-cardinality workerRules[1].value',
      'note not-read workerRules[2].write',
      'error constant-label workerRules[3].value',
      'warning team-id-missing workerRules[0].write',
    ]);
  });

  it('measures the words that calls end with, and those that are looked up', () => {
    const long = 'a'.repeat(129);
    const { endings } = config([]);

    expect(
      said(
        config([], { endings: { ...endings, agent: long }, lookups: { adSources: { 1: long, 2: 'a'.repeat(128) } } }),
      ),
    ).toEqual(['warning too-long endings.agent', 'warning too-long lookups.adSources.1']);
  });

  it('names the rule that came first, and says what to do', () => {
    expect(lintEnrichmentConfig(config([{ name: 'first' }, {}]), open)[0]).toEqual({
      level: 'error',
      rule: 'slot-used-twice',
      path: 'rules[1].write',
      value: 'conversations.language',
      message: '"first" writes it too, and one of the two has no condition: use another slot, or give both a when.',
      source: 'https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11)',
    });
  });
});
