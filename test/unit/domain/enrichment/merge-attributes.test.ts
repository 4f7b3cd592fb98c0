import { mergeAttributes } from '../../../../lambdas/shared/domain/enrichment/merge-attributes.ts';
import type { FittedValue } from '../../../../lambdas/shared/domain/insights/finding.ts';
import { attributesText, parseTaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';

const fits = (_path: string, value: unknown): FittedValue => ({ kind: 'fits', value });
const language = { path: 'conversations.language', value: 'English' };

const parsed = (text: string): TaskAttributes => {
  const read = parseTaskAttributes(text);
  if (read.kind !== 'object') throw new Error(read.why);
  return read.attributes;
};

describe('a merge that fills', () => {
  it.each([
    ['absent', {}],
    ['null', { conversations: { language: null } }],
    ['an empty text', { conversations: { language: '' } }],
    ['below a parent that is null', { conversations: null }],
  ])('writes what is %s', (_what, attributes) => {
    const { attributes: merged, changes } = mergeAttributes(attributes, [language], 'fill', fits);

    expect(merged).toEqual({ conversations: { language: 'English' } });
    expect(changes.map(({ path, after }) => [path, after])).toEqual([['conversations.language', 'English']]);
  });

  it('leaves a value that is there, be it false or 0', () => {
    const attributes = { conversations: { language: 'Spanish', virtual: false, order: 0 } };
    const wanted = [
      language,
      { path: 'conversations.virtual', value: 'No' },
      { path: 'conversations.order', value: 3 },
    ];

    expect(mergeAttributes(attributes, wanted, 'fill', fits)).toEqual({
      attributes,
      changes: [],
      cut: [],
      refused: [],
    });
  });

  it('replaces a value where the rule says so, and tells what was there', () => {
    const { changes } = mergeAttributes(
      { conversations: { language: 'Spanish' } },
      [{ ...language, overwrite: true }],
      'fill',
      fits,
    );

    expect(changes).toEqual([{ path: 'conversations.language', before: 'Spanish', after: 'English' }]);
  });

  it('observes the same as it would write', () => {
    const attributes = { conversations: { language: 'Spanish' }, name: 'x' };
    const wanted = [language, { path: 'conversations.source', value: 'Web' }];

    expect(mergeAttributes(attributes, wanted, 'observe', fits)).toEqual(
      mergeAttributes(attributes, wanted, 'fill', fits),
    );
  });
});

describe('a merge that overwrites', () => {
  it('replaces what differs, but not where the rule says never', () => {
    const attributes = { conversations: { language: 'Spanish', source: 'Ad' } };
    const wanted = [language, { path: 'conversations.source', value: 'Web', overwrite: false }];

    expect(mergeAttributes(attributes, wanted, 'overwrite', fits).attributes).toEqual({
      conversations: { language: 'English', source: 'Ad' },
    });
  });

  it.each([
    ['a text', 'English', 'English'],
    ['an object whose keys stand in another order', { a: 1, b: [2] }, { b: [2], a: 1 }],
  ])('changes nothing where the same stands already: %s', (_what, existing, value) => {
    const attributes = { conversations: { language: existing } };

    const merged = mergeAttributes(attributes, [{ ...language, value }], 'overwrite', fits);

    expect(merged.changes).toEqual([]);
    expect(merged.attributes).toBe(attributes);
  });

  it.each([
    ['1.0', 1, []],
    ['1.23456785E7', 12345678.5, []],
    ['1.0E-5', 0.00001, []],
    ['1.0E21', 1e21, []],
    ['0.50', 0.5, []],
    ['-0', 0, []],
    ['-1', 1, ['id']],
    ['10', 1, ['id']],
    ['1.5', 15, ['id']],
    ['12345678901234567890', 12345678901234567000, ['id']],
  ])('takes the number %s, kept as its text, for what it is', (text, value, changed) => {
    const attributes = parsed(`{"id":${text}}`);

    expect(
      mergeAttributes(attributes, [{ path: 'id', value }], 'overwrite', fits).changes.map(({ path }) => path),
    ).toEqual(changed);
  });
});

describe('a merge', () => {
  it('leaves every other key byte for byte where it was', () => {
    const text = '{"id":12345678901234567890,"conversations":{"order":1.50,"language":"","x":{"y":[1e3]}},"z":null}';

    const { attributes } = mergeAttributes(parsed(text), [language], 'fill', fits);

    expect(attributesText(attributes)).toBe(
      '{"id":12345678901234567890,"conversations":{"order":1.50,"language":"English","x":{"y":[1e3]}},"z":null}',
    );
  });

  it.each(['text', 7, true, ['list']])('leaves a parent alone that is no object: %j', (conversations) => {
    const attributes = { conversations };

    expect(mergeAttributes(attributes, [language], 'overwrite', fits).attributes).toBe(attributes);
  });

  it.each([undefined, ''])('takes %j for nothing to write', (value) => {
    expect(mergeAttributes({}, [{ path: 'a.b', value, overwrite: true }], 'overwrite', fits).changes).toEqual([]);
  });

  it('empties by null only what the rule itself replaces', () => {
    const attributes = { conversations: { followed_by: 'Cold Transfer' } };
    const wanted = { path: 'conversations.followed_by', value: null };

    expect(mergeAttributes(attributes, [wanted], 'overwrite', fits).changes).toEqual([]);
    expect(mergeAttributes(attributes, [{ ...wanted, overwrite: true }], 'fill', fits).attributes).toEqual({
      conversations: { followed_by: null },
    });
    expect(mergeAttributes({}, [{ ...wanted, overwrite: true }], 'fill', fits).changes).toEqual([]);
  });

  it('takes only the first dot for a step', () => {
    const wanted = [{ path: 'rd.a.b?', value: 1 }];

    expect(mergeAttributes({}, wanted, 'fill', fits).attributes).toEqual({ rd: { 'a.b?': 1 } });
  });

  it('gives a place to the first who wants it, and nobody a place inside it', () => {
    const wanted = [
      { path: 'a.b', value: 1 },
      { path: 'a.b', value: 2 },
      { path: 'a', value: 3 },
      { path: 'a.c', value: 4 },
    ];

    expect(mergeAttributes({}, wanted, 'overwrite', fits).attributes).toEqual({ a: { b: 1, c: 4 } });
  });

  it('tells which values were cut and which were refused, of those that would have been written', () => {
    const fit = (path: string, value: unknown): FittedValue => {
      if (path.endsWith('long')) return { kind: 'cut', value: 'long' };
      return path.endsWith('bad') ? { kind: 'refused', rule: 'wrong-type' } : { kind: 'fits', value };
    };
    const wanted = ['a.long', 'a.bad', 'b.long', 'b.bad'].map((path) => ({ path, value: 'longer' }));

    const merged = mergeAttributes({ b: { long: 'there', bad: 'there' } }, wanted, 'fill', fit);

    expect(merged.cut).toEqual(['a.long']);
    expect(merged.refused).toEqual([{ path: 'a.bad', rule: 'wrong-type' }]);
    expect(merged.attributes).toEqual({ b: { long: 'there', bad: 'there' }, a: { long: 'long' } });
  });
});
