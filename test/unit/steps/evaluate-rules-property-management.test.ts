import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workerChanges } from '../../../lambdas/enrich-task/worker-changes.ts';
import { jsonataExpressions } from '../../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';
import type { CallEnding } from '../../../lambdas/shared/domain/call-ending.ts';
import type { RuleEvent } from '../../../lambdas/shared/domain/enrichment/rule-scope.ts';
import { attributesText, maxAttributesCharacters } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { readTaskBody } from '../../../lambdas/shared/domain/task-shapes/read-task-body.ts';
import { readEnrichmentConfig } from '../../../lambdas/shared/messages/enrichment-config.ts';
import { enrichAttributes } from '../../../lambdas/shared/steps/enrich-attributes.ts';
import type { KnownForRules } from '../../../lambdas/shared/steps/enrich-attributes.ts';
import { readForRules } from '../../../lambdas/shared/steps/read-for-rules.ts';
import { sids } from '../../support/example-sids.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const has = {
  config: readEnrichmentConfig(text('config/enrichment/property-management.json')),
  expressions: jsonataExpressions(),
  toE164: toE164In('US'),
  enrichmentMode: 'fill',
  hipaaMode: false,
} as const;

function fixture(name: string): TaskAttributes {
  const body = readTaskBody(text(`test/fixtures/tasks/${name}`));
  if (body.kind !== 'object') throw new Error(body.why);
  return body.attributes;
}

/** Friday, 11:00 in Denver: open from 08:00 to 18:00. */
const created: RuleEvent = { type: 'task.created', occurredAt: '2026-11-20T18:00:00.000Z', taskSid: sids.task() };

async function enriched(
  attributes: TaskAttributes,
  event: Partial<RuleEvent> = {},
  known: Partial<KnownForRules> = {},
) {
  const full = { ...created, ...event };
  const read = await readForRules(has, attributes, full);
  return enrichAttributes(has, {
    attributes,
    read,
    event: full,
    known: { unknown: new Set(), ...known },
    deadlines: ['identity', 'segment'],
  });
}

async function writtenFor(...of: Parameters<typeof enriched>): Promise<Readonly<Record<string, unknown>>> {
  const { changes } = await enriched(...of);
  return Object.fromEntries(
    changes.filter(({ path: at }) => !at.startsWith('rd.')).map(({ path: at, after }) => [at, after]),
  );
}

const liveCall = {
  'conversations.hang_up_by': 'Customer',
  'conversations.in_business_hours': 'Yes',
  'conversations.conversation_attribute_4': 'contact-center-call-processed-by-contact-center',
};

/** By hand, from what each fixture holds and the tables of the file. */
const expected: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'inbound-call.json': {
    ...liveCall,
    'conversations.conversation_attribute_2': 'Example Property Group',
    'conversations.conversation_attribute_5': 'live-call',
    'customers.organization': 'Example Property Group',
  },
  'outbound-call.json': { ...liveCall, 'conversations.conversation_attribute_5': 'follow-up-result' },
  'outbound-call-local-number.json': { ...liveCall, 'conversations.conversation_attribute_5': 'follow-up-result' },
  'generic-call.json': liveCall,
  'primary.json': {
    ...liveCall,
    'conversations.conversation_attribute_2': 'Sample Residential',
    'conversations.conversation_attribute_3': 'Cedar Row',
  },
  'sms.json': { 'conversations.in_business_hours': 'Yes' },
  'chat.json': {
    'conversations.in_business_hours': 'Yes',
    'conversations.conversation_attribute_1': 'Apartment listing',
    'conversations.conversation_attribute_2': 'Example Property Group',
    'conversations.conversation_attribute_3': 'Maple Court',
    'customers.market_segment': 'Maple Court',
    'customers.organization': 'Example Property Group',
    'customers.category': 'Lead',
    'customers.name': 'Bob Example',
    'customers.customer_label_1': '9217834',
  },
  'email-create-body.json': {
    'conversations.in_business_hours': 'Yes',
    'conversations.conversation_attribute_2': 'Example Property Group',
    'conversations.conversation_attribute_4': 'community-email-needs-reading',
    // 18:00 is after 16:30.
    'conversations.conversation_attribute_6': 'No',
    'conversations.conversation_measure_1': 10,
    'conversations.conversation_measure_2': 7,
    'conversations.conversation_measure_3': 320,
    'conversations.conversation_label_7': '291',
    'conversations.conversation_label_9': '2132424',
    'conversations.conversation_label_10': '291',
    'customers.customer_label_1': '3245621',
  },
  'follow-up.json': {
    'conversations.in_business_hours': 'Yes',
    'conversations.conversation_attribute_2': 'Example Property Group',
    // From 15:00 over midnight to 03:00.
    'conversations.conversation_attribute_6': 'Yes',
    'conversations.conversation_measure_3': 320,
    'conversations.conversation_label_7': '291',
    'conversations.conversation_label_9': '2132424',
    'conversations.conversation_label_10': '291',
    'customers.customer_label_1': '3245621',
  },
  'snake-case-call.json': {
    'conversations.hang_up_by': 'Customer',
    'conversations.in_business_hours': 'Yes',
    'conversations.source': 'follow-up',
    'conversations.conversation_attribute_2': 'Example Property Group',
    'conversations.conversation_attribute_3': 'Harbor Point',
    'conversations.conversation_attribute_4': 'community-call-needs-listening',
    'conversations.conversation_attribute_5': 'recording',
    'conversations.conversation_attribute_6': 'No',
    'conversations.conversation_measure_2': 7,
    'conversations.conversation_label_7': '291',
    'conversations.conversation_label_8': '2132424',
    'conversations.conversation_label_9': '2132424',
    'conversations.conversation_label_10': '291',
    'customers.customer_label_2': '435563',
  },
};

