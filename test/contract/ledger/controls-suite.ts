import type { DeletionControl } from '../../../lambdas/shared/domain/deletion-control.ts';
import type { BackfillControl } from '../../../lambdas/shared/domain/reconcile/backfill-control.ts';
import type { SweepControl } from '../../../lambdas/shared/domain/reconcile/sweep-control.ts';
import type { SinkTests } from '../../../lambdas/shared/domain/sink-tests.ts';
import type { TargetControl } from '../../../lambdas/shared/domain/report-targets.ts';
import type { ControlRecords } from '../../../lambdas/shared/ports/control-records.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** A control record with every kind of attempt and an open breaker. */
const deletionControl: DeletionControl = {
  version: 0,
  hour: { startedAt: at('10:00:00.000'), begun: 3 },
  attempts: [
    { at: at('10:00:01.000'), recordingSid: sids.recording(1), end: 'deleted' },
    { at: at('10:00:02.000'), recordingSid: sids.recording(2), end: 'refused' },
    { at: at('10:00:03.000'), recordingSid: sids.recording(3), end: 'gone-external' },
  ],
  breaker: { state: 'open', openedAt: at('10:00:03.500'), why: '2 of the last 3 deletions were refused' },
  provedIngests: [sids.recording(4), sids.recording(5)],
};

const targetControl: TargetControl = {
  version: 0,
  disabled: [{ name: 'warehouse', url: 'https://warehouse.example.com/hooks', disabledAt: at('11:00:00.000') }],
  lastEnabled: { name: 'mirror', enabledBy: 'ada', enabledAt: at('10:30:00.000') },
};

const sweepControl: SweepControl = {
  version: 0,
  sweptUntil: at('11:45:00.000'),
  underWay: {
    from: at('11:15:00.000'),
    until: at('12:00:00.000'),
    page: 'Page=1&PageToken=PA1',
    at: at('12:15:00.000'),
  },
  daysToCompare: ['2026-11-18', '2026-11-19'],
  comparingUntil: at('12:20:00.000'),
};

const backfillControl: BackfillControl = {
  version: 0,
  from: '2024-01-01',
  to: '2024-12-31',
  doneUntil: '2024-02-29',
  counts: { found: 9, sent: 4, known: 2, tombstoned: 1, empty: 2, minutes: 12, bytes: 11_520_000 },
  at: at('12:30:00.000'),
};

const sinkTests: SinkTests = {
  version: 0,
  tests: [
    { testId: 'TI1', receivedAt: at('12:40:00.000'), contentType: 'application/json' },
    { testId: 'é😀', receivedAt: at('12:40:01.000'), contentType: '' },
  ],
};

/** What all control records promise: kept whole, and of two writers one wins. */
export function controlsSuite(name: string, empty: () => Promise<ControlRecords>): void {
  describe(`${name} keeps the records that all recordings share`, () => {
    it('has none of them before it was first saved', async () => {
      const controls = await empty();

      expect(await controls.readDeletionControl()).toBeUndefined();
      expect(await controls.readTargetControl()).toBeUndefined();
      expect(await controls.readSweepControl()).toBeUndefined();
      expect(await controls.readBackfillControl()).toBeUndefined();
      expect(await controls.readSinkTests()).toBeUndefined();
    });

    it('gives each back as it was saved, one version on', async () => {
      const controls = await empty();

      expect(await controls.saveDeletionControl(deletionControl)).toBe('saved');
      expect(await controls.saveTargetControl(targetControl)).toBe('saved');
      expect(await controls.saveSweepControl(sweepControl)).toBe('saved');
      expect(await controls.saveBackfillControl(backfillControl)).toBe('saved');
      expect(await controls.saveSinkTests(sinkTests)).toBe('saved');

      expect(await controls.readDeletionControl()).toEqual({ ...deletionControl, version: 1 });
      expect(await controls.readTargetControl()).toEqual({ ...targetControl, version: 1 });
      expect(await controls.readSweepControl()).toEqual({ ...sweepControl, version: 1 });
      expect(await controls.readBackfillControl()).toEqual({ ...backfillControl, version: 1 });
      expect(await controls.readSinkTests()).toEqual({ ...sinkTests, version: 1 });
    });

    it('keeps who closed the breaker', async () => {
      const controls = await empty();
      const closed = { ...deletionControl, breaker: { state: 'closed', closedBy: 'ada' } as const };

      await controls.saveDeletionControl(closed);

      expect(await controls.readDeletionControl()).toEqual({ ...closed, version: 1 });
    });

    it('refuses a second first save and a version that is no longer the stored one, and keeps what was there', async () => {
      const controls = await empty();
      const emptied = { ...targetControl, disabled: [] };
      await controls.saveDeletionControl(deletionControl);
      await controls.saveTargetControl(targetControl);
      await controls.saveTargetControl({ ...emptied, version: 1 });

      expect(await controls.saveDeletionControl({ ...deletionControl, provedIngests: [] })).toBe('conflict');
      expect(await controls.saveTargetControl({ ...targetControl, version: 1 })).toBe('conflict');
      await controls.saveSweepControl(sweepControl);
      expect(await controls.saveSweepControl({ ...sweepControl, daysToCompare: [] })).toBe('conflict');
      await controls.saveBackfillControl(backfillControl);
      expect(await controls.saveBackfillControl({ ...backfillControl, to: '2025-12-31' })).toBe('conflict');
      await controls.saveSinkTests(sinkTests);
      expect(await controls.saveSinkTests({ ...sinkTests, tests: [] })).toBe('conflict');

      expect(await controls.readDeletionControl()).toEqual({ ...deletionControl, version: 1 });
      expect(await controls.readTargetControl()).toEqual({ ...emptied, version: 2 });
    });

    it('saves exactly one of many who read the same version', async () => {
      const controls = await empty();
      await controls.saveDeletionControl(deletionControl);

      const results = await Promise.all(
        [1, 2, 3, 4, 5].map((begun) =>
          controls.saveDeletionControl({ ...deletionControl, version: 1, hour: { ...deletionControl.hour, begun } }),
        ),
      );

      expect(results.toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'conflict', 'saved']);
    });
  });
}
