import { jsonataExpressions } from '../../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { EvaluatedExpression, Expression } from '../../../lambdas/shared/ports/expressions.ts';

const expressions = jsonataExpressions();

function expression(text: string): Expression {
  const compiled = expressions.compile(text);
  if (compiled.kind === 'faulty') throw new Error(compiled.why);
  return compiled.expression;
}
const evaluate = (text: string, scope: object = {}): Promise<EvaluatedExpression> => expression(text).evaluate(scope);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('an expression', () => {
  it.each([
    ['$lookup(lookups.adSources, $string(task.rd.ad_source_id))', 'Google'],
    ['$lookup(lookups.adSources, $string(task.rd.nothing))', undefined],
    ['task.nothing.further', undefined],
    ["task.tags[$ != 'b']", ['a', 'c']],
    ['task.tags[0][]', ['a']],
    ["$join(task.tags, ', ')", 'a, b, c'],
    ["task.medium = 'voice' and $exists(task.rd)", true],
    ['null', null],
    ["{ 'one': task.medium, 'two': task.nothing }", { one: 'voice' }],
    ["$replace(task.medium, /v(oi)ce/, '$1')", 'oi'],
    ["$toMillis('2026-11-20T00:00:00Z')", 1795132800000],
  ])('%s gives %j', async (text, value) => {
    const scope = {
      task: { medium: 'voice', rd: { ad_source_id: 124 }, tags: ['a', 'b', 'c'] },
      lookups: { adSources: { '124': 'Google' } },
    };

    expect(await evaluate(text, frozen(scope))).toEqual({ kind: 'value', value });
  });

  it('gives plain JSON: arrays without marks, objects with the usual prototype', async () => {
    const list = await evaluate('rows.a', { rows: [{ a: 1 }, { a: 2 }] });
    const grouped = await evaluate('rows{ name: $sum(a) }', {
      rows: [
        { name: 'x', a: 1 },
        { name: 'x', a: 2 },
      ],
    });

    if (list.kind !== 'value' || grouped.kind !== 'value') throw new Error('no value');
    expect(Object.getOwnPropertyNames(list.value)).toEqual(['0', '1', 'length']);
    expect(grouped.value).toStrictEqual({ x: 3 });
  });

  it('marks nothing on the scope’s own arrays', async () => {
    const scope = { task: { tags: ['a', 'b'] } };

    await evaluate('task.tags[]', scope);

    expect(Object.getOwnPropertyNames(scope.task.tags)).toEqual(['0', '1', 'length']);
  });

  it('cannot change the scope by a transformation', async () => {
    const scope = { task: { rd: { a: 1 } } };

    const changed = await evaluate("task ~> |rd|{'a': 2}|", scope);

    expect(changed).toEqual({ kind: 'value', value: { rd: { a: 2 } } });
    expect(scope).toEqual({ task: { rd: { a: 1 } } });
  });

  it('takes no function from the scope, whatever its data calls itself', async () => {
    const body = { type: 'string', value: 'from outside' };
    const scope = {
      attributes: { run: { _jsonata_lambda: true, arguments: [], body, environment: {}, thunk: false } },
    };

    expect(await evaluate('$type(attributes.run)', scope)).toEqual({ kind: 'value', value: 'object' });
    expect((await evaluate('attributes.run()', scope)).kind).toBe('failed');
    expect((await evaluate("'x' ~> attributes.run", scope)).kind).toBe('failed');
  });

  it('gives a number that JavaScript cannot hold as the text it was', async () => {
    const parsed = parseTaskAttributes('{"id":12345678901234567890}');

    const result = await evaluate('attributes.id', parsed);

    expect(JSON.stringify(result)).toBe('{"kind":"value","value":12345678901234567890}');
  });

  it('is compiled once for a text', () => {
    expect(expressions.compile('task.a')).toBe(expressions.compile('task.a'));
  });
});

describe('an expression that cannot be read', () => {
  it.each([
    ['task.rd.(', 'Expected ")" before end of expression', 9],
    ["task.name = 'x", 'String literal must be terminated by a matching quote', 14],
  ])('%s is faulty, and the fault is named with its place', (text, why, position) => {
    expect(expressions.compile(text)).toEqual({ kind: 'faulty', why, position });
  });

  it.each([
    ['$eval(attributes.code)', '$eval is not for rules: it would run what a task’s attributes say'],
    ['($f := $eval; $f(attributes.code))', '$eval is not for rules: it would run what a task’s attributes say'],
    ['attributes.code ~> $eval', '$eval is not for rules: it would run what a task’s attributes say'],
    ['$now()', /^\$now is not for rules: .*use event\.occurredAt$/],
    ['$millis()', /^\$millis is not for rules: .*use \$toMillis\(event\.occurredAt\)$/],
    ['$random()', /^\$random is not for rules/],
    ['$shuffle(task.tags)', /^\$shuffle is not for rules/],
    ['$uppercas(task.name)', 'there is no $uppercas; did you mean $uppercase?'],
    ['$customer.name', 'there is no $customer'],
  ])('%s is refused', (text, why) => {
    expect(expressions.compile(text)).toMatchObject({
      kind: 'faulty',
      why: typeof why === 'string' ? why : expect.stringMatching(why),
    });
  });

  it.each([
    '($x := task.a; $x & "b")',
    '$map(task.tags, function($tag, $place) { $tag & $place })',
    'task.rows@$row.($row.a)',
    'task.rows#$place[$place = 0]',
    '$$.task',
  ])('%s is none: it names its own variables', (text) => {
    expect(expressions.compile(text).kind).toBe('expression');
  });
});

