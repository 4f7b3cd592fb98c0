import { attributesText } from '../../../../lambdas/shared/domain/task-attributes.ts';
import { readTaskBody } from '../../../../lambdas/shared/domain/task-shapes/read-task-body.ts';
import { readBody } from './read-fixture.ts';

const repairedAt = (...paths: readonly string[]) => paths.map((path) => ({ kind: 'repaired-json', path }));

describe('the text of a task', () => {
  it('that is JSON is read as it is, every number as it was spelt', () => {
    const text = '{"crm_id":9007199254740993,"note":"“hi”, he said"}';
    const body = readBody(text);

    expect(attributesText(body.attributes)).toBe(text);
    expect(body).toEqual({ kind: 'object', attributes: body.attributes, notes: [] });
  });

  it.each<[string, string, object, readonly string[]]>([
    [
      'a comma is missing',
      '{"a":"b" "c":{"d":1 "e":[1 {"f":2}]}}',
      { a: 'b', c: { d: 1, e: [1, { f: 2 }] } },
      ['c', 'c.e'],
    ],
    ['a comma is too many', '{"a":1,,"b":[1,2,],}', { a: 1, b: [1, 2] }, ['a', 'b']],
    ['the closing quote is curly', '{"a":"client:ada”\n}', { a: 'client:ada' }, ['a']],
    ['all quotes are curly', '{“a”: “b”, ”c”: [“d”]}', { a: 'b', c: ['d'] }, ['a', 'c']],
    ['a curly text has straight quotes in it', '{“a”: “say "hi" now”}', { a: 'say "hi" now' }, ['a']],
    ['curly quotes inside are the text’s', '{"a":"“hi”, he said","b":1,}', { a: '“hi”, he said', b: 1 }, ['b']],
    ['curly texts inside follow each other', '{"a":"“hi”, “ho”","b":1,}', { a: '“hi”, “ho”', b: 1 }, ['b']],
    ['a quote slipped a line', '{"a":"US","\nb":1}', { a: 'US', b: 1 }, ['b']],
    ['a line break is inside', '{"a":"one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }, ['a']],
    ['there are spaces that are no JSON', '\ufeff{"a":\u00a01}', { a: 1 }, ['', 'a']],
    ['a template has no quotes', '{"a":{{x.y | to_json}},"b":1}', { a: '{{x.y | to_json}}', b: 1 }, ['a']],
  ])('is repaired where %s', (_case, text, attributes, paths) => {
    const body = readBody(text);

    expect(body.attributes).toEqual(attributes);
    expect(body.notes.map(({ path }) => path).sort()).toEqual([...paths].sort());
  });

  it('is repaired in a hundred places, and is no JSON that somebody has hurt with one more', () => {
    const hurt = (commas: number): string => `{"a":[${'1 '.repeat(commas)}1]}`;

    expect(readBody(hurt(100)).attributes).toEqual({ a: Array.from({ length: 101 }, () => 1) });
    expect(readTaskBody(hurt(101)).kind).toBe('unreadable');
  });

  it.each([
    ['it is cut off', '{"a":"b","c":{"d":'],
    ['a text is cut off', '{"a":"b'],
    ['a repair would have to guess', '{"a":b}'],
    ['it has text after its end', '{"a":1} and more'],
    ['it is another language', `{${'a = [1 2 3],'.repeat(200)}}`],
    ['it is empty', ''],
    ['it is an array', '[1]'],
  ])('is unreadable where %s, and says so without quoting it', (_case, text) => {
    const read = readTaskBody(text);

    expect(read).toMatchObject({ kind: 'unreadable', why: expect.stringMatching(/^the attributes (are|\()/) });
  });
});

describe('the body of a request that creates a task', () => {
  it('may hold the attributes as a text, which is repaired too', () => {
    const body = readBody(JSON.stringify({ taskChannel: 'email', attributes: '{"leadId":7 "name":"Ada Example"}' }));

    expect(body).toEqual({
      kind: 'object',
      attributes: { leadId: 7, name: 'Ada Example' },
      notes: repairedAt('name'),
      taskChannel: 'email',
    });
  });

  it('tells repairs outside the attributes too, each by its path from the attributes', () => {
    const body = readBody('{"timeout":60 "attributes":{"customers":{"name":"Ada Example" "phone":"1"}}}');

    expect(body.timeout).toBe(60);
    expect(body.notes).toEqual(repairedAt('', 'customers.phone'));
  });

  it('is none where nothing but attributes is beside the attributes: that is a key like any other', () => {
    expect(readBody('{"attributes":{"a":1},"name":"Ada Example"}').attributes).toEqual({
      attributes: { a: 1 },
      name: 'Ada Example',
    });
  });

  it('is unreadable where its attributes are', () => {
    expect(readTaskBody('{"taskChannel":"email","attributes":"none"}')).toEqual({
      kind: 'unreadable',
      why: 'the attributes (4 characters) are not JSON',
    });
  });
});
