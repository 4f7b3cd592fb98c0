import type { ContactStatusCounts } from './day-contact-statuses.ts';
import { different, faultsOf, unaccounted } from './day-faults.ts';
import type { DayFindings, ReportCounts } from './day-findings.ts';
import type { EnrichmentCounts } from './enrichment-counts.ts';
import type { SourceTruth } from './day-sources.ts';
import type { DeliveryCounts } from '../twilio/delivery/delivery-target.ts';

/** The numbers of a day; `faults` says in words whatever should not be. */
export interface DaySummary {
  readonly tasks: number;
  /** Recordings that exist at Twilio, completed. */
  readonly recordings: number;
  readonly archived: number;
  readonly archivedBytes: number;
  /** Conversations that must be archived, and those whose copies say what the script said, word for word. */
  readonly transcriptsExpected: number;
  readonly transcriptsArchived: number;
  /** Tasks whose attributes hold our link at the end. */
  readonly linked: number;
  /** Tasks on which our link was when Insights looked last, 120 s after the task's end. */
  readonly linkedInTime: number;
  /** Attributes that the script says must be there, or must not be, and what became of them when Insights reads. */
  readonly attributesExpected: number;
  readonly attributesWritten: number;
  readonly attributesMissing: number;
  /** Values of others that the pipeline changed or removed. */
  readonly attributesSpoiled: number;
  /** What enrich-task itself says that it did. */
  readonly enrichment: EnrichmentCounts;
  readonly secretsRedacted: number;
  /** Answers of the team's own customer data: found, unknown, unavailable. */
  readonly customerLookups: EnrichmentCounts['customerLookups'];
  /** Of agents' own attributes, as `attributesExpected` and `attributesWritten` of tasks'. */
  readonly workerAttributesExpected: number;
  readonly workerAttributesWritten: number;
  /** Tasks that were made for an agent to listen to a call, and those whose link plays it. */
  readonly reviewTasks: number;
  readonly reviewTasksPlaying: number;
  readonly ignored: number;
  readonly ignoredBy: Readonly<Record<string, number>>;
  /** Messages that were put aside and should not have been. */
  readonly parked: number;
  /** Requests that were not Twilio's; every one of them lies in quarantine and nothing else came of it. */
  readonly forgedRejected: number;
  /** Completed recordings without a verified copy, and accepted requests of which no function ever spoke. */
  readonly lost: number;
  readonly playbackChecked: number;
  readonly playbackMismatched: number;
  readonly copiesChecked: number;
  readonly copiesMismatched: number;
  readonly events: DeliveryCounts;
  readonly retries: number;
  readonly retriesBy: Readonly<Record<string, number>>;
  /** Sources that the pipeline deleted at Twilio. */
  readonly sourcesDeleted: number;
  /** How many the script says must be; null under a policy that it does not speak for. */
  readonly deletionsExpected: number | null;
  /** Why the other sources are still there: each reason with the number of recordings it holds for. */
  readonly refused: Readonly<Record<string, number>>;
  /** Deletions that lack a copy, an intent, a result or a COMPLETE. */
  readonly deletedWithoutProof: number;
  readonly contactStatuses: ContactStatusCounts;
  readonly reports: ReportCounts;
  readonly faults: readonly string[];
}

/** Adds a day up. Nothing here believes the pipeline where Twilio's side or the archive itself can be asked. */
export function summarize(found: DayFindings): DaySummary {
  const recordings = [...found.recordings.keys()];
  const archived = recordings.filter(
    (sid) => found.recordings.get(sid)?.archive.state === 'verified' && found.copies.get(sid)?.kind === 'same',
  );
  const linked = found.tasks.filter(({ link }) => link !== undefined);
  const parked = sum(Object.values(found.deadLetters));
  return {
    tasks: found.tasks.length,
    recordings: recordings.length,
    archived: archived.length,
    archivedBytes: sum([...found.copies.values()].map((copy) => (copy.kind === 'same' ? copy.sizeBytes : 0))),
    transcriptsExpected: found.transcripts.expected,
    transcriptsArchived: found.transcripts.archived,
    linked: linked.length,
    linkedInTime: linked.filter(({ isLinkedInTime }) => isLinkedInTime).length,
    ...attributeCounts(found),
    enrichment: found.enrichment,
    secretsRedacted: sum(Object.values(found.enrichment.secretsRedacted)),
    customerLookups: found.enrichment.customerLookups,
    workerAttributesExpected: found.workers.expected,
    workerAttributesWritten: found.workers.expected - found.workers.missing.length,
    reviewTasks: found.reviews.made,
    reviewTasksPlaying: found.reviews.playing,
    ignored: found.settled.ignored,
    ignoredBy: found.settled.ignoredBy,
    parked,
    forgedRejected: found.quarantined,
    lost: recordings.length - archived.length + missingTranscripts(found) + unaccounted(found),
    playbackChecked: found.playback.size,
    playbackMismatched: different(found.playback).length,
    copiesChecked: found.copies.size,
    copiesMismatched: different(found.copies).length,
    events: found.deliveries,
    retries: found.settled.retries,
    retriesBy: found.settled.retriesBy,
    ...sourceCounts(found.sources),
    contactStatuses: found.contactStatuses,
    reports: found.reports,
    faults: faultsOf(found),
  };
}

function missingTranscripts({ transcripts }: DayFindings): number {
  return transcripts.expected - transcripts.archived;
}

function attributeCounts({
  tasks,
}: DayFindings): Pick<
  DaySummary,
  'attributesExpected' | 'attributesWritten' | 'attributesMissing' | 'attributesSpoiled'
> {
  const attributesExpected = sum(tasks.map(({ promises }) => promises));
  const attributesMissing = sum(tasks.map(({ brokenPromises }) => brokenPromises.length));
  return {
    ...{ attributesExpected, attributesMissing },
    attributesWritten: attributesExpected - attributesMissing,
    attributesSpoiled: sum(tasks.map(({ spoiledAttributes }) => spoiledAttributes.length)),
  };
}

function sourceCounts(
  sources: readonly SourceTruth[],
): Pick<DaySummary, 'sourcesDeleted' | 'deletionsExpected' | 'refused' | 'deletedWithoutProof'> {
  const reasons = sources.flatMap(({ refusals }) => refusals).sort();
  const isUnknown = sources.length > 0 && sources.every(({ expected }) => expected === 'unsaid');
  return {
    sourcesDeleted: sources.filter(({ state }) => state === 'deleted').length,
    deletionsExpected: isUnknown ? null : sources.filter(({ expected }) => expected === 'deleted').length,
    refused: Object.fromEntries(reasons.map((reason) => [reason, reasons.filter((one) => one === reason).length])),
    deletedWithoutProof: sources.filter(({ missingProofs }) => missingProofs.length > 0).length,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