describe('an expression that runs away', () => {
  it.each([
    ['for ever', '($f := function($n) { $f($n + 1) }; $f(0))', /^it took longer than it may/],
    ['ever deeper', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', /^it nests deeper than it may/],
    ['over a sequence without end', '[1..10000000]', /^a sequence is longer than it may be/],
    ['inside one regular expression', '$contains(text, /^(a+)+$/)', /^it took longer than it may/],
  ])('%s is stopped', async (_how, text, why) => {
    const result = await evaluate(text, { text: `${'a'.repeat(40)}b` });

    expect(result).toEqual({ kind: 'failed', why: expect.stringMatching(why) });
  });
});

describe('a failure', () => {
  it.each([
    '$number(name)',
    '$toMillis(name)',
    '$error(name)',
    '$assert(false, name)',
    '$uppercase(names)',
    '$sum(names)',
    'name + 1',
    '[1..name]',
    '{ name: 1, $uppercase(name): 2, number: 3 }',
    "$single(names, function($n) { $n != '' })",
    '$formatBase(10, number)',
    '$decodeUrl(url)',
    '-name',
    'name(1)',
    "name ~> 'x'",
    '$formatInteger(number, name)',
    '$formatNumber(number, name & name)',
    '$base64decode(number)',
    '$sqrt(-number)',
    '$power(number, number * number)',
    "$match(name, function($text) { {'match': $text} })",
    'name < number',
  ])('of %s quotes nothing of the scope', async (text) => {
    const scope = { name: 'Ada Example', names: ['Ada Example', 'Bob Example'], number: 4242, url: '%E0%A4%A_Ada' };

    const result = await evaluate(text, scope);

    expect(result.kind).toBe('failed');
    expect(JSON.stringify(result)).not.toMatch(/Ada|Bob|4242|Example/i);
  });

  it.each([
    ['$number(name)', 'a value that is no number was to become one at position 8'],
    ['name + 1', 'the left side of an operator is no number at position 6'],
    ['$uppercase', 'it gives something that JSON has not, such as a function'],
    ['[$uppercase]', 'it gives something that JSON has not, such as a function'],
  ])('of %s says what went wrong', async (text, why) => {
    expect(await evaluate(text, { name: 'Ada Example' })).toEqual({ kind: 'failed', why });
  });
});

describe('the names that an expression reads', () => {
  it.each([
    ['customer.crm_id', ['customer']],
    ['task.customer.name', ['task']],
    ['attributes.worker.ending', ['attributes']],
    ['$exists(ending) and ending.hangUpBy', ['ending']],
    ['facts.identity', ['facts', 'identity']],
    ['facts.isInBusinessHours', ['facts', 'isInBusinessHours']],
    ["worker ? 'a' : task.b", ['worker', 'task']],
    ['task.rd[id = $$.customer.id].name', ['task', 'id', 'customer']],
    ["task.{ 'a': customer }", ['task', 'customer']],
    ['$map(task.tags, function($tag) { $tag & ending.hangUpBy })', ['task', 'ending']],
    ['($t := customer; $t.name)', ['customer', 'name']],
    ["'customer'", []],
    ['task.$keys()', ['task']],
    ['$keys(task.rd)', ['task']],
    ["$lookup(lookups.teams, '1')", ['lookups']],
  ])('of %s are %j', (text, names) => {
    const read = expression(text).names;

    expect(names.filter((name) => !read.has(name))).toEqual([]);
    const asked = ['ending', 'customer', 'worker', 'conversationId', 'identity'];
    expect(asked.filter((name) => read.has(name))).toEqual(asked.filter((name) => names.some((one) => one === name)));
  });

  it.each([
    '$$',
    '*',
    '**.crm_id',
    '$lookup($$, task.key)',
    '$keys($)',
    '$lookup(facts, task.key)',
    '$keys()',
    "$lookup('customer').name",
    '$each(function($value) { $value })',
    "$sift(function($value, $name) { $name = 'customer' })",
    'facts.*',
    'task.%.*',
  ])('of %s are all that may have to be asked for, because its text does not show them', (text) => {
    expect([...expression(text).names]).toEqual(
      expect.arrayContaining(['ending', 'customer', 'worker', 'conversationId', 'identity']),
    );
  });
});
