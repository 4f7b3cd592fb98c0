import type { PlayedTask } from './day.ts';
import type { PlaybackCheck } from './playback.ts';
import { expectedFate, goes } from './source-fate.ts';
import type { Expectation, ScriptedRun, SourceFate } from './source-fate.ts';
import { planRecording } from '../../lambdas/shared/domain/plan-recording.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { RefusalReason } from '../../lambdas/shared/domain/refusals.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { TimelineEntry } from '../../lambdas/shared/ports/ledger.ts';
import { knownTasks } from '../../lambdas/shared/steps/known-tasks.ts';
import type { CalabrioSimulator } from '../calabrio/simulator.ts';
import type { LocalPipeline } from '../local-pipeline.ts';
import type { Operator } from '../operator.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';

/** What became of one recording's source at Twilio, what the script says of it, and on what a deletion rested. */
export interface SourceTruth {
  readonly recordingSid: RecordingSid;
  readonly title: string;
  /** By Twilio's own books; `gone`: deleted, and not by a request of ours. */
  readonly state: 'there' | 'deleted' | 'gone';
  readonly expected: SourceFate;
  /** Why the ledger says that it stays; empty when nothing is against its deletion, or when it is deleted. */
  readonly refusals: readonly RefusalReason[];
  /** What a deletion of ours lacks; none when it rested on all it must. */
  readonly missingProofs: readonly string[];
}

interface SourceStage {
  readonly pipeline: Pick<LocalPipeline, 'twilio' | 'calabrio' | 'policy' | 'clock'>;
  readonly operator: Operator;
  readonly played: readonly PlayedTask[];
  readonly fates: ReadonlyMap<RecordingSid, Expectation>;
  readonly sample: ScriptedRun;
  readonly recordings: ReadonlyMap<RecordingSid, RecordingRecord | undefined>;
  readonly copies: ReadonlyMap<RecordingSid, PlaybackCheck>;
}

/** Looks at every source by Twilio's own books, and asks of each deletion of ours on what it rested. */
export async function sourceTruths(stage: SourceStage): Promise<readonly SourceTruth[]> {
  const { pipeline, operator, fates, played, recordings } = stage;
  const deletions = deletionsOf(pipeline.twilio);
  const titles = new Map(played.flatMap((task) => task.recordings.map((sid) => [sid, task.title] as const)));
  return Promise.all(
    [...recordings].map(async ([recordingSid, record]) => {
      const deletedAt = deletions.get(recordingSid);
      const isThere = pipeline.twilio.voice.recording(recordingSid)?.status === 'completed';
      return {
        recordingSid,
        title: titles.get(recordingSid) ?? 'of no task',
        state: isThere ? 'there' : deletedAt === undefined ? 'gone' : 'deleted',
        expected: expectedFate(fates.get(recordingSid) ?? goes, pipeline.policy, stage.sample),
        refusals: isThere ? await refusalsOf(stage, record) : [],
        missingProofs:
          deletedAt === undefined
            ? []
            : missingProofs(stage, recordingSid, deletedAt, await operator.ledger.timelineOf(recordingSid)),
      } as const;
    }),
  );
}

/** Nobody but delete-source deletes by request; the hour is that of Twilio's first yes. */
function deletionsOf(twilio: TwilioSimulator): ReadonlyMap<string, Date> {
  const deleted = twilio.requests().filter(({ method, status }) => method === 'DELETE' && status === 204);
  return new Map(deleted.toReversed().map(({ path, at }) => [/(RE[0-9a-f]{32})/.exec(path)?.[1] ?? '', at]));
}

async function refusalsOf(
  { pipeline, operator }: SourceStage,
  record: RecordingRecord | undefined,
): Promise<readonly RefusalReason[]> {
  if (record === undefined) return [];
  if (record.refusals !== undefined) return record.refusals;
  const tasks = await knownTasks(operator, record);
  return planRecording(record, tasks, pipeline.policy, new Date(pipeline.clock.now())).refusals;
}

function missingProofs(
  { pipeline, copies }: SourceStage,
  recordingSid: RecordingSid,
  deletedAt: Date,
  timeline: readonly TimelineEntry[],
): readonly string[] {
  const isIntended = timeline.some(({ what, occurredAt }) => what === 'deletion intended' && occurredAt <= deletedAt);
  const isResult = timeline.some(({ what, occurredAt }) => what === 'source deleted' && occurredAt >= deletedAt);
  const needsCalabrio = pipeline.policy.deletion.confirmedBy !== 'archive';
  return [
    ...(copies.get(recordingSid)?.kind === 'same' ? [] : ['a copy that is what Twilio served']),
    ...(isIntended ? [] : ['an intent on the timeline before it']),
    ...(isResult ? [] : ['a result on the timeline after it']),
    ...(needsCalabrio && !isCompleteAt(pipeline.calabrio, recordingSid, deletedAt)
      ? ['a COMPLETE for each of its contacts']
      : []),
  ];
}

/** By what Calabrio itself sent: the last word on each contact that holds the recording was COMPLETE, before that moment. */
function isCompleteAt(calabrio: CalabrioSimulator, recordingSid: RecordingSid, at: Date): boolean {
  const contacts = calabrio.contacts().filter(({ recordings }) => recordings.includes(recordingSid));
  const words = contacts.map(({ ccrId }) =>
    calabrio
      .statuses()
      .findLast(
        (sent) => sent.body.ccrId === ccrId && sent.isOwnTenant && sent.credential === 'token' && sent.at <= at,
      ),
  );
  return words.length > 0 && words.every((word) => word?.body.status === 'COMPLETE');
}
