import { jsonataExpressions } from '../../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import type { Rule } from '../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { AskedFor, RuleScope } from '../../../lambdas/shared/domain/enrichment/rule-scope.ts';
import type { TaskEventType } from '../../../lambdas/shared/domain/task-event.ts';
import { evaluateRules } from '../../../lambdas/shared/steps/evaluate-rules.ts';
import type { HowToEvaluate } from '../../../lambdas/shared/steps/evaluate-rules.ts';

const expressions = jsonataExpressions();
const both: HowToEvaluate = { deadlines: ['identity', 'segment'], unknown: new Set() };
const waiting = (...unknown: readonly AskedFor[]): HowToEvaluate => ({ ...both, unknown: new Set(unknown) });
const closed: HowToEvaluate = { deadlines: [], unknown: new Set<AskedFor>(['ending']) };

const rule = (name: string, of: Partial<Rule> = {}): Rule => ({ name, write: `own.${name}`, value: "'x'", ...of });
const scope = (of: Partial<RuleScope> = {}, type: TaskEventType = 'task.created'): RuleScope => ({
  task: { shape: 'inbound-call', medium: 'voice', rd: { client_id: 1 }, customer: {}, processing: {} },
  attributes: {},
  event: { type, occurredAt: '2026-11-20T12:00:00.000Z', taskSid: 'WT1' },
  lookups: {},
  facts: {},
  ...of,
});
async function kinds(rules: readonly Rule[], of: RuleScope = scope(), how: HowToEvaluate = both) {
  const results = await evaluateRules({ expressions }, rules, of, how);
  return results.map(({ rule: { name }, kind }) => `${name}: ${kind}`);
}
async function only(one: Rule, of: RuleScope = scope(), how: HowToEvaluate = both) {
  const [result] = await evaluateRules({ expressions }, [one], of, how);
  if (result === undefined) throw new Error('no result');
  const { rule: of_, deadline, ...judgement } = result;
  return judgement;
}

