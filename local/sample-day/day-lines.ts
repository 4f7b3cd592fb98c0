import type { DayFindings } from './day-findings.ts';
import type { DaySummary } from './day-report.ts';
import type { TaskTruth } from './day-truth.ts';
import type { Colours } from '../terminal/colours.ts';
import { tableLines } from '../terminal/table.ts';
import { counted, secondsText, sizeText, wrapped } from '../terminal/words.ts';

/** What the table shows of a day. */
type TableFindings = Pick<DayFindings, 'tasks' | 'recordings' | 'copies'>;

/**
 * The table of the day: a row a task, in the order in which they came, with what happened, where the recording rests
 * and the playback link on lines of their own below it. Beside the rest they would need 270 columns, and a table that
 * wraps on a common terminal is none.
 */
export function dayTable(found: TableFindings, colours: Colours): readonly string[] {
  const [titles = '', rule = '', ...rows] = tableLines(
    [
      { title: 'task' },
      { title: 'channel' },
      { title: 'recordings', align: 'right' },
      { title: 'bytes', align: 'right' },
      { title: 'end to link', align: 'right' },
    ],
    found.tasks.map((task) => [
      task.taskSid,
      task.channel,
      String(task.recordings.length),
      sizeOf(found, task),
      linkText(task, colours),
    ]),
  );
  return [
    titles,
    rule,
    ...found.tasks.flatMap((task, index) => [rows[index] ?? '', ...below(found, task, colours)]),
    '',
    'end to link: from the task’s end to its link; a minus sign says before the end',
  ];
}

function below(found: TableFindings, task: TaskTruth, colours: Colours): readonly string[] {
  return [
    task.title,
    ...(task.promises === 0 ? [] : [attributesText(task, colours)]),
    ...(task.recordings.length === 0 ? [] : [restingPlaces(found, task)]),
    ...(task.link === undefined ? [] : [task.link]),
  ].map((text) => `  ${text}`);
}

function sizeOf(found: TableFindings, { recordings }: TaskTruth): string {
  if (recordings.length === 0) return '–';
  const copies = recordings.map((sid) => found.copies.get(sid));
  return sizeText(copies.reduce((sum, copy) => sum + (copy?.kind === 'same' ? copy.sizeBytes : 0), 0));
}

/** Seconds from the task's end to its link; most links are there before the end. */
function linkText(task: TaskTruth, colours: Colours): string {
  if (task.link === undefined) return task.recordings.length === 0 ? '–' : colours.red('none');
  const text = task.secondsToLink === undefined ? 'there' : secondsText(task.secondsToLink);
  return task.isLinkedInTime ? colours.green(text) : colours.red(`${text}, late`);
}

/** Of the attributes that the script speaks of, how many Insights found as they should be. */
function attributesText({ promises, brokenPromises }: TaskTruth, colours: Colours): string {
  const text = `${promises - brokenPromises.length} of ${counted(promises, 'attribute')}`;
  return brokenPromises.length === 0 ? text : colours.red(text);
}

/** The keys in the archive without the account, which is the same for all. */
function restingPlaces(found: TableFindings, task: TaskTruth): string {
  const keys = task.recordings.map((sid) => {
    const archive = found.recordings.get(sid)?.archive;
    return archive?.state === 'verified'
      ? archive.audio.key.replace(/^AC[0-9a-f]{32}\//, '')
      : (archive?.state ?? 'nowhere');
  });
  return keys.length <= 1 ? (keys[0] ?? '') : `${keys[0] ?? ''} and ${keys.length - 1} more`;
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
    ...transcriptLines(summary).map(([isGood, text]) => good(isGood, text)),
    good(linkedInTime === linked, `${linkedInTime} of ${linked} links were there when Flex Insights looked last`),
    good(summary.attributesMissing === 0 && summary.attributesSpoiled === 0, attributesSentence(summary)),
    good(
      playbackMismatched === 0,
      `${playbackChecked - playbackMismatched} of ${playbackChecked} playback links play what Twilio served`,
    ),
    good(
      summary.forgedRejected === summary.events.forgedSent,
      `${summary.forgedRejected} of ${summary.events.forgedSent} forged requests lie in quarantine`,
    ),
    good(
      summary.deletedWithoutProof === 0 &&
        summary.sourcesDeleted === (summary.deletionsExpected ?? summary.sourcesDeleted),
      deletionText(summary),
    ),
    good(
      summary.contactStatuses.rejected === summary.contactStatuses.forgedSent,
      `${summary.contactStatuses.matched} of ${summary.contactStatuses.sent} contact statuses matched, ${summary.contactStatuses.rejected} of ${summary.contactStatuses.forgedSent} false ones in quarantine`,
    ),
    good(summary.lost === 0 && summary.parked === 0, `${summary.lost} lost, ${summary.parked} parked`),
    ...[
      `${counted(summary.ignored, 'message')} rightly ignored: ${reasons(summary.ignoredBy)}`,
      `sources that stay: ${reasons(summary.refused)}`,
      `enrichment: ${reasons(summary.enrichment.attributes)}; ${counted(summary.secretsRedacted, 'secret')} kept out`,
      `${counted(summary.retries, 'retry', 'retries')}: ${reasons(summary.retriesBy)}`,
    ].flatMap((text) => wrapped(text, 76).map((line, index) => colours.dim(`${index === 0 ? '  ' : '    '}${line}`))),
    ...summary.faults.map((fault) => colours.red(`  ${fault}`)),
  ];
}

function transcriptLines({
  transcriptsExpected,
  transcriptsArchived,
}: DaySummary): readonly (readonly [boolean, string])[] {
  if (transcriptsExpected === 0) return [];
  const text = `${transcriptsArchived} of ${transcriptsExpected} transcripts say what was written, word for word`;
  return [[transcriptsArchived === transcriptsExpected, text]];
}

function attributesSentence({ attributesExpected, attributesWritten, attributesSpoiled }: DaySummary): string {
  return `${attributesWritten} of ${attributesExpected} attributes were there when Flex Insights read them, ${attributesSpoiled} of others’ lost`;
}

function deletionText({ sourcesDeleted, deletionsExpected, deletedWithoutProof }: DaySummary): string {
  const expected = deletionsExpected === null ? '' : ` of ${deletionsExpected} that may go`;
  return `${counted(sourcesDeleted, 'source')}${expected} deleted at Twilio, ${deletedWithoutProof} of them without proof`;
}
