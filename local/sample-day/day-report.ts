import type { ContactStatusCounts } from './day-contact-statuses.ts';
import type { SourceTruth } from './day-sources.ts';
import type { PlaybackCheck } from './playback.ts';
import type { SettledCounts } from './settled-lines.ts';
import type { TaskTruth } from './day-truth.ts';
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
  /** Tasks that need no link of ours: the policy writes none, or keeps the one that Flex wrote. */
  readonly excused: ReadonlySet<TaskSid>;
  /** Every recording's source, and what became of it. */
  readonly sources: readonly SourceTruth[];
  readonly contactStatuses: ContactStatusCounts;
  /** Recordings that were deleted before Calabrio came for them, though its word was needed. */
  readonly missedByCalabrio: readonly RecordingSid[];
  readonly reports: ReportCounts;
  readonly unrest: Unrest;
  /** Orders of the script that no event came for: the script is at fault. */
  readonly openOrders: number;
}

/** Contact statuses of ours, as the day's own target got them. */
export interface ReportCounts {
  readonly received: number;
  /** Not signed with the target's secret. */
  readonly unsigned: number;
  /** Passed on to our own inbound route, as if they were Calabrio's. */
  readonly loopedBack: number;
}

/** The numbers of a day; `faults` says in words whatever should not be. */
export interface DaySummary {
  readonly tasks: number;
  /** Recordings that exist at Twilio, completed. */
  readonly recordings: number;
  readonly archived: number;
  readonly archivedBytes: number;
  /** Tasks whose attributes hold our link at the end. */
  readonly linked: number;
  /** Tasks on which our link was when Insights looked last, 120 s after the task's end. */
  readonly linkedInTime: number;
  readonly enriched: number;
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
    linked: linked.length,
    linkedInTime: linked.filter(({ isLinkedInTime }) => isLinkedInTime).length,
    enriched: found.tasks.filter(({ promises, brokenPromises }) => promises > 0 && brokenPromises.length === 0).length,
    ignored: found.settled.ignored,
    ignoredBy: found.settled.ignoredBy,
    parked,
    forgedRejected: found.quarantined,
    lost: recordings.length - archived.length + unaccounted(found),
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

/** Requests that the gateway answered with 2xx and that no function brought to an end; never negative in a sound run. */
function unaccounted({ deliveries, settled, contactStatuses, reports }: DayFindings): number {
  const sent = deliveries.delivered + deliveries.forgedSent + contactStatuses.sent + reports.loopedBack;
  return sent - settled.webhooks - settled.contactStatuses;
}

function faultsOf(found: DayFindings): readonly string[] {
  return [
    ...recordingFaults(found),
    ...taskFaults(found),
    ...found.sources.flatMap(sourceFaults),
    ...calabrioFaults(found),
    ...messageFaults(found),
    ...restFaults(found),
  ];
}

function recordingFaults({ recordings, copies, playback }: DayFindings): readonly string[] {
  const notArchived = [...recordings]
    .filter(([, record]) => record?.archive.state !== 'verified')
    .map(
      ([sid, record]) =>
        `${sid} is not archived: ${record === undefined ? 'the ledger does not know it' : record.archive.state}`,
    );
  const copyFaults = different(copies).map(([sid, why]) => `the copy of ${sid} is not what Twilio served: ${why}`);
  const playbackFaults = different(playback).map(
    ([link, why]) => `${withoutCode(link)} does not play what Twilio served: ${why}`,
  );
  return [...notArchived, ...copyFaults, ...playbackFaults];
}

function taskFaults({ tasks, excused }: DayFindings): readonly string[] {
  return tasks.flatMap((task) => {
    const name = `${task.taskSid} (${task.title})`;
    return [
      ...(task.endedAt === undefined ? [`${name} never ended`] : []),
      ...(task.recordings.length > 0 && task.link === undefined && !excused.has(task.taskSid)
        ? [`${name} has a recording and no link`]
        : []),
      ...(task.recordings.length === 0 && task.link !== undefined ? [`${name} has a link and no recording`] : []),
      ...(task.link !== undefined && !task.isLinkedInTime ? [`${name} was not linked when Insights looked last`] : []),
      ...task.brokenPromises.map((path) => `${name} lacks ${path}, or it is another than it should be`),
    ];
  });
}

/** What is otherwise than the script says, and what was deleted on too little. */
function sourceFaults(source: SourceTruth): readonly string[] {
  const { recordingSid, title, state, expected, refusals, missingProofs } = source;
  const name = `the source of ${recordingSid} (${title})`;
  const without = missingProofs.map((proof) => `${name} was deleted without ${proof}`);
  if (expected === 'unsaid') return without;
  if (expected === 'deleted' || expected === 'gone') {
    if (state === expected) return without;
    const why = refusals.length === 0 ? '' : `: ${refusals.join(', ')}`;
    return [...without, `${name} should be ${expected} and is ${state}${why}`];
  }
  if (state !== 'there') return [...without, `${name} is ${state} and should stay: ${expected.join(', ')}`];
  return expected
    .filter((reason) => !refusals.includes(reason))
    .map((reason) => `${name} should stay as ${reason} and does as ${refusals.join(', ') || 'nothing'}`);
}

function calabrioFaults({ contactStatuses, missedByCalabrio, reports }: DayFindings): readonly string[] {
  const { rejected, forgedSent, refused } = contactStatuses;
  return [
    ...missedByCalabrio.map((sid) => `${sid} was deleted before Calabrio came for it`),
    ...(rejected === forgedSent
      ? []
      : [`${rejected} contact statuses in quarantine, ${forgedSent} were not to be believed`]),
    ...(refused === 0 ? [] : [`${refused} contact statuses were not taken`]),
    ...(reports.unsigned === 0 ? [] : [`${reports.unsigned} contact statuses of ours were not signed`]),
  ];
}

function messageFaults(found: DayFindings): readonly string[] {
  const { deliveries, deadLetters, quarantined, settled } = found;
  const missing = unaccounted(found);
  return [
    ...Object.entries(deadLetters)
      .filter(([, count]) => count > 0)
      .map(([queue, count]) => `${count} in ${queue}: ${JSON.stringify(settled.parkedBy)}`),
    ...(quarantined === deliveries.forgedSent
      ? []
      : [`${quarantined} requests in quarantine, ${deliveries.forgedSent} were forged`]),
    ...(deliveries.dropped === 0 ? [] : [`Twilio gave up on ${deliveries.dropped} deliveries`]),
    ...(missing === 0 ? [] : [`${missing} accepted requests of which no function spoke`]),
  ];
}

function restFaults({ unrest, openOrders }: DayFindings): readonly string[] {
  return [
    ...(unrest.deliveries === 0 ? [] : [`${unrest.deliveries} deliveries were still waiting`]),
    ...unrest.open.map((sid) => `${sid} never came to rest`),
    ...(openOrders === 0 ? [] : [`${openOrders} orders of the script met no event`]),
  ];
}

function different<Key>(checks: ReadonlyMap<Key, PlaybackCheck>): readonly (readonly [Key, string])[] {
  return [...checks].flatMap(([key, check]) => (check.kind === 'different' ? [[key, check.why] as const] : []));
}

/** A link opens the recording for whoever reads it; a fault that may be logged does without its code. */
function withoutCode(link: string): string {
  return link.split('?')[0] ?? link;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
