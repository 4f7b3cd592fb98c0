import { expectedLegs } from '../shared/domain/expected-legs.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { knownTasks } from '../shared/steps/known-tasks.ts';

/**
 * Tells delete-source of a recording that Calabrio completed although we had replaced its link, or had put our media in
 * its place: only enough of these prove that Calabrio does not need what was there. Said again whenever it is seen; it counts once.
 */
export async function tellOfIngest(has: PlanNeeds, recording: RecordingRecord, cause: string): Promise<void> {
  const { calabrio } = has.policy;
  if (calabrio === undefined) return;
  const tasks = await knownTasks(has, recording);
  if (!tasks.some(({ link, media }) => link.replaced !== undefined || media?.replaced !== undefined)) return;
  const legs = expectedLegs(recording, tasks, calabrio, has.now());
  if (legs.length === 0 || legs.some(({ state }) => state !== 'complete')) return;
  const { recordingSid } = recording;
  await has.queues.send({ v: 1, route: 'internal/count-ingest', recordingSid, cause });
}
