import type { CreateReviewTaskNeeds } from '../../../lambdas/create-review-task/handler.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { startKiller } from '../../support/journey/killable.ts';
import type { KillAt, Killer } from '../../support/journey/killable.ts';
import { deliver, startReview, timeline } from './review-world.ts';

/** Everything that is an effect can be killed before and after. */
function killable(has: CreateReviewTaskNeeds, { effect }: Killer): CreateReviewTaskNeeds {
  const { ledger, tasks } = has;
  return {
    ...has,
    ledger: {
      ...ledger,
      saveTask: effect('saveTask', ledger.saveTask),
      addToTimeline: effect('addToTimeline', ledger.addToTimeline),
    },
    tasks: { ...tasks, create: effect('create', tasks.create) },
  };
}

/** Delivers the message, killed at that effect, and then again until it is settled; half a minute between two deliveries. */
async function play(killAt?: KillAt) {
  const review = await startReview();
  const killer = startKiller(killAt, () => 'create-review-task');
  const has = killable(review.has, killer);
  let waits = 0;
  for (let delivery = 0; delivery < 6; delivery += 1) {
    killer.revive();
    if ((await failureOf(deliver(has))) === undefined) break;
    waits += 1;
    review.setClock(`10:${String(5 + Math.floor(waits / 2)).padStart(2, '0')}:${waits % 2 === 0 ? '00' : '30'}`);
  }
  return {
    killed: killAt === undefined ? 'never' : `${killAt.when} ${killer.effects[killAt.effect]} (${killAt.effect})`,
    effects: killer.effects,
    wasKilled: killer.hasKilled,
    made: review.tasks.created.map(({ taskSid }) => taskSid),
    known: (await review.task()).review?.taskSid,
    lines: await timeline(review),
  };
}

describe('a function that is killed while it makes a review task', () => {
  it('ends with exactly one, which the ledger knows, whichever effect it was killed before or after', async () => {
    const undisturbed = await play();
    const deaths: Awaited<ReturnType<typeof play>>[] = [];
    for (const [effect] of undisturbed.effects.entries())
      for (const when of ['before', 'after'] as const) deaths.push(await play({ effect, when }));

    expect(undisturbed.effects).toEqual(['addToTimeline', 'saveTask', 'create', 'addToTimeline', 'saveTask']);
    expect(deaths.filter(({ wasKilled }) => !wasKilled)).toEqual([]);
    expect(deaths.filter(({ made, known }) => made.length !== 1 || known !== made[0])).toEqual([]);
    const outcomes = (lines: readonly string[]): string =>
      lines
        .map((line) => line.split(' · ')[1] ?? '')
        .filter((what) => what !== 'review task intended')
        .join(', ');
    expect(deaths.map(({ killed, lines }) => `${killed}: ${outcomes(lines)}`)).toEqual([
      'before addToTimeline (0): review task made',
      'after addToTimeline (0): review task made',
      'before saveTask (1): review task made',
      'after saveTask (1): review task made',
      'before create (2): review task made',
      'after create (2): review task found',
      'before addToTimeline (3): review task found',
      'after addToTimeline (3): review task made, review task found',
      'before saveTask (4): review task made, review task found',
      'after saveTask (4): review task made',
    ]);
    expect(deaths.filter(({ lines }) => !lines[0]?.endsWith('review task intended'))).toEqual([]);
  });

  it('makes a second one only where TaskRouter has deleted the first before anybody looked', async () => {
    const review = await startReview();
    const killer = startKiller({ effect: 2, when: 'after' }, () => 'create-review-task');
    const has = killable(review.has, killer);
    await failureOf(deliver(has));
    killer.revive();
    review.tasks.remove(review.tasks.created[0]?.taskSid ?? sids.task());
    review.setClock('10:30:00');

    await deliver(has);

    expect(review.tasks.created).toHaveLength(2);
  });
});
