import { enrichWorker } from '../../../lambdas/enrich-task/enrich-worker.ts';
import { recordWorkerEvent } from '../../../lambdas/enrich-task/record-worker-event.ts';
import { RetryableError, done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { EnrichWorker } from '../../../lambdas/shared/messages/work-message.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { attributesEvent, departmentRule, startWorkerWorld } from './worker-world.ts';

const message: EnrichWorker = { v: 1, route: 'internal/enrich-worker', workerSid: sids.worker(), cause: 'EV1' };

const written =
  '{"rd_auth_token":"not-a-real-token","department":"Contact Center","employee":12345678901234567890,"team_id":"1","department_name":"Contact Center"}';

describe("writing a worker's attributes", () => {
  it.each([
    [true, '"0"'],
    [false, undefined],
  ])(
    'adds what the rules want and leaves every other key to the letter, on the revision that was read (ETags: %s)',
    async (givesEtags, etag) => {
      const world = startWorkerWorld({ givesEtags });

      expect(await enrichWorker(world, message)).toEqual(done);

      expect(world.workers.writes).toEqual([
        { workerSid: sids.worker(), attributes: written, ...(etag !== undefined && { etag }) },
      ]);
      expect(world.counted()).toEqual(['workerAttributes written 1']);
    },
  );

  it('writes nothing a second time, and its own event asks for nothing', async () => {
    const world = startWorkerWorld();
    await enrichWorker(world, message);

    expect(await enrichWorker(world, message)).toEqual(done);
    await recordWorkerEvent(world, attributesEvent(world.workers.attributesOf(sids.worker())));

    expect(world.workers.writes).toHaveLength(1);
    expect(world.queues.sent).toEqual([]);
  });

  it.each([
    ['a rule that reads what it writes', [{ name: 'more', write: 'location', value: "attributes.location & '!'" }]],
    [
      'two rules that undo each other',
      [
        { name: 'to', write: 'location', value: "'b'", when: "$not(attributes.location = 'b')" },
        { name: 'fro', write: 'location', value: "'a'", when: "attributes.location = 'b'" },
      ],
    ],
  ])('is refused by name where it would never end: %s', async (_what, rules) => {
    const world = startWorkerWorld({ config: { workerRules: rules.map((rule) => ({ ...rule, overwrite: true })) } });

    expect(await failureOf(enrichWorker(world, message))).toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-never-settle',
    });
    expect(world.workers.writes).toEqual([]);
  });

  it('goes on where one rule builds upon another', async () => {
    const workerRules = [
      { name: 'last', write: 'agent_label_1', value: 'attributes.agent_label_2', overwrite: true },
      { name: 'middle', write: 'agent_label_2', value: 'attributes.agent_label_3', overwrite: true },
      { name: 'first', write: 'agent_label_3', value: 'worker.departmentName', overwrite: true },
    ];
    const world = startWorkerWorld({ config: { workerRules } });

    expect(await enrichWorker(world, message)).toEqual(done);
  });

  it("loses nobody's change when it loses the race", async () => {
    const world = startWorkerWorld();
    world.workers.beforeNextReplace(() =>
      world.workers.changeElsewhere(sids.worker(), '{"department":"Sales","login":1}'),
    );

    expect(await enrichWorker(world, message)).toEqual(done);

    expect(world.workers.attributesOf(sids.worker())).toBe(
      '{"department":"Sales","login":1,"department_name":"Sales"}',
    );
  });

  it('comes again later after eight lost races', async () => {
    const world = startWorkerWorld();
    for (let race = 0; race < 8; race += 1)
      world.workers.beforeNextReplace(() => world.workers.changeElsewhere(sids.worker(), `{"department":"${race}"}`));

    expect(await failureOf(enrichWorker(world, message))).toMatchObject({
      name: 'RetryableError',
      reason: 'attributes-contended',
    });
    expect(world.workers.writes).toEqual([]);
  });

  it.each([{ workerWrites: false }, { enrichmentMode: 'observe' as const }])(
    'is left with %j, also for a message from before, without a call to Twilio',
    async (settings) => {
      const world = startWorkerWorld(settings);
      world.workers.failNext('fetch', new Error('nobody was to ask'));

      expect(await enrichWorker(world, message)).toEqual(ignored('worker-writes-off'));
    },
  );

  it('is left for a worker that is gone', async () => {
    const world = startWorkerWorld();
    world.workers.remove(sids.worker());

    expect(await enrichWorker(world, message)).toEqual(ignored('worker-gone'));
  });

  it('is left for a worker that goes while it is written', async () => {
    const world = startWorkerWorld();
    world.workers.beforeNextReplace(() => world.workers.remove(sids.worker()));

    expect(await enrichWorker(world, message)).toEqual(ignored('worker-gone'));
    expect(world.counted()).toEqual([]);
  });

  it('waits for Twilio', async () => {
    const world = startWorkerWorld();
    const away = new RetryableError('Twilio is away', { reason: 'twilio-unavailable' });
    world.workers.failNext('replaceAttributes', away);

    expect(await failureOf(enrichWorker(world, message))).toBe(away);
    expect(world.counted()).toEqual([]);
  });

  it.each([
    [4096, 'done'],
    [4097, 'attributes-too-large'],
  ])('writes %i characters: %s', async (characters, expected) => {
    const world = startWorkerWorld();
    const frame = '{"department":"D","pad":"","department_name":"D"}'.length;
    const pad = 'x'.repeat(characters - frame);
    world.workers.changeElsewhere(sids.worker(), `{"department":"D","pad":"${pad}"}`);

    const outcome = await enrichWorker(world, message).then(
      ({ kind }) => kind,
      (failure: unknown) => failure,
    );

    if (expected === 'done') expect(outcome).toBe('done');
    else expect(outcome).toMatchObject({ name: 'PermanentError', reason: expected });
    expect(world.workers.writes.map(({ attributes }) => attributes.length)).toEqual(
      expected === 'done' ? [characters] : [],
    );
  });

  it.each(['', '[]', 'not JSON'])('parks attributes that are no object and leaves them: %j', async (attributes) => {
    const world = startWorkerWorld();
    world.workers.changeElsewhere(sids.worker(), attributes);

    expect(await failureOf(enrichWorker(world, message))).toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-not-an-object',
    });
    expect(world.workers.attributesOf(sids.worker())).toBe(attributes);
  });
});

