import type { DayFindings } from './day-findings.ts';
import type { SourceTruth } from './day-sources.ts';
import type { PlaybackCheck } from './playback.ts';

/** Whatever should not be, in words; an empty list at the end of a good day. */
export function faultsOf(found: DayFindings): readonly string[] {
  return [
    ...recordingFaults(found),
    ...found.transcripts.faults,
    ...taskFaults(found),
    ...found.sources.flatMap(sourceFaults),
    ...calabrioFaults(found),
    ...enrichmentFaults(found),
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

function taskFaults({ tasks, excused, unplayed }: DayFindings): readonly string[] {
  return tasks.flatMap((task) => {
    const name = `${task.taskSid} (${task.title})`;
    return [
      ...(task.endedAt === undefined ? [`${name} never ended`] : []),
      ...(task.recordings.length > 0 && task.link === undefined && !excused.has(task.taskSid)
        ? [`${name} has a recording and no link`]
        : []),
      ...(task.recordings.length === 0 && task.link !== undefined ? [`${name} has a link and no recording`] : []),
      ...(task.link !== undefined && !task.isLinkedInTime && !excused.has(task.taskSid)
        ? [`${name} was not linked when Insights looked last`]
        : []),
      ...(unplayed.has(task.taskSid) ? [`${name} did not play from our media when Insights looked last`] : []),
      ...task.brokenPromises.map((path) => `${name} lacks ${path}, or it is another than it should be`),
      ...task.spoiledAttributes.map((path) => `${name} has lost what others wrote to ${path}`),
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

function enrichmentFaults({ enrichment, workers, reviews, reports }: DayFindings): readonly string[] {
  const { rulesFailed, agentStates } = enrichment;
  const told = agentStates['reported'] ?? 0;
  return [
    ...(rulesFailed === 0 ? [] : [`${rulesFailed} rules failed`]),
    ...(told === reports.agentStates ? [] : [`${reports.agentStates} of ${told} agents' states came to their target`]),
    ...workers.missing.map((path) => `${path} is missing, or another than it should be`),
    ...reviews.faults,
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

/** The checks that found something else than Twilio served, and what. */
export function different<Key>(checks: ReadonlyMap<Key, PlaybackCheck>): readonly (readonly [Key, string])[] {
  return [...checks].flatMap(([key, check]) => (check.kind === 'different' ? [[key, check.why] as const] : []));
}

/** A link opens the recording for whoever reads it; a fault that may be logged does without its code. */
function withoutCode(link: string): string {
  return link.split('?')[0] ?? link;
}

/** Requests that the gateway answered with 2xx and that no function brought to an end; never negative in a sound run. */
export function unaccounted({ deliveries, settled, contactStatuses, reports }: DayFindings): number {
  const sent = deliveries.delivered + deliveries.forgedSent + contactStatuses.sent + reports.loopedBack;
  return sent - settled.webhooks - settled.contactStatuses;
}