describe('a rule', () => {
  it('gives the value of its expression, with the deadline of its path', async () => {
    const conversation = rule('a', { write: 'conversations.conversation_id', value: 'facts.conversationId' });

    expect(
      await evaluateRules({ expressions }, [conversation], scope({ facts: { conversationId: 'WT9' } }), both),
    ).toEqual([{ rule: conversation, deadline: 'identity', kind: 'value', value: 'WT9' }]);
  });

  it.each([
    ['undefined', 'task.rd.nothing', { kind: 'nothing' }],
    ['an empty text', "''", { kind: 'nothing' }],
    ['null', 'null', { kind: 'value', value: null }],
    ['0', '0', { kind: 'value', value: 0 }],
    ['false', 'false', { kind: 'value', value: false }],
  ])('of which the value is %s', async (_what, value, judgement) => {
    expect(await only(rule('a', { value }))).toEqual(judgement);
  });

  it.each([
    ['true', 'task.rd.client_id = 1', 'value'],
    ['false', 'task.rd.client_id = 2', 'condition-not-met'],
    ['undefined', 'task.rd.nothing', 'condition-not-met'],
    ['null', 'null', 'condition-not-met'],
  ])('whose condition is %s', async (_what, when, kind) => {
    expect((await only(rule('a', { when }))).kind).toBe(kind);
  });

  it('fails where its condition is neither true nor false, because nobody would see it otherwise', async () => {
    expect(await only(rule('a', { when: 'task.rd.client_id' }))).toEqual({
      kind: 'failed',
      why: 'when: it gives neither true nor false; ask with $exists(…) or a comparison',
    });
  });

  it('is for its own events alone', async () => {
    const wrapup = rule('a', { on: ['reservation.wrapup', 'task.wrapup'] });

    expect((await only(wrapup)).kind).toBe('not-on-this-event');
    expect((await only(wrapup, scope({}, 'task.wrapup'))).kind).toBe('value');
  });

  it('that fails says why, and stops no other', async () => {
    const rules = [
      rule('broken', { value: 'task.(' }),
      rule('failing', { value: '$number(task.medium)' }),
      rule('doubtful', { when: '$number(task.medium) = 1' }),
      rule('sound'),
    ];

    const results = await evaluateRules({ expressions }, rules, scope(), both);

    expect(results.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed', 'value']);
    expect(results.flatMap((result) => (result.kind === 'failed' ? [result.why] : []))).toEqual([
      'value: Expected ")" before end of expression (position 6)',
      'value: a value that is no number was to become one at position 8',
      'when: a value that is no number was to become one at position 8',
    ]);
  });
});

describe('a rule whose deadline has passed', () => {
  const late = rule('a', { on: ['task.completed', 'task.wrapup'] });
  const completed = scope({}, 'task.completed');

  it('is late with the value that it would have given', async () => {
    expect(await only(late, completed, closed)).toEqual({ kind: 'late', value: 'x' });
  });

  it.each([
    ['on another event', { on: ['task.wrapup'] as const }, 'not-on-this-event'],
    ['whose condition does not hold', { when: 'false' }, 'condition-not-met'],
    ['without a value', { value: 'task.rd.nothing' }, 'nothing'],
    ['that fails', { value: '$number(task.medium)' }, 'failed'],
  ])('is not late %s', async (_what, of, kind) => {
    expect((await only(rule('a', of), completed, closed)).kind).toBe(kind);
  });

  it.each([
    ['value', { value: 'ending.hangUpBy' }],
    ['condition', { when: '$exists(ending)' }],
  ])('has nobody asked for its %s', async (_what, of) => {
    expect(await only(rule('a', of), completed, closed)).toEqual({ kind: 'late' });
  });

  it('is the one that writes an identity at any event but the first', async () => {
    const rules = [rule('a', { write: 'customers.external_id' }), rule('b')];

    expect(await kinds(rules, scope({}, 'reservation.accepted'), { ...both, deadlines: ['segment'] })).toEqual([
      'a: late',
      'b: value',
    ]);
  });
});

describe('a rule that reads what has yet to be asked for', () => {
  it.each([
    ['ending', 'ending.hangUpBy'],
    ['customer', 'customer.segment'],
    ['worker', 'worker.fullName'],
    ['conversationId', 'facts.conversationId'],
    ['identity', 'facts.identity'],
  ] as const)('depends on %s', async (name, value) => {
    expect(
      await only(rule('a', { value }), scope(), waiting('ending', 'customer', 'worker', 'conversationId', 'identity')),
    ).toEqual({
      kind: 'depends',
      on: [name],
    });
    expect((await only(rule('a', { value }), scope(), both)).kind).toBe('nothing');
  });

  it('depends on nothing where its condition does not hold anyway', async () => {
    expect(
      await kinds([rule('a', { when: 'false', value: 'customer.segment' })], scope(), waiting('customer')),
    ).toEqual(['a: condition-not-met']);
  });

  it('does not depend on the task’s own customer', async () => {
    const named = scope({ task: { ...scope().task, customer: { name: 'Ada Example' } } });

    expect(await only(rule('a', { value: 'task.customer.name' }), named, waiting('customer'))).toEqual({
      kind: 'value',
      value: 'Ada Example',
    });
  });
});

describe('rules that write one path', () => {
  const write = 'conversations.outcome';
  const named = (name: string, when: string, value = `'${name}'`): Rule => rule(name, { write, when, value });

  it('leave it to the first whose condition holds', async () => {
    const rules = [named('a', 'false'), named('b', 'true'), named('c', 'true'), named('d', 'false')];

    const results = await evaluateRules({ expressions }, rules, scope(), both);

    expect(results.map(({ rule: of, deadline, ...judgement }) => judgement)).toEqual([
      { kind: 'condition-not-met' },
      { kind: 'value', value: 'b' },
      { kind: 'beaten', by: 'b' },
      { kind: 'condition-not-met' },
    ]);
  });

  it('leave it to that one also where it gives nothing or fails', async () => {
    expect(await kinds([named('a', 'true', "''"), named('b', 'true')])).toEqual(['a: nothing', 'b: beaten']);
    expect(await kinds([named('a', 'true', '$number(task.medium)'), named('b', 'true')])).toEqual([
      'a: failed',
      'b: beaten',
    ]);
  });

  it('go on to the next where a condition fails', async () => {
    expect(await kinds([named('a', '$number(task.medium) = 1'), named('b', 'true')])).toEqual([
      'a: failed',
      'b: value',
    ]);
  });

  it('go on to the next where the first is for another event', async () => {
    expect(await kinds([{ ...named('a', 'true'), on: ['task.wrapup'] }, named('b', 'true')])).toEqual([
      'a: not-on-this-event',
      'b: value',
    ]);
  });

  it('wait together while nobody can say whether the first has it', async () => {
    const rules = [named('a', '$exists(customer.segment)'), named('b', 'true'), named('c', 'false')];

    expect(await kinds(rules, scope(), waiting('customer'))).toEqual([
      'a: depends',
      'b: depends',
      'c: condition-not-met',
    ]);
    expect(await kinds(rules, scope(), both)).toEqual(['a: condition-not-met', 'b: value', 'c: condition-not-met']);
  });
});
