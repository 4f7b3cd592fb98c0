import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  insightsKey,
  insightsKeys,
  keyNames,
  slotPath,
} from '../../../../lambdas/shared/domain/insights/dictionary.ts';
import type { InsightsRoot } from '../../../../lambdas/shared/domain/insights/dictionary.ts';

// https://www.twilio.com/docs/flex/developer/insights/hipaa-flex-insights-historical-reporting (read 2026-11)
const keptInConversations = (
  'abandon_time, abandoned, abandoned_phase, activity, activity_time, agent_talk_time, average_response_time, ' +
  'campaign, case, channel, communication_channel, content, conversation_attribute_1, conversation_attribute_10, ' +
  'conversation_attribute_2, conversation_attribute_3, conversation_attribute_4, conversation_attribute_5, ' +
  'conversation_attribute_6, conversation_attribute_7, conversation_attribute_8, conversation_attribute_9, ' +
  'conversation_id, conversation_label_1, conversation_label_10, conversation_label_2, conversation_label_3, ' +
  'conversation_label_4, conversation_label_5, conversation_label_6, conversation_label_7, conversation_label_8, ' +
  'conversation_label_9, conversation_measure_1, conversation_measure_10, conversation_measure_2, ' +
  'conversation_measure_3, conversation_measure_4, conversation_measure_5, conversation_measure_6, ' +
  'conversation_measure_7, conversation_measure_8, conversation_measure_9, crosstalk_time, customer_talk_time, date, ' +
  'destination, direction, external_contact, external_id_label, first_response_time, focus_time, followed_by, ' +
  'handling_department_id, handling_department_name, handling_department_name_in_hierarchy, handling_team_id, ' +
  'handling_team_name, handling_team_name_in_hierarchy, hang_up_by, hold_time, in_business_hours, initiated_by, ' +
  'initiative, ivr_path, ivr_time, kind, language, longest_silence_before_agent, longest_silence_before_customer, ' +
  'longest_talk_by_agent, longest_talk_by_customer, media, order, outcome, preceded_by, priority, productive, queue, ' +
  'queue_time, recording_status, ring_time, segment_link, segment_name, segment_recording_offset, service_level, ' +
  'silence_time, source, talk_time, virtual, workflow, wrap_up_time'
).split(', ');
const keptInCustomers = (
  'acquisition_cost, acquisition_date, business_value, category, country, customer_attribute_1, customer_attribute_2, ' +
  'customer_attribute_3, customer_label_1, customer_label_2, customer_label_3, customer_link, customer_manager, gender, ' +
  'market_segment, organization, region, state, type, year_of_birth'
).split(', ');

function documented(file: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../../fixtures/insights', file), 'utf8'));
}

describe('the dictionary of Flex Insights', () => {
  it('has every key of conversations that Twilio lists, and no other', () => {
    expect(keyNames('conversations').toSorted()).toEqual(keptInConversations.toSorted());
  });

  it('has every key of the documented examples', () => {
    const { conversations = {}, customers = {} } = documented('documented-task.json');
    const more = documented('documented-customer.json')['customers'] ?? {};

    expect(keyNames('conversations')).toEqual(expect.arrayContaining(Object.keys(conversations)));
    expect(keyNames('customers')).toEqual(expect.arrayContaining([...Object.keys(customers), ...Object.keys(more)]));
    expect(keyNames('worker').toSorted()).toEqual(Object.keys(documented('documented-worker.json')).toSorted());
  });

  it('knows what HIPAA leaves of customers', () => {
    const kept = insightsKeys.filter(({ root, isKeptByHipaa }) => root === 'customers' && isKeptByHipaa);

    expect(kept.map(({ name }) => name).toSorted()).toEqual(keptInCustomers.toSorted());
  });

  it.each<[InsightsRoot, string, number]>([
    ['conversations', 'conversation_measure', 10],
    ['conversations', 'conversation_attribute', 10],
    ['conversations', 'conversation_label', 10],
    ['customers', 'customer_attribute', 3],
    ['customers', 'customer_label', 3],
    ['customers', 'customer_measure', 0],
    ['worker', 'agent_attribute', 3],
    ['worker', 'agent_label', 3],
  ])('%s has %s up to %i', (root, slot, count) => {
    expect(insightsKey(`${root}.${slot}_0`)).toBeUndefined();
    expect(insightsKey(`${root}.${slot}_1`) !== undefined).toBe(count > 0);
    expect(insightsKey(`${root}.${slot}_${count}`) !== undefined).toBe(count > 0);
    expect(insightsKey(`${root}.${slot}_${count + 1}`)).toBeUndefined();
  });

  it('says of every key where it is written', () => {
    for (const { source } of insightsKeys)
      expect(source).toMatch(/^https:\/\/www\.twilio\.com\/docs\/\S+ \(read 20\d\d-\d\d\)$/);
  });

  it('finds the label of an attribute', () => {
    const [attribute, measure, language] = ['attribute_7', 'measure_7']
      .map((slot) => insightsKey(`conversations.conversation_${slot}`))
      .concat(insightsKey('conversations.language'));

    expect(attribute && slotPath(attribute, 'label')).toBe('conversations.conversation_label_7');
    expect(measure && slotPath(measure, 'label')).toBe('conversations.conversation_label_7');
    expect(language && slotPath(language, 'label')).toBeUndefined();
  });

  it.each([
    ['conversations.order', 'number'],
    ['conversations.ivr_time', 'number'],
    ['conversations.conversation_measure_10', 'number'],
    ['conversations.productive', 'text'],
    ['conversations.media', 'media'],
    ['conversations.date', 'date'],
    ['customers.acquisition_date', 'date'],
    ['customers.year_of_birth', 'year'],
    ['customers.business_value', 'number'],
    ['worker.team_id', 'text'],
  ])('%s is a %s', (path, type) => {
    expect(insightsKey(path)?.type).toBe(type);
  });

  it('takes no inherited name for a key', () => {
    expect(insightsKey('conversations.constructor')).toBeUndefined();
    expect(insightsKey('conversations.__proto__')).toBeUndefined();
  });
});
