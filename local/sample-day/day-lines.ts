import type { DayFindings, DaySummary } from './day-report.ts';
import type { TaskTruth } from './day-truth.ts';
import type { Colours } from '../terminal/colours.ts';
import { tableLines } from '../terminal/table.ts';
import { counted, secondsText, sizeText } from '../terminal/words.ts';

/** The table of the day: a line a task, in the order in which they came. */
export function dayTable(found: DayFindings, colours: Colours): readonly string[] {
  return tableLines(
    [
      { title: 'task' },
      { title: 'what happened', cut: 'end', maxWidth: 40 },
      { title: 'channel' },
      { title: 'recordings', align: 'right' },
      { title: 'bytes', align: 'right' },
      { title: 'end to link', align: 'right' },
      { title: 'rests at' },
      { title: 'playback link' },
    ],
    found.tasks.map((task) => {
      const copies = task.recordings.map((sid) => found.copies.get(sid));
      const sizeBytes = copies.reduce((sum, copy) => sum + (copy?.kind === 'same' ? copy.sizeBytes : 0), 0);
      return [
        task.taskSid,
        task.title,
        task.channel,
        String(task.recordings.length),
        task.recordings.length === 0 ? '–' : sizeText(sizeBytes),
        linkText(task, colours),
        restingPlaces(found, task),
        task.link ?? '–',
      ];
    }),
  );
}

/** Seconds from the task's end to its link; most links are there before the end. */
function linkText(task: TaskTruth, colours: Colours): string {
  if (task.link === undefined) return task.recordings.length === 0 ? '–' : colours.red('none');
  const text = task.secondsToLink === undefined ? 'there' : secondsText(task.secondsToLink);
  return task.isLinkedInTime ? colours.green(text) : colours.red(`${text}, late`);
}

/** The keys in the archive without the account, which is the same for all. */
function restingPlaces(found: DayFindings, task: TaskTruth): string {
  const keys = task.recordings.map((sid) => {
    const archive = found.recordings.get(sid)?.archive;
    return archive?.state === 'verified'
      ? archive.audio.key.replace(/^AC[0-9a-f]{32}\//, '')
      : (archive?.state ?? 'nowhere');
  });
  return keys.length === 0 ? '–' : keys.length === 1 ? (keys[0] ?? '') : `${keys[0] ?? ''} and ${keys.length - 1} more`;
}

/** What the day came to, in sentences. */
export function summaryLines(summary: DaySummary, colours: Colours, seconds: number): readonly string[] {
  const good = (isGood: boolean, text: string): string =>
    isGood ? colours.green(`✓ ${text}`) : colours.red(`✗ ${text}`);
  const { tasks, recordings, archived, linked, linkedInTime, playbackChecked, playbackMismatched } = summary;
  const reasons = (by: Readonly<Record<string, number>>): string =>
    Object.entries(by)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', ') || 'none';
  return [
    `${counted(tasks, 'task')}, ${counted(recordings, 'recording')}, ${sizeText(summary.archivedBytes)}, in ${Math.round(seconds)} s`,
    good(
      archived === recordings,
      `${archived} of ${recordings} recordings are archived, byte for byte what Twilio served`,
    ),
    good(linkedInTime === linked, `${linkedInTime} of ${linked} links were there when Flex Insights looked last`),
    good(
      playbackMismatched === 0,
      `${playbackChecked - playbackMismatched} of ${playbackChecked} playback links play what Twilio served`,
    ),
    good(
      summary.forgedRejected === summary.events.forgedSent,
      `${summary.forgedRejected} of ${summary.events.forgedSent} forged requests lie in quarantine`,
    ),
    good(summary.lost === 0 && summary.parked === 0, `${summary.lost} lost, ${summary.parked} parked`),
    colours.dim(`  ${counted(summary.ignored, 'message')} rightly ignored: ${reasons(summary.ignoredBy)}`),
    colours.dim(`  ${counted(summary.retries, 'retry', 'retries')}: ${reasons(summary.retriesBy)}`),
    ...summary.faults.map((fault) => colours.red(`  ${fault}`)),
  ];
}
