import type { ContactStatusCounts } from './day-contact-statuses.ts';
import type { SourceTruth } from './day-sources.ts';
import type { TaskTruth } from './day-truth.ts';
import type { PlaybackCheck } from './playback.ts';
import type { EnrichmentCounts } from './enrichment-counts.ts';
import type { ReviewTruth } from './review-truth.ts';
import type { TranscriptTruth } from './transcript-truth.ts';
import type { SettledCounts } from './settled-lines.ts';
import type { Unrest } from './to-rest.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { RecordingSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { DeliveryCounts } from '../twilio/delivery/delivery-target.ts';

/** Everything that was looked at when the day had come to rest. */
export interface DayFindings {
  readonly tasks: readonly TaskTruth[];
  /** Of every recording that completed at Twilio, what the ledger says; undefined when it knows nothing. */
  readonly recordings: ReadonlyMap<RecordingSid, RecordingRecord | undefined>;
  /** The copies as they lie in the archive, read again and compared byte by byte with what Twilio served. */
  readonly copies: ReadonlyMap<RecordingSid, PlaybackCheck>;
  /** What the playback links of the tasks gave, by link. */
  readonly playback: ReadonlyMap<string, PlaybackCheck>;
  readonly settled: SettledCounts;
  readonly deliveries: DeliveryCounts;
  /** Messages that came into the dead-letter queues that day, by queue. */
  readonly deadLetters: Readonly<Record<string, number>>;
  /** Requests in Twilio's name that came into quarantine that day. */
  readonly quarantined: number;
  /** Tasks that need no link of ours: the policy writes none, or keeps the one that Flex wrote, or their events were lost. */
  readonly excused: ReadonlySet<TaskSid>;
  /** Tasks whose media should be ours and was not when Insights looked last. */
  readonly unplayed: ReadonlySet<TaskSid>;
  /** Every recording's source, and what became of it. */
  readonly sources: readonly SourceTruth[];
  readonly contactStatuses: ContactStatusCounts;
  /** Recordings that were deleted before Calabrio came for them, though its word was needed. */
  readonly missedByCalabrio: readonly RecordingSid[];
  readonly reports: ReportCounts;
  readonly enrichment: EnrichmentCounts;
  /** What the script says of agents' own attributes, and which of it is not so. */
  readonly workers: { readonly expected: number; readonly missing: readonly string[] };
  /** Tasks that were made for an agent to listen to a recording. */
  readonly reviews: ReviewTruth;
  /** What was written, against what was archived of it. */
  readonly transcripts: TranscriptTruth;
  readonly unrest: Unrest;
  /** Orders of the script that no event came for: the script is at fault. */
  readonly openOrders: number;
}

/** Contact statuses of ours and agents' states, as the day's own targets got them. */
export interface ReportCounts {
  /** Contact statuses. */
  readonly received: number;
  readonly agentStates: number;
  /** Not signed with the target's secret. */
  readonly unsigned: number;
  /** Passed on to our own inbound route, as if they were Calabrio's. */
  readonly loopedBack: number;
}