describe('a rule for workers', () => {
  const attributesAfter = async (...[settings]: Parameters<typeof startWorkerWorld>): Promise<unknown> => {
    const world = startWorkerWorld(settings);
    await enrichWorker(world, message);
    return JSON.parse(world.workers.attributesOf(sids.worker()) ?? '');
  };

  it('sees the canonical worker, its name, the attributes and the tables, and no secret', async () => {
    const workerRules = [
      { name: 'a', write: 'agent_attribute_1', value: 'worker.workerName & "/" & worker.workerSid' },
      { name: 'b', write: 'agent_attribute_2', value: 'attributes.team_id' },
      { name: 'c', write: 'department_id', value: '$lookup(lookups.departments, worker.departmentName)' },
      { name: 'd', write: 'agent_attribute_3', value: 'attributes.rd_auth_token' },
    ];

    expect(await attributesAfter({ config: { workerRules } })).toMatchObject({
      agent_attribute_1: `ada/${sids.worker()}`,
      agent_attribute_2: '1',
      department_id: '2',
    });
    expect(await attributesAfter({ config: { workerRules } })).not.toHaveProperty('agent_attribute_3');
  });

  it('has its path when its condition is the first that holds', async () => {
    const rule = (name: string, when: string) => ({ name, write: 'role', value: `"${name}"`, when });
    const workerRules = [rule('no', 'worker.teamId = "2"'), rule('yes', 'worker.teamId = "1"'), rule('late', 'true')];

    expect(await attributesAfter({ config: { workerRules } })).toMatchObject({ role: 'yes' });
  });

  it('does not hold by a condition that is no truth value, which is counted', async () => {
    const world = startWorkerWorld({ config: { workerRules: [{ ...departmentRule, when: '"yes"' }] } });

    await enrichWorker(world, message);

    expect(world.workers.writes).toEqual([]);
    expect(world.counted()).toEqual(['rules failed 1']);
  });

  it.each([
    ['fill', undefined, '1'],
    ['fill', true, 'new'],
    ['overwrite', undefined, 'new'],
    ['overwrite', false, '1'],
  ] as const)('in mode %s with overwrite %s makes "%s" of a value that is there', async (mode, overwrite, expected) => {
    const rule = { name: 'team', write: 'team_id', value: '"new"', ...(overwrite !== undefined && { overwrite }) };

    const attributes = await attributesAfter({ enrichmentMode: mode, config: { workerRules: [rule] } });

    expect(attributes).toMatchObject({ team_id: expected });
  });

  it('has its text cut where Insights would cut it', async () => {
    const workerRules = [{ name: 'long', write: 'full_name', value: '$pad("", 129, "ä")' }];

    expect(await attributesAfter({ config: { workerRules } })).toMatchObject({ full_name: 'ä'.repeat(128) });
  });
});
