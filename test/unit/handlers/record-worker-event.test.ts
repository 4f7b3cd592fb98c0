import { recordWorkerEvent } from '../../../lambdas/enrich-task/record-worker-event.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { activityEvent, agentText, attributesEvent, departmentRule, startWorkerWorld } from './worker-world.ts';

const clean = '{"department_id":"2","department_name":"Contact Center","team_id":"1","team_name":"Sales"}';

describe("a worker's new activity", () => {
  it('is told as the state that it is mapped to, with when it was and what it follows from', async () => {
    const world = startWorkerWorld();

    expect(await recordWorkerEvent(world, activityEvent('Lunch'))).toEqual(done);

    expect(world.queues.sent).toEqual([
      {
        message: {
          v: 1,
          route: 'internal/report-agent-state',
          workerSid: sids.worker(),
          workerName: 'ada',
          state: 'Not Ready',
          reason: 'Lunch',
          occurredAt: '2026-11-20T10:00:00.250Z',
          cause: sids.event(),
        },
        delaySeconds: 0,
      },
    ]);
    expect(world.counted()).toEqual(['agentStates reported 1']);
  });

  it.each(['Training', undefined])('that nobody mapped is told to nobody, and counted: %s', async (activity) => {
    const world = startWorkerWorld();

    expect(await recordWorkerEvent(world, activityEvent(activity))).toEqual(ignored('activity-unmapped'));

    expect(world.queues.sent).toEqual([]);
    expect(world.counted()).toEqual(['agentStates unmapped 1']);
  });

  it('is not counted as unmapped where the team maps none at all', async () => {
    const world = startWorkerWorld({ config: { agentStates: {} } });

    expect(await recordWorkerEvent(world, activityEvent('Lunch'))).toEqual(ignored('activity-unmapped'));
    expect(world.counted()).toEqual([]);
  });

  it('is not counted as told when the queue did not take it', async () => {
    const world = startWorkerWorld();
    world.queues.failNext('send', new Error('the queue is away'));

    expect(await failureOf(recordWorkerEvent(world, activityEvent('Lunch')))).toHaveProperty(
      'message',
      'the queue is away',
    );
    expect(world.counted()).toEqual([]);
  });

  it('is not looked at for attributes', async () => {
    const world = startWorkerWorld();

    await recordWorkerEvent(world, { ...activityEvent('Available'), attributesText: agentText });

    expect(world.queues.sent.map(({ message }) => message.route)).toEqual(['internal/report-agent-state']);
  });
});

describe("a worker's new attributes", () => {
  it('that lack what the rules want are sent on to be written, and a secret among them is counted', async () => {
    const world = startWorkerWorld();

    expect(await recordWorkerEvent(world, attributesEvent())).toEqual(done);

    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { v: 1, route: 'internal/enrich-worker', workerSid: sids.worker(), cause: sids.event() },
    ]);
    expect(world.counted()).toEqual(['secretsInAttributes worker 1']);
  });

  it('that Insights would not show are counted', async () => {
    const world = startWorkerWorld({ config: { workerRules: [] } });

    // A team's name is shown only where its id is; an agent's name is cut after 128 characters.
    await recordWorkerEvent(world, attributesEvent(JSON.stringify({ team_name: 'Sales', full_name: 'x'.repeat(129) })));

    expect(world.counted()).toEqual(['workerAttributes faulty 2']);
  });

  it('that have everything are left alone: our own write ends here', async () => {
    const world = startWorkerWorld();

    expect(await recordWorkerEvent(world, attributesEvent(clean))).toEqual(done);

    expect(world.queues.sent).toEqual([]);
    expect(world.counted()).toEqual([]);
  });

  it.each([{ workerWrites: false }, { enrichmentMode: 'observe' as const }])(
    'are written by nobody with %j, and what they lack is counted',
    async (settings) => {
      const world = startWorkerWorld(settings);

      expect(await recordWorkerEvent(world, attributesEvent())).toEqual(done);

      expect(world.queues.sent).toEqual([]);
      expect(world.counted()).toContain('workerAttributes observed 1');
    },
  );

  it('that did not come along are looked at by nobody', async () => {
    const world = startWorkerWorld();

    expect(
      await recordWorkerEvent(world, { ...attributesEvent(clean), eventType: 'worker.attributes.update' }),
    ).toEqual(done);
    const { attributesText: _none, ...without } = attributesEvent(clean);
    expect(await recordWorkerEvent(world, without)).toEqual(done);
    expect(world.counted()).toEqual([]);
  });

  it('that cannot be read park the event, and are not quoted', async () => {
    const failure = await failureOf(recordWorkerEvent(startWorkerWorld(), attributesEvent('Ada +12025550143')));

    expect(failure).toMatchObject({ name: 'PermanentError', reason: 'attributes-not-an-object' });
    expect(failure).toHaveProperty('message', expect.not.stringContaining('12025550143'));
  });

  it('are judged by every rule but the one that fails, which is counted', async () => {
    const broken = { name: 'broken', write: 'team_name', value: '$substring(worker, {})' };
    const world = startWorkerWorld({ config: { workerRules: [broken, departmentRule] } });

    await recordWorkerEvent(world, attributesEvent());

    expect(world.queues.sent.map(({ message }) => message.route)).toEqual(['internal/enrich-worker']);
    expect(world.counted()).toContain('rules failed 1');
  });
});
