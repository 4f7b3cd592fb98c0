import type { ReconcileNeeds } from '../../../lambdas/reconcile/handler.ts';
import type { SweepSettings } from '../../../lambdas/shared/domain/reconcile/sweep-settings.ts';
import type { QueueReader } from '../../../lambdas/shared/ports/queue-reader.ts';
import { inMemoryArchiveReports } from '../../support/fakes/in-memory-archive-reports.ts';
import { inMemoryRecordingList } from '../../support/fakes/in-memory-recording-list.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { startWorld } from './world.ts';
import type { World } from './world.ts';

const exampleSweep: SweepSettings = { lookBackHours: 48, settleMinutes: 15, recordedQueues: {} };

/** A world whose indexes show what is there, as they do a moment later. */
export function settledWorld(): World {
  const ledger = inMemoryLedger();
  return { ...startWorld(), ledger, inbox: ledger };
}

/** Everything that reconcile reaches, in this world; Twilio's list gives `pageSize` recordings at a time. */
export function reconcileNeeds(world: World, putAside: readonly QueueReader[] = [], pageSize = 1000) {
  const { ledger } = world;
  return {
    ...world,
    ...{ putAside, controls: ledger, transcripts: ledger, sweep: exampleSweep, owesLinks: true },
    recordingList: inMemoryRecordingList(() => world.recordings.all(), pageSize),
    reports: inMemoryArchiveReports(world.archive.versions),
  } satisfies ReconcileNeeds;
}
