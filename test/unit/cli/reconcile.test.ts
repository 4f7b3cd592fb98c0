import { dayReport, newDayComparison, reportKey } from '../../../lambdas/shared/domain/reconcile/day-comparison.ts';
import type { Finding } from '../../../lambdas/shared/domain/reconcile/findings.ts';
import {
  newSweepControl,
  withComparisonLeft,
  withDaysToCompare,
} from '../../../lambdas/shared/domain/reconcile/sweep-control.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';

const settings = { lookBackHours: 48, settleMinutes: 15, recordedQueues: {} };
const madeAt = new Date('2026-11-20T02:15:00Z');
const finding: Finding = { kind: 'missing-archive', sid: sids.recording(), why: 'unknown' };

/** A reconcile that takes one day a run, and finds the same on each. */
function comparing(findings: readonly Finding[] = []) {
  const ledger = inMemoryLedger();
  const archive = inMemoryArchive();
  const events: unknown[] = [];
  const reconcile = async (event: object | undefined) => {
    events.push(event);
    const days = event !== undefined && 'days' in event && Array.isArray(event.days) ? event.days : [];
    const control = (await ledger.readSweepControl()) ?? newSweepControl(madeAt, settings);
    const waiting = withDaysToCompare(control, days);
    const day = waiting.daysToCompare[0];
    if (day === undefined) return {};
    const compared = { ...newDayComparison(day), findings };
    const queues = [{ queueSid: sids.queue(), tasks: 10, recorded: 8, wantedPercent: 90, isGap: findings.length > 0 }];
    archive.putAnyway(reportKey(day, 'json'), Buffer.from(JSON.stringify(dayReport(compared, queues, 4, madeAt))));
    await ledger.saveSweepControl(withComparisonLeft(waiting, [day]));
    return { daysCompared: 1 };
  };
  return { events, connection: fakeConnection({ ledger, archive, reconcile }) };
}

describe('reconcile --day', () => {
  it('has the day compared, shows what was found, and exits 1 where a person must look', async () => {
    const { connection, events } = comparing([finding]);

    const answer = await run(['reconcile', '--day', '2026-11-19'], connection);

    expect(answer.code).toBe(1);
    expect(events).toEqual([{ run: 'daily', days: ['2026-11-19'] }]);
    expect(answer.out).toContain('2026-11-19 UTC: 0 recordings at Twilio, 0 archived, 0 tasks, 4 objects');
    expect(answer.out).toContain(`missing-archive  ${sids.recording()}  unknown`);
    expect(answer.out).toMatch(new RegExp(`${sids.queue()} +10 +8 +90 % +gap`));
  });

  it('exits 0 where nothing is amiss, and gives the report as JSON', async () => {
    const { connection } = comparing();

    const answer = await run(['reconcile', '--day', '2026-11-19', '--json'], connection);

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toMatchObject({ reports: [{ v: 1, day: '2026-11-19', findings: [] }] });
  });

  it('starts the function until every day that was asked for is compared', async () => {
    const { connection, events } = comparing();

    const answer = await run(['reconcile', '--from', '2026-11-17', '--json'], connection);

    expect(events).toEqual([
      { run: 'daily', days: ['2026-11-17', '2026-11-18', '2026-11-19'] },
      { run: 'daily', days: [] },
      { run: 'daily', days: [] },
    ]);
    expect(JSON.parse(answer.out).reports).toMatchObject([
      { day: '2026-11-17' },
      { day: '2026-11-18' },
      { day: '2026-11-19' },
    ]);
  });

  it.each([
    [['--day', '2026-11-20'], '2026-11-20 is not over there: the last whole day is 2026-11-19'],
    [['--day', '2026-02-30'], '--day wants a day such as 2026-11-20, not "2026-02-30"'],
    [['--day', '2026-11-19', '--from', '2026-11-18'], 'use one of them'],
    [['--to', '2026-11-18'], '--to wants --from'],
    [['--from', '2026-11-18', '--to', '2026-11-17'], '--to comes before --from'],
    [['--from', '2026-10-01'], '50 days are too many at once'],
  ])('refuses %j and says why', async (typed, message) => {
    const { connection, events } = comparing();

    const answer = await run(['reconcile', ...typed], connection);

    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(events).toEqual([]);
  });
});
