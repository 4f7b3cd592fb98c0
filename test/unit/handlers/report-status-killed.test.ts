import type { RelayContactStatus, ReportStatus } from '../../../lambdas/shared/messages/work-message.ts';
import { startKiller } from '../../support/journey/killable.ts';
import type { KillAt, Killer } from '../../support/journey/killable.ts';
import { failureOf } from '../../support/failure-of.ts';
import { sids } from '../../support/example-sids.ts';
import { receive, relay, report, startReportWorld, targetNamed, warehouse } from './report-world.ts';
import type { ReportWorld } from './report-world.ts';

/** The world with everything that outlives the function counted as an effect. */
function killable(world: ReportWorld, killer: Killer): ReportWorld {
  return {
    ...world,
    queues: { ...world.queues, send: killer.effect('send', world.queues.send) },
    sender: { ...world.sender, post: killer.effect('post', world.sender.post) },
    ledger: { ...world.ledger, addToTimeline: killer.effect('timeline', world.ledger.addToTimeline) },
    controls: { ...world.ledger, saveTargetControl: killer.effect('disable', world.ledger.saveTargetControl) },
  };
}

const crm = targetNamed('crm', 'archive');
const { target: _all, ...reportToAll } = report();

interface Killed {
  readonly world: ReportWorld;
  readonly effects: readonly string[];
}

/** Kills the function at one effect and delivers the message again; undefined when it has no such effect. */
async function killAndRepeat(
  message: ReportStatus | RelayContactStatus,
  killAt: KillAt,
  prepare: (world: ReportWorld) => void,
): Promise<Killed | undefined> {
  const world = await startReportWorld([warehouse, crm, targetNamed('mirror', 'calabrio')]);
  prepare(world);
  const killer = startKiller(killAt);
  const mortal = killable(world, killer);
  await failureOf(receive(mortal, message));
  if (!killer.hasKilled) return undefined;
  killer.revive();
  await receive(mortal, message, { receiveCount: 2 });
  return { world, effects: killer.effects };
}

/** Every way in which the function can be killed once while it works on the message. */
async function everyKill(
  message: ReportStatus | RelayContactStatus,
  prepare: (world: ReportWorld) => void = () => undefined,
): Promise<readonly Killed[]> {
  const runs: Killed[] = [];
  for (let effect = 0; ; effect += 1) {
    const before = await killAndRepeat(message, { effect, when: 'before' }, prepare);
    const after = await killAndRepeat(message, { effect, when: 'after' }, prepare);
    if (before === undefined || after === undefined) return runs;
    runs.push(before, after);
  }
}

describe('a function that is killed between any two effects', () => {
  it('still delivers a report, under one id, and says so in the timeline', async () => {
    const runs = await everyKill(report());

    expect(runs).toHaveLength(4);
    for (const { world } of runs) {
      expect(world.sender.posts.length).toBeGreaterThanOrEqual(1);
      expect(new Set(world.sender.posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect(await world.timeline()).toEqual([`report COMPLETE of ${sids.reservation()} delivered to warehouse`]);
      expect(world.reports()).toContain('delivered');
    }
  });

  it("still passes on a message of Calabrio's, under one id", async () => {
    const runs = await everyKill(relay());

    expect(runs).toHaveLength(2);
    for (const { world } of runs) {
      expect(new Set(world.sender.posts.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
      expect(world.reports()).toEqual(['delivered']);
    }
  });

  it('still sends a message to every target', async () => {
    const runs = await everyKill(reportToAll);

    expect(runs).toHaveLength(4);
    for (const { world } of runs) {
      const targets = world.queues.sentTo('internal/report-status').map(({ target }) => target);
      expect([...new Set(targets)]).toEqual(['warehouse', 'crm']);
    }
  });

  it('still disables a target that answered 410, and rings', async () => {
    const runs = await everyKill(report(), (world) => world.sender.answerAlways({ status: 410 }));

    expect(runs).toHaveLength(6);
    for (const { world } of runs) {
      const control = await world.ledger.readTargetControl();
      expect(control?.disabled.map(({ name }) => name)).toEqual(['warehouse']);
      expect(world.reports()).toContain('disabled');
      expect(await world.timeline()).toEqual([
        `report COMPLETE of ${sids.reservation()} withheld from warehouse, which is disabled`,
      ]);
    }
  });
});
