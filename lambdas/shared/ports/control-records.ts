import type { DeletionControl } from '../domain/deletion-control.ts';
import type { TargetControl } from '../domain/report-targets.ts';
import type { BackfillControl } from '../domain/reconcile/backfill-control.ts';
import type { SweepControl } from '../domain/reconcile/sweep-control.ts';
import type { SinkTests } from '../domain/sink-tests.ts';
import type { SaveResult } from './ledger.ts';

/** The few records that all recordings share. Read consistently; saved on the version that was read, as a recording is. */
export interface ControlRecords {
  /** Undefined until it was first saved. */
  readDeletionControl(): Promise<DeletionControl | undefined>;
  saveDeletionControl(control: DeletionControl): Promise<SaveResult>;
  readTargetControl(): Promise<TargetControl | undefined>;
  saveTargetControl(control: TargetControl): Promise<SaveResult>;
  readSweepControl(): Promise<SweepControl | undefined>;
  saveSweepControl(control: SweepControl): Promise<SaveResult>;
  readBackfillControl(): Promise<BackfillControl | undefined>;
  saveBackfillControl(control: BackfillControl): Promise<SaveResult>;
  readSinkTests(): Promise<SinkTests | undefined>;
  saveSinkTests(tests: SinkTests): Promise<SaveResult>;
}
