import { parseMapText } from '../../../../lambdas/shared/domain/task-shapes/map-text.ts';

describe('a printed map', () => {
  it('is read with its nested map', () => {
    expect(parseMapText('{leadId=7, note=, json={a=b, c=Bob Example}, isLead=true}')).toEqual({
      entries: { leadId: '7', note: '', json: { a: 'b', c: 'Bob Example' }, isLead: 'true' },
      isWhole: true,
    });
  });

  it('has values with commas, equal signs and lists of their own', () => {
    expect(
      parseMapText('{note=two rooms, quiet, please, url=https://example.com/?a=b&c=d, list=[1, 2], lead=7}'),
    ).toEqual({
      entries: {
        note: 'two rooms, quiet, please',
        url: 'https://example.com/?a=b&c=d',
        list: '[1, 2]',
        lead: '7',
      },
      isWhole: true,
    });
  });

  it('has values with braces that close nothing', () => {
    expect(parseMapText('{note=a } b, lead=7}')).toEqual({ entries: { note: 'a } b', lead: '7' }, isWhole: true });
  });

  it('ends with maps inside maps', () => {
    expect(parseMapText('{a={b={c=d}}}')).toEqual({ entries: { a: { b: { c: 'd' } } }, isWhole: true });
  });

  it('has maps twenty deep, and what is deeper is a value', () => {
    const nested = (depth: number): string => `${'{a='.repeat(depth)}7${'}'.repeat(depth)}`;
    const inside = (depth: number): unknown => {
      let value: unknown = parseMapText(nested(depth))?.entries;
      for (let level = 1; level < 20; level += 1) value = Object(value).a;
      return Object(value).a;
    };

    expect(inside(20)).toBe('7');
    expect(inside(21)).toBe('{a=7');
  });

  it.each([
    ['is cut off', '{leadId=7, json={a=b, c=d', { leadId: '7', json: { a: 'b', c: 'd' } }],
    ['goes on after its end', '{leadId=7}, more', { leadId: '7' }],
  ])('that %s is read as far as it goes', (_case, text, entries) => {
    expect(parseMapText(text)).toEqual({ entries, isWhole: false });
  });

  it.each(['', 'leadId=7', '{', '[a=b]', '{"a":1}', '{ }x', '{{trigger.message.Body}}'])('is not %p', (text) => {
    expect(parseMapText(text)).toBeUndefined();
  });

  it('keeps a key called __proto__ as a key', () => {
    const read = parseMapText('{__proto__={a=b}, lead=7}');

    expect(Object.keys(read?.entries ?? {})).toEqual(['__proto__', 'lead']);
    expect(Object.getPrototypeOf(read?.entries)).toBe(Object.prototype);
  });
});
