import { jsonDifferences } from '../../../../cli/twilio/taskrouter/json-differences.ts';
import {
  canonicalJson,
  nameOfFilter,
  toNamedJson,
  toTwilioJson,
} from '../../../../cli/twilio/taskrouter/workflow-json.ts';
import { parseTaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';

const gold = `WQ${'1'.repeat(32)}`;
const everyone = `WQ${'2'.repeat(32)}`;
const names: Readonly<Record<string, string>> = { [gold]: 'Gold', [everyone]: 'Everyone' };
const nameOfQueue = (sid: string): string | undefined => names[sid];
const canonical = (filters: readonly object[], last: object = { queue: 'Everyone' }) =>
  canonicalJson({ task_routing: { filters, default_filter: last } }, nameOfQueue);
const differences = (from: unknown, to: unknown) =>
  jsonDifferences('', from, to, nameOfFilter).map(({ field, from: before, to: after }) => [field, before, after]);

describe('the rules of a workflow', () => {
  const target = { task_queue: 'Gold', priority: '2' };
  const filter = { friendly_name: 'Gold Tickets', expression: 'a == 1', targets: [target] };

  it('are the same in every spelling that means the same', () => {
    const older = canonical([filter]);
    const byTwilio = canonicalJson(
      {
        task_routing: {
          default_filter: { queue: everyone },
          filters: [
            {
              targets: [{ priority: 2, task_queue_sid: gold }],
              expression: 'a == 1',
              filter_friendly_name: 'Gold Tickets',
            },
          ],
        },
      },
      nameOfQueue,
    );

    expect(differences(byTwilio, older)).toEqual([]);
    expect(differences(canonical([]), { task_routing: { default_filter: { queue: 'Everyone' } } })).toEqual([]);
  });

  it('are the same where something is null and where it is not there', () => {
    const nulls = {
      task_routing: {
        filters: [{ ...filter, 'x-note': null, targets: [{ ...target, order_by: null }] }],
        default_filter: null,
      },
    };
    const without = { task_routing: { filters: [filter] } };

    expect(differences(canonicalJson(nulls, nameOfQueue), canonicalJson(without, nameOfQueue))).toEqual([]);
    expect(toNamedJson(nulls, nameOfQueue)).toEqual(without);
  });

  it('differ path by path, filters by their names', () => {
    const silver = { filter_friendly_name: 'Silver', expression: 'b == 1', targets: [{ queue: 'Gold' }] };
    const from = canonical([filter, silver]);

    expect(differences(from, canonical([{ ...filter, targets: [{ ...target, priority: 3 }] }, silver]))).toEqual([
      ['task_routing.filters["Gold Tickets"].targets[0].priority', '2', '3'],
    ]);
    expect(differences(from, canonical([filter, silver], { task_queue: 'Gold' }))).toEqual([
      ['task_routing.default_filter.queue', '"Everyone"', '"Gold"'],
    ]);
    expect(differences(from, canonical([silver, filter]))).toEqual([
      ['task_routing.filters in their order', 'Gold Tickets, Silver', 'Silver, Gold Tickets'],
    ]);
    expect(differences(from, canonical([filter])).map(([field, , after]) => [field, after])).toEqual([
      ['task_routing.filters["Silver"].filter_friendly_name', undefined],
      ['task_routing.filters["Silver"].expression', undefined],
      ['task_routing.filters["Silver"].targets[0].queue', undefined],
    ]);
  });

  it('differ by place where two filters have one name or one has none', () => {
    const twice = [filter, filter];
    const other = [filter, { ...filter, expression: 'a == 2' }];
    expect(differences(canonical(twice), canonical(other))).toEqual([
      ['task_routing.filters[1].expression', '"a == 1"', '"a == 2"'],
    ]);
  });

  it('have SIDs on their way to Twilio, and names on their way back; everything else stays', () => {
    const file = {
      task_routing: {
        filters: [
          { targets: [{ task_queue: 'Gold', order_by: 'worker.level DESC' }, { queue: 'Everyone' }, { timeout: 15 }] },
        ],
        default_filter: { task_queue: 'Everyone' },
        'x-note': 'kept',
      },
    };
    const sidOf = (name: string): string => (name === 'Gold' ? gold : everyone);

    const sent = toTwilioJson(file, sidOf);

    expect(sent).toEqual({
      task_routing: {
        filters: [
          { targets: [{ task_queue_sid: gold, order_by: 'worker.level DESC' }, { queue: everyone }, { timeout: 15 }] },
        ],
        default_filter: { task_queue_sid: everyone },
        'x-note': 'kept',
      },
    });
    expect(toNamedJson(sent, nameOfQueue)).toEqual(file);
    const lost = { task_routing: { default_filter: { task_queue_sid: `WQ${'3'.repeat(32)}` } } };
    expect(toNamedJson(lost, nameOfQueue)).toEqual(lost);
  });
});

describe('the difference of JSON', () => {
  it('knows a number from a text, and tells what comes and goes', () => {
    expect(differences({ a: 5, b: [1], c: { d: null } }, { a: '5', b: [1, 2], c: {}, 'e f': true })).toEqual([
      ['a', '5', '"5"'],
      ['b', '[1]', '[1,2]'],
      ['c.d', 'null', undefined],
      ['["e f"]', undefined, 'true'],
    ]);
  });

  it('is nothing where only the order of keys is another', () => {
    expect(differences([{ a: 1, b: { c: 1, d: 2 } }], [{ b: { d: 2, c: 1 }, a: 1 }])).toEqual([]);
    expect(differences({ list: [[{ a: 1, b: 2 }]] }, { list: [[{ b: 2, a: 1 }]] })).toEqual([]);
  });

  it('is told of an object that is empty on one side', () => {
    expect(differences({}, { a: {} })).toEqual([['a', undefined, '{}']]);
  });
});

describe('JSON', () => {
  it('is another where there is null and where there is an empty object', () => {
    expect(differences({ a: null }, { a: {} })).toEqual([['a', 'null', '{}']]);
    expect(differences({ a: { b: 1 } }, { a: null })).toEqual([['a', '{"b":1}', 'null']]);
  });

  it('is the same where a number is spelt otherwise, and another where it is too long to count', () => {
    const read = (text: string) => parseTaskAttributes(`{"a":[${text}]}`);
    expect(differences(read('1.0'), read('1'))).toEqual([]);
    expect(differences(read('12345678901234567890'), read('12345678901234567891'))).toEqual([
      ['attributes.a', '[12345678901234567890]', '[12345678901234567891]'],
    ]);
  });
});
