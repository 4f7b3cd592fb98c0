import type { CreateReviewTaskNeeds } from '../../../lambdas/create-review-task/handler.ts';
import { createReviewTask, readCreateReviewTaskMessage } from '../../../lambdas/create-review-task/handler.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { ArchiveFacet, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord, TaskRecording } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { at, contextOf, startWorld } from './world.ts';

const audio = {
  key: `${sids.account()}/2026/03/02/${sids.recording()}.wav`,
  sizeBytes: 96_044,
  sha256: '0'.repeat(64),
  crc64Nvme: 'AAAAAAAAAAA=',
  contentType: 'audio/wav',
  channels: 2,
  durationSeconds: 3,
  storedAt: at('10:02:05'),
};

const verified: ArchiveFacet = { state: 'verified', audio, verifiedAt: at('10:02:10') };
export const stored: ArchiveFacet = { state: 'stored', audio };

export const known = (n = 1): TaskRecording => ({
  recordingSid: sids.recording(n),
  foundBy: 'segment-link',
  kind: 'call',
  isAbsent: false,
});

/** A task that ended at 10:01:25 with a recording whose copy is verified, but for the given changes; it is 10:05. */
export async function startReview(
  given: { readonly task?: Partial<TaskRecord>; readonly recording?: Partial<RecordingRecord> } = {},
) {
  const world = startWorld();
  world.setClock('10:05:00');
  const { ledger } = world;
  await ledger.saveTask(
    exampleTask({
      firstSeenAt: at('10:00:00'),
      endedAt: at('10:01:25'),
      endedBy: 'canceled',
      recordings: [known()],
      primaryRecordingSid: sids.recording(),
      ...given.task,
    }),
  );
  await ledger.saveRecording(
    exampleRecording({
      source: { status: 'completed', startedAt: at('09:58:30'), durationSeconds: 3, channels: 2 },
      archive: verified,
      taskSids: [sids.task()],
      ...given.recording,
    }),
  );
  const has: CreateReviewTaskNeeds = {
    ...world,
    routing: { workflowSid: `WW${'7'.repeat(32)}`, taskChannel: 'recordings', priority: 5, timeoutSeconds: 1_209_600 },
  };
  return { ...world, has };
}

export type Review = Awaited<ReturnType<typeof startReview>>;

/** Delivers the message to a function with these needs, once. */
export function deliver(has: CreateReviewTaskNeeds, message: object = {}): Promise<Outcome> {
  const body = { v: 1, route: 'internal/create-review-task', taskSid: sids.task(), cause: 'm-0', ...message };
  return createReviewTask(has)(readCreateReviewTaskMessage(JSON.stringify(body)), contextOf());
}

/** What the timeline of the reviewed task says. */
export async function timeline({ ledger }: Pick<Review, 'ledger'>): Promise<readonly string[]> {
  const lines = await ledger.timelineOf(sids.task());
  return lines.map(({ actor, what, after }) => [actor, what, ...(after === undefined ? [] : [after])].join(' · '));
}
