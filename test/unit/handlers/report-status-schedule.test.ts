import { judge } from '../../../lambdas/shared/runtime/judge.ts';
import type { Ending } from '../../../lambdas/shared/runtime/judge.ts';
import { sids } from '../../support/example-sids.ts';
import { receive, report, sentAt, startReportWorld } from './report-world.ts';
import type { ReportWorld } from './report-world.ts';

const after = (seconds: number): Date => new Date(sentAt.getTime() + seconds * 1000);

async function endingOf(world: ReportWorld, receiveCount: number): Promise<Ending> {
  return receive(world, report(), { receiveCount }).then(
    (outcome) => ({ kind: 'returned', outcome }),
    (error: unknown) => ({ kind: 'threw', error }),
  );
}

/** What becomes of one message whose target never takes it, with chance at this number all along. */
async function followToItsEnd(world: ReportWorld, random: number) {
  let ageSeconds = 0;
  const pauses: number[] = [];
  for (let receiveCount = 1; ; receiveCount += 1) {
    world.setClock(after(ageSeconds));
    const fate = judge(await endingOf(world, receiveCount), { receiveCount, random });
    if (fate.kind !== 'retry') return { fate, receiveCount, ageSeconds, pauses };
    pauses.push(fate.afterSeconds);
    ageSeconds += fate.afterSeconds;
  }
}

describe('a message that its target does not take', () => {
  // By hand, at random 0: a pause is the greater of 1 s and a quarter of the age, rounded up, and at most 1,800 s:
  // 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, … The 82nd receive is the first one at or past 86,400 s, at 87,479 s. Whatever chance
  // adds makes pauses longer and receives fewer; the judge parks at the 120th, and SQS by itself after the 125th.
  it.each([
    [0, 82, 87_479],
    [0.999, 61, 86_473],
  ])('is tried for 24 h and then parked, with chance at %d', async (random, receives, ageSeconds) => {
    const world = await startReportWorld();
    world.sender.answerAlways({ status: 503 });

    const end = await followToItsEnd(world, random);

    expect(end).toMatchObject({
      fate: { kind: 'park', reason: 'report-undeliverable' },
      receiveCount: receives,
      ageSeconds,
    });
    expect(world.sender.posts).toHaveLength(receives);
    expect(await world.timeline()).toEqual([`report COMPLETE of ${sids.reservation()} given up for warehouse`]);
  });

  it('is first tried again within seconds, and never left alone for more than half an hour', async () => {
    const world = await startReportWorld();
    world.sender.answerAlways('nothing');

    const { pauses } = await followToItsEnd(world, 0);

    expect(pauses.slice(0, 10)).toEqual([1, 1, 1, 1, 1, 2, 2, 3, 3, 4]);
    expect(Math.max(...pauses)).toBe(1800);
  });

  it.each([
    ['a target without a secret', async (world: ReportWorld) => world.secrets.rotate({})],
    ['one that is not there', async (world: ReportWorld) => world.sender.answerAlways('nothing')],
  ])('is parked with the same reason for %s', async (_what, breakIt) => {
    const world = await startReportWorld();
    await breakIt(world);
    await world.secrets.fresh();

    expect((await followToItsEnd(world, 0.5)).fate).toEqual({ kind: 'park', reason: 'report-undeliverable' });
  });

  it('is delivered when the target is back in the last minute', async () => {
    const world = await startReportWorld();
    world.setClock(after(86_399));
    world.sender.answerNext({ status: 503 });
    await expect(receive(world, report(), { receiveCount: 80 })).rejects.toMatchObject({
      name: 'RetryableError',
      retryAfterSeconds: 1800,
    });

    world.setClock(after(88_199));
    expect(await receive(world, report(), { receiveCount: 81 })).toEqual({ kind: 'done' });
  });

  it('waits as long as it was asked to, where that is longer', async () => {
    const world = await startReportWorld();
    world.setClock(after(40_000));
    world.sender.answerNext({ status: 429, retryAfterSeconds: 7200 }, { status: 429, retryAfterSeconds: 5 });

    await expect(receive(world, report())).rejects.toMatchObject({ retryAfterSeconds: 7200 });
    await expect(receive(world, report())).rejects.toMatchObject({ retryAfterSeconds: 1800 });
  });
});