describe('a new task of the property-management contact centre', () => {
  it.each(Object.entries(expected))('like %s gets what the file says', async (name, values) => {
    expect(await writtenFor(fixture(name))).toEqual(values);
  });

  it.each(Object.keys(expected))('like %s has room for all of it to the end, rd included', async (name) => {
    const ending = { hangUpBy: 'External Warm Transfer', followedBy: 'External Transfer', destination: '+12025550199' };
    let attributes = fixture(name);

    for (const type of ['task.created', 'reservation.accepted', 'reservation.wrapup'] as const) {
      const step = await enriched(
        attributes,
        { type, reason: 'wrong number' },
        { conversationId: sids.task(9), ending },
      );
      expect([step.noRoomPaths, step.refused, step.results.filter(({ kind }) => kind === 'failed')]).toEqual([
        [],
        [],
        [],
      ]);
      attributes = step.attributes;
    }

    expect(attributesText(attributes).length).toBeLessThanOrEqual(maxAttributesCharacters);
  });

  it.each(Object.keys(expected))('like %s is enriched once: the second time nothing differs', async (name) => {
    const { attributes } = await enriched(fixture(name));

    expect((await enriched(attributes)).changes).toEqual([]);
  });

  it('keeps its legacy keys beside the rd that it gets', async () => {
    const before = fixture('inbound-call.json');
    const { attributes } = await enriched(before, { type: 'reservation.accepted' });

    expect(attributes['rd']).toEqual({ client_id: 1 });
    expect(attributes).toMatchObject({ rdClientId: 1, rdJson: { rdClientId: 1 } });
  });

  it('that follows another joins its conversation', async () => {
    expect(await writtenFor({}, {}, { conversationId: sids.task(9) })).toMatchObject({
      'conversations.conversation_id': sids.task(9),
    });
  });

  it('has the team’s own customer data asked when it comes in, and of a customer whom nobody knows not again', async () => {
    const askedAt = async (type: RuleEvent['type']) => {
      const { results } = await enriched(fixture('inbound-call.json'), { type }, { unknown: new Set(['customer']) });
      return results.filter((result) => result.kind === 'depends').map(({ rule }) => rule.write);
    };

    expect(await askedAt('task.created')).toEqual(['customers.business_value']);
    for (const type of ['task.updated', 'reservation.accepted', 'reservation.wrapup'] as const)
      expect(await askedAt(type)).toEqual([]);
  });

  it.each([
    ['in the evening', '2026-11-21T01:00:00.000Z', 'No'],
    ['on Thanksgiving', '2026-11-26T18:00:00.000Z', 'No'],
    ['on the Friday after', '2026-11-27T18:00:00.000Z', 'Yes'],
  ])('%s is in business hours: see the calendar', async (_when, occurredAt, value) => {
    expect((await writtenFor({}, { occurredAt }))['conversations.in_business_hours']).toBe(value);
  });
});

