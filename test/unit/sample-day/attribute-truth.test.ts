import { reservationSid, taskSid, workerSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { brokenPromises, brokenWorkerPromises, spoiledPaths } from '../../../local/sample-day/attribute-truth.ts';
import type { AttributePromise } from '../../../local/sample-day/day.ts';
import type { AttributesWriter, TaskView } from '../../../local/twilio/simulator.ts';

const leg = reservationSid(`WR${'1'.repeat(32)}`);
const second = (seconds: number): Date => new Date(Date.UTC(2026, 10, 20, 8, 0, seconds));

type Write = readonly [atSecond: number, by: AttributesWriter, attributes: object];

function historyOf(writes: readonly Write[]): TaskView['history'] {
  return writes.map(([atSecond, by, attributes]) => ({
    at: second(atSecond),
    by,
    attributes: JSON.stringify(attributes),
  }));
}

/** A task whose only leg ended at the 40th second and which itself ended at the 60th. */
function taskWith(...writes: readonly Write[]): TaskView {
  const history = historyOf(writes);
  return {
    taskSid: taskSid(`WT${'1'.repeat(32)}`),
    workspaceSid: workspaceSid(`WS${'1'.repeat(32)}`),
    status: 'completed',
    attributes: history.at(-1)?.attributes ?? '{}',
    etag: '"1"',
    channel: 'voice',
    queue: 'Leasing',
    priority: 0,
    createdAt: second(0),
    endedAt: second(60),
    reservations: [
      { reservationSid: leg, workerSid: workerSid(`WK${'1'.repeat(32)}`), status: 'completed', endedAt: second(40) },
    ],
    history,
  };
}

describe('brokenPromises', () => {
  const language: AttributePromise = { path: 'conversations.language', value: 'spanish' };
  const spanish = { conversations: { language: 'spanish' } };

  it('finds nothing wrong with what is there at the task’s end', () => {
    expect(brokenPromises(taskWith([0, 'creator', {}], [60, 'rest', spanish]), [language])).toEqual([]);
  });

  it.each<[string, readonly Write[]]>([
    ['is missing', [[0, 'creator', {}]]],
    ['is another', [[0, 'creator', { conversations: { language: 'english' } }]]],
    [
      'came when Insights had looked',
      [
        [0, 'creator', {}],
        [61, 'rest', spanish],
      ],
    ],
    [
      'was taken away before the end',
      [
        [5, 'rest', spanish],
        [59, 'plug-in', {}],
      ],
    ],
    ['stands where an object should', [[0, 'creator', { conversations: 'spanish' }]]],
  ])('names what %s', (_case, writes) => {
    expect(brokenPromises(taskWith(...writes), [language])).toEqual(['conversations.language at the task’s end']);
  });

  it('reads one agent’s part at its own end, whatever is written later', () => {
    const promise = { path: 'conversations.hang_up_by', value: 'Agent', reservationSid: leg };
    const written = (value: string) => ({ conversations: { hang_up_by: value } });

    expect(
      brokenPromises(taskWith([39, 'rest', written('Agent')], [50, 'rest', written('Customer')]), [promise]),
    ).toEqual([]);
    expect(brokenPromises(taskWith([0, 'creator', {}], [41, 'rest', written('Agent')]), [promise])).toEqual([
      `conversations.hang_up_by at the end of ${leg}`,
    ]);
  });

  it('wants nothing where nothing was promised to be', () => {
    const noName: AttributePromise = { path: 'customers.name', value: null };

    expect(brokenPromises(taskWith([0, 'creator', { name: 'outgoing' }]), [noName])).toEqual([]);
    expect(brokenPromises(taskWith([0, 'rest', { customers: { name: null } }]), [noName])).toEqual([]);
    expect(brokenPromises(taskWith([0, 'rest', { customers: { name: 'outgoing' } }]), [noName])).toEqual([
      'customers.name at the task’s end',
    ]);
  });
});

describe('spoiledPaths', () => {
  const made = { rdClientId: '1', conversations: { outcome: 'set', segment_link: 'theirs' }, tags: ['a'] };

  it.each<[string, readonly Write[], readonly string[]]>([
    [
      'an addition',
      [
        [0, 'creator', made],
        [1, 'rest', { ...made, rd: { client_id: 1 } }],
      ],
      [],
    ],
    [
      'a link that takes another’s place',
      [
        [0, 'creator', made],
        [1, 'rest', { ...made, conversations: { outcome: 'set', segment_link: 'ours' } }],
      ],
      [],
    ],
    [
      'a legacy key that is gone',
      [
        [0, 'creator', made],
        [1, 'rest', { ...made, rdClientId: undefined }],
      ],
      ['rdClientId'],
    ],
    [
      'a legacy key of another type',
      [
        [0, 'creator', made],
        [1, 'rest', { ...made, rdClientId: 1 }],
      ],
      ['rdClientId'],
    ],
    [
      'a list that is shorter',
      [
        [0, 'creator', made],
        [1, 'rest', { ...made, tags: [] }],
      ],
      ['tags'],
    ],
    [
      'another’s value that is replaced',
      [
        [0, 'creator', made],
        [1, 'rest', { ...made, conversations: { segment_link: 'theirs', outcome: 'x' } }],
      ],
      ['conversations.outcome'],
    ],
    [
      'what a plug-in takes away',
      [
        [0, 'creator', made],
        [1, 'plug-in', {}],
      ],
      [],
    ],
    [
      'what the pipeline wrote itself',
      [
        [0, 'creator', {}],
        [1, 'rest', { hang_up_by: 'Agent' }],
        [2, 'rest', { hang_up_by: 'Customer' }],
      ],
      [],
    ],
    [
      'what a plug-in wrote meanwhile',
      [
        [0, 'creator', {}],
        [1, 'plug-in', { crm: 1 }],
        [2, 'rest', { rd: {} }],
      ],
      ['crm'],
    ],
  ])('of %s', (_case, writes, spoiled) => {
    expect(spoiledPaths(historyOf(writes))).toEqual(spoiled);
  });
});

describe('brokenWorkerPromises', () => {
  const worker = { attributes: '{"role":"agent","location":"","routing":{"levels":{"chat":3}}}' };

  it('finds nothing where all is as promised, also where nothing or something empty must be', () => {
    expect(
      brokenWorkerPromises(worker, { role: 'agent', location: null, email: null, 'routing.levels.chat': 3 }),
    ).toEqual([]);
  });

  it('names what is missing, another, or there and should not be', () => {
    expect(brokenWorkerPromises(worker, { role: null, email: 'a@example.com', 'routing.levels.chat': 4 })).toEqual([
      'role',
      'email',
      'routing.levels.chat',
    ]);
  });
});
