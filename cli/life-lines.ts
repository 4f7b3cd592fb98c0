import { factLines, lineWidth } from './fact-lines.ts';
import { laterLifeParts } from './later-life-lines.ts';
import { audioOf, secondsToLink } from './life.ts';
import type { InsightsAttributes, RecordingLife, TaskLife } from './life.ts';
import { legTable, recordingTable, timelineTable } from './life-tables.ts';
import { nextDueAt } from '../lambdas/shared/domain/next-due.ts';
import type { ArchivedAudio, RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import type { TaskLink, TaskMedia } from '../lambdas/shared/domain/task-record.ts';
import type { Colours } from '../local/terminal/colours.ts';
import { printable } from '../local/terminal/printable.ts';
import { counted, secondsText, sizeText, wrapped } from '../local/terminal/words.ts';

/** A task's life as lines for a person: what it is, its link, its legs, its recordings, its attributes, what happened when. */
export function taskLines(life: TaskLife, colours: Colours): readonly string[] {
  const { task } = life;
  return [
    colours.bold(`task ${task.taskSid}`),
    ...facts([
      ['channel', task.channel],
      ['queue', task.taskQueueName ?? task.taskQueueSid],
      ['created', timeText(task.createdAt)],
      ['ended', task.endedAt && `${timeText(task.endedAt)} (${task.endedBy ?? 'end seen'})`],
      ['erased', task.erased && `${timeText(task.erased.at)} (${task.erased.erasureId})`],
      ['parent', task.parentTaskSid],
      ['conversation', task.conversationId],
      ['link', linkText(task.link, secondsToLink(task))],
      ['playback', ourLink(life)],
      ['replaced', task.link.replaced],
      ['media', task.media && mediaText(task.media)],
      ['before media', task.media?.replaced?.join(', ')],
      [
        'enrichment',
        task.enrichment && `${task.enrichment.mode}: ${task.enrichment.paths.join(', ') || 'no difference'}`,
      ],
      ['too late for', task.enrichment?.latePaths?.join(', ')],
      ['review', task.review && (task.review.taskSid ?? `being made since ${timeText(task.review.intendedAt)}`)],
      ['next look', timeText(task.dueAt)],
    ]),
    ...section(`legs (${task.legs.length})`, legTable(life), colours),
    ...section(`recordings (${task.recordings.length})`, recordingTable(life), colours),
    ...section('attributes as Insights reads them', attributeLines(life.attributes), colours),
    ...section(`timeline (${counted(life.timeline.length, 'line')})`, timelineTable(life.timeline), colours),
  ];
}

/** A recording's life as lines for a person; what people wrote freely is in them when it is to be revealed. */
export function recordingLines(life: RecordingLife, colours: Colours, reveal: boolean): readonly string[] {
  const { recording } = life;
  const { source } = recording;
  return [
    colours.bold(`recording ${recording.recordingSid}`),
    ...facts([
      ['state', life.label],
      ['found by', recording.foundBy],
      ['at Twilio', [source.status, source.errorCode, source.origin].filter((part) => part !== undefined).join(', ')],
      ['began', timeText(source.startedAt)],
      ['duration', source.durationSeconds === undefined ? undefined : secondsText(source.durationSeconds)],
      ['conference', source.conferenceSid],
      ['call', source.callSid],
      ['tasks', tasksOf(life).join(', ') || undefined],
      ['archive', archiveText(recording)],
      ['link', recording.linkRevoked ? 'withdrawn: playback answers 410' : undefined],
      ['next look', timeText(nextDueAt(recording))],
    ]),
    ...facts(audioFacts(audioOf(recording))),
    ...laterLifeParts(life, reveal).flatMap(({ title, lines }) => section(title, lines, colours)),
    ...section(`timeline (${counted(life.timeline.length, 'line')})`, timelineTable(life.timeline), colours),
  ];
}

function facts(pairs: readonly (readonly [string, string | undefined])[]): readonly string[] {
  return indented(factLines(pairs, 14));
}

function section(title: string, lines: readonly string[], colours: Colours): readonly string[] {
  return lines.length === 0 ? [] : ['', colours.bold(title), ...indented(lines)];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function attributeLines({ source, values, problem }: InsightsAttributes): readonly string[] {
  if (source === 'gone') return ['not known: Twilio deletes a task five minutes after its end, or never had it'];
  if (problem !== undefined) return wrapped(printable(problem), lineWidth);
  const lines = factLines(
    Object.entries(values).map(([path, value]) => [path, asText(value)]),
    36,
  );
  const head = source === 'at-twilio' ? 'as they are at Twilio now' : 'as they were when Twilio deleted the task';
  return [head, ...(lines.length === 0 ? ['no conversations.* and no customers.*'] : lines)];
}

function linkText(link: TaskLink, seconds: number | undefined): string {
  const when =
    seconds === undefined
      ? ''
      : seconds < 0
        ? `, ${secondsText(-seconds)} before the end`
        : `, ${secondsText(seconds)} after the end`;
  const writes = link.writes === 0 ? '' : `, ${counted(link.writes, 'write')}`;
  return `${link.state}${link.writtenAt === undefined ? '' : when}${writes}`;
}

function mediaText({ state, places, writes }: TaskMedia): string {
  const where = places.length === 0 ? '' : `, in ${counted(places.length, 'place')}`;
  return `${state}${where}${writes === 0 ? '' : `, ${counted(writes, 'write')}`}`;
}

/** The link on the task, when the ledger says that it is ours. */
function ourLink({ task, attributes }: TaskLife): string | undefined {
  return task.link.state === 'written' || task.link.state === 'late' ? attributes.segmentLink : undefined;
}

function archiveText(recording: RecordingRecord): string {
  const { archive } = recording;
  if (archive.state === 'mismatched' || archive.state === 'failed') return `${archive.state}: ${archive.reason}`;
  if (archive.state === 'sealed') return 'sealed: ciphertext of which nobody has the key, looked at again daily';
  return archive.state;
}

/** Every task that it is known to belong to, also one of which nothing else is known. */
function tasksOf({ recording, tasks }: RecordingLife): readonly string[] {
  return [...new Set([...recording.taskSids, ...tasks.map(({ taskSid }) => taskSid)])];
}

function audioFacts(audio: ArchivedAudio | undefined): readonly (readonly [string, string | undefined])[] {
  if (audio === undefined) return [];
  return [
    ['rests at', audio.key],
    ['version', audio.versionId],
    ['bytes', `${audio.sizeBytes} (${sizeText(audio.sizeBytes)}), ${channelsText(audio)}, ${audio.contentType}`],
    ['encrypted for', audio.encryption?.publicKeySid],
    ['SHA-256', audio.sha256],
    ['CRC64NVME', audio.crc64Nvme],
    ['stored', timeText(audio.storedAt)],
  ];
}

function channelsText({ channels }: ArchivedAudio): string {
  return channels === 0 ? 'channels not known' : counted(channels, 'channel');
}

function timeText(at: Date | undefined): string | undefined {
  return at?.toISOString();
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