describe('an agent’s part of a call', () => {
  const talked = { call_sid: sids.call(), conversations: { hang_up_by: 'Customer', in_business_hours: 'Yes' } };
  const wrapup = { type: 'reservation.wrapup' } as const;
  const told = async (conversations: object, ending?: CallEnding) => {
    const attributes = { ...talked, conversations: { ...talked.conversations, ...conversations } };
    const written = await writtenFor(attributes, wrapup, ending === undefined ? {} : { ending });
    const keys = ['hang_up_by', 'followed_by', 'preceded_by', 'destination'];
    return Object.fromEntries(
      keys.flatMap((key) => (`conversations.${key}` in written ? [[key, written[`conversations.${key}`]]] : [])),
    );
  };

  it.each<[string, object, CallEnding | undefined, object]>([
    ['the agent ended', {}, { hangUpBy: 'Agent' }, { hang_up_by: 'Agent' }],
    ['the customer ended', {}, { hangUpBy: 'Customer' }, {}],
    ['of which nobody can say who ended it', {}, undefined, { hang_up_by: null }],
    [
      'that was handed on',
      {},
      { hangUpBy: 'Cold Transfer', followedBy: 'Cold Transfer' },
      { hang_up_by: 'Cold Transfer', followed_by: 'Cold Transfer' },
    ],
    [
      'that was handed outside',
      {},
      { hangUpBy: 'External Warm Transfer', followedBy: 'External Transfer', destination: '+12025550199' },
      { hang_up_by: 'External Warm Transfer', followed_by: 'External Transfer', destination: '+12025550199' },
    ],
    [
      'that came from another agent and was the last',
      { hang_up_by: 'Cold Transfer', followed_by: 'Cold Transfer' },
      { hangUpBy: 'Agent', precededBy: 'Cold Transfer' },
      { hang_up_by: 'Agent', followed_by: null, preceded_by: 'Cold Transfer' },
    ],
    [
      'that came from another agent, and nobody can say who ended it',
      { hang_up_by: 'Warm Transfer' },
      { precededBy: 'Warm Transfer' },
      { hang_up_by: null, preceded_by: 'Warm Transfer' },
    ],
  ])('%s is told so', async (_what, before, ending, written) => {
    expect(await told(before, ending)).toEqual(written);
  });

  it('that is about to begin says nothing of the part before, which is not over', async () => {
    const ending = { precededBy: 'Cold Transfer' };

    expect(await writtenFor(talked, { type: 'task.transfer-completed' }, { ending })).not.toHaveProperty([
      'conversations.preceded_by',
    ]);
  });

  it('that was never answered stays the customer’s', async () => {
    expect(await writtenFor({ call_sid: sids.call() })).toMatchObject({ 'conversations.hang_up_by': 'Customer' });
    expect(await writtenFor({ channelType: 'sms', name: '+12025550143' })).not.toHaveProperty([
      'conversations.hang_up_by',
    ]);
  });

  it.each([
    ['what the task says before the reason', { rd: { outcome: 'appointment set' } }, 'appointment set'],
    ['the reason where the task says nothing', {}, 'wrong number'],
    ['the reason where the task says something else', { outcome: { users_engaged: [112] } }, 'wrong number'],
  ])('has for its outcome %s', async (_what, attributes, outcome) => {
    expect(await writtenFor(attributes, { ...wrapup, reason: 'wrong number' })).toMatchObject({
      'conversations.outcome': outcome,
    });
  });

  it('tells how experienced its agent is', async () => {
    const worker = { roles: [], languages: [], skills: [], disabledSkills: [], experienceLevel: 9 };

    expect(await writtenFor({}, { type: 'reservation.accepted' }, { worker })).toMatchObject({
      'conversations.conversation_measure_4': 9,
    });
  });
});

describe('a worker of the property-management contact centre', () => {
  /** By hand: nothing that is there is reformatted but the hierarchies. */
  it.each([
    ['worker.json', { role: 'admin, wfo.full_access', team_name_in_hierarchy: 'Hello ▸ Springfield ▸ IL' }],
    [
      'worker-snake-case.json',
      {
        role: 'admin, wfo.full_access',
        team_name_in_hierarchy: 'Hello ▸ Springfield ▸ IL',
        department_name: 'Contact Center',
        agent_attribute_1: 'english, spanish',
        agent_attribute_2: 'Level 9',
        agent_attribute_3: 'Overflow 9',
      },
    ],
    ['worker-minimal.json', { agent_attribute_1: 'EN, ES' }],
    ['primary-worker.json', { agent_attribute_3: 'Overflow 1' }],
  ])('like %s gets what the file says', async (name, values) => {
    const before: TaskAttributes = JSON.parse(text(`test/fixtures/tasks/${name}`));
    const meter = { measure: () => undefined };

    const { attributes, changes } = await workerChanges({ ...has, meter }, before, { workerSid: sids.worker() });

    expect(attributes).toEqual({ ...before, ...values });
    expect(changes.map(({ path }) => path).sort()).toEqual(Object.keys(values).sort());
  });
});
