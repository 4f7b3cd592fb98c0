import { audioOf } from '../../life.ts';
import { failed, met, note, open } from './item.ts';
import type { Item, Judged } from './item.ts';
import { attributesForInsights } from './read-by-insights.ts';
import type { CallSoFar } from './look-at-call.ts';
import { isSound, playedText } from './play.ts';
import { linkWindowSeconds } from '../../../lambdas/shared/domain/link.ts';
import { secondsAfter } from '../../../lambdas/shared/domain/seconds-after.ts';
import type { FoundBy } from '../../../lambdas/shared/domain/task-record.ts';
import type { Stage } from '../../../lib/stage-settings.ts';
import { counted, secondsText, sizeText } from '../../../local/terminal/words.ts';

/** What has become of a call, by what is known of it; the same knowledge gives the same list. */
export function checklist(call: CallSoFar, stage: Pick<Stage, 'linkMode' | 'enrichment'>): readonly Item[] {
  const [link, archive] = [linkOnTask(call, stage.linkMode), archiveVerified(call)];
  return [
    { name: 'event in', ...eventIn(call) },
    { name: 'task known', ...taskKnown(call) },
    { name: 'recording known', ...recordingKnown(call) },
    { name: 'link on task', ...link },
    { name: 'link plays', ...linkPlays(call, stage.linkMode, { link, archive }) },
    { name: 'archive verified', ...archive },
    { name: 'attributes for Insights', ...attributesItem(call, link, stage) },
    { name: 'visible in Insights', ...visible(call) },
  ];
}

/** Nothing more is waited for: all is met, or will not be any more. */
export const isSettled = (items: readonly Item[]): boolean => items.every(({ state }) => state !== 'open');

export const isAllMet = (items: readonly Item[]): boolean =>
  items.every(({ state }) => state === 'met' || state === 'note');

const transportWords = { 'event-streams': 'Event Streams', 'task-events': "the workspace's callback" } as const;

function eventIn({ task, timeline }: CallSoFar): Judged {
  const first = timeline.find(({ actor }) => actor === 'twilio');
  if (task?.toldBy === undefined || first === undefined)
    return open(
      task === undefined
        ? 'no event came: make a call, then look at doctor --only events,gateway, and at the quarantine by doctor --only pipeline'
        : 'the task is known by its recording alone, no event of it came: look at doctor --only events',
    );
  const delay = secondsText(Math.max(0, (task.firstSeenAt.getTime() - first.occurredAt.getTime()) / 1000));
  const ways = task.toldBy.map((one) => transportWords[one]).join(' and ');
  return met(first.occurredAt, `${first.what} by ${ways}, here ${delay} later`);
}

function taskKnown({ task }: CallSoFar): Judged {
  if (task === undefined)
    return open('the ledger has no new task: look at the queue enrich-task and its dead letters (docs/runbook.md)');
  const about = [task.channel, task.taskQueueName ?? task.taskQueueSid].filter((part) => part !== undefined);
  return met(task.firstSeenAt, [task.taskSid, ...about].join(', '));
}

const pathWords: Readonly<Record<FoundBy, string>> = {
  callback: 'its callback',
  'segment-link': "the task's attributes (segment_link)",
  media: "the task's attributes (media)",
  list: "Twilio's list of recordings",
  reconcile: 'reconcile',
};

function recordingKnown({ task, recording, timeline }: CallSoFar): Judged {
  const onTask = task?.recordings.find(
    ({ recordingSid, isAbsent }) => !isAbsent && (recording === undefined || recordingSid === recording.recordingSid),
  );
  if (onTask === undefined)
    return open(
      (task?.recordings.length ?? 0) > 0
        ? 'Twilio says of the recording that it holds nothing: talk for longer than a few seconds'
        : 'no recording is known: is the call recorded at all? Look at doctor --only recordings',
    );
  const path = recording?.foundBy ?? onTask.foundBy;
  const also = path === onTask.foundBy ? '' : `, then by ${pathWords[onTask.foundBy]}`;
  const line = timeline.find(({ what }) => what === 'recording known');
  const at = recording?.firstSeenAt ?? line?.occurredAt;
  if (at === undefined) return open('the recording is on the task, and nothing is known of when it came to be known');
  return met(at, `${onTask.recordingSid} by ${pathWords[path]}${also}`);
}

function linkOnTask({ task }: CallSoFar, linkMode: Stage['linkMode']): Judged {
  if (linkMode === 'none') return note('the stage writes no link');
  const link = linkMode === 'media' ? task?.media : task?.link;
  if (link === undefined || link.state === 'none' || task === undefined)
    return open('no link was written: look at npm run cli -- status <WT…>, and at links-too-late in docs/runbook.md');
  const { state } = link;
  if (state === 'late')
    return failed(
      `written more than ${linkWindowSeconds} s after the end, when Insights no longer looks`,
      'see links-too-late in docs/runbook.md',
    );
  if (state !== 'written')
    return failed(`${linkWords[state]}`, 'look at doctor --only insights, and at npm run cli -- status <WT…>');
  if (task.endedAt === undefined)
    return open('it is written; complete the task: only its end shows whether the link stays in time for Insights');
  const { writtenAt } = link;
  const seconds = writtenAt === undefined ? undefined : (writtenAt.getTime() - task.endedAt.getTime()) / 1000;
  return met(writtenAt ?? link.seenAt ?? task.endedAt, whenWritten(seconds));
}

const linkWords = {
  kept: "another's link was there before, and stays as the stage has it (onExistingLink)",
  missed: 'Insights stopped looking before a link could be written',
  removed: 'it was taken off again: the recording holds nothing',
  overwritten: 'somebody else put another in its place, again and again',
  refused: 'the media of the task have no room for it',
} as const;

function whenWritten(seconds: number | undefined): string {
  if (seconds === undefined) return 'it is there';
  return seconds < 0
    ? `${secondsText(-seconds)} before the task's end`
    : `${secondsText(seconds)} after the task's end, of ${linkWindowSeconds} s`;
}

/** A late link plays; of the others that failed none is ours. */
function linkPlays(
  { played, task }: CallSoFar,
  linkMode: Stage['linkMode'],
  { link, archive }: { readonly link: Judged; readonly archive: Judged },
): Judged {
  if (linkMode === 'none') return note('the stage writes no link');
  if (linkMode === 'media') return note('Flex plays it with its own token: try doctor --flex-token');
  if (played !== undefined && isSound(played)) return met(played.at, playedText(played));
  if (archive.state === 'failed') return failed('there is no copy that it could play', 'mend archive verified first');
  if (link.state === 'failed' && task?.link.state !== 'late')
    return failed('there is no link of ours on the task', 'mend link on task first');
  return open(
    played === undefined
      ? 'it was not played: there is no link of ours on the task, or no copy behind it yet'
      : `last answered with ${playedText(played)}: look at doctor --only playback, and at the log of play-recording`,
  );
}

function archiveVerified({ recording }: CallSoFar): Judged {
  if (recording === undefined) return open('there is no recording to copy yet');
  const { archive } = recording;
  switch (archive.state) {
    case 'verified': {
      const { sizeBytes, channels } = audioOf(recording) ?? archive.audio;
      return met(archive.verifiedAt, `${sizeText(sizeBytes)}, ${counted(channels, 'channel')}`);
    }
    case 'sealed':
      return failed(
        'Twilio encrypted it for a key that is not ours',
        'put the private key into the ring: docs/encryption.md',
      );
    case 'mismatched':
    case 'failed':
      return failed(`${archive.state}: ${archive.reason}`, `npm run cli -- status ${recording.recordingSid}`);
    case 'stored':
    case 'none':
      return open(
        `the copy is ${archive.state === 'none' ? 'not there yet' : 'stored and not read again yet'}: look at npm run cli -- status ${recording.recordingSid}, and at the queue archive-recording`,
      );
  }
}

/** They are the last ones when the task has ended and its link is no longer waited for. */
function attributesItem(
  { task, attributes }: CallSoFar,
  link: Judged,
  { enrichment: { hipaaMode } }: Pick<Stage, 'enrichment'>,
): Judged {
  if (task?.endedAt === undefined) return open('the task has not ended: complete it, Insights reads it as it is then');
  if (attributes === undefined) return open('they were never read: Twilio forgets a task five minutes after its end');
  if (link.state === 'open') return open('they are not the last ones while the link is waited for');
  const { problem, errors, seen } = attributesForInsights(attributes.text, hipaaMode);
  if (problem !== undefined) return failed(problem, 'whoever creates the task must give it a JSON object');
  return errors === 0
    ? met(attributes.readAt, seen)
    : failed(seen, 'each error says what to do; docs/insights.md explains');
}

/** No interface of Twilio's shows it: a person looks. */
function visible({ task }: CallSoFar): Judged {
  const rule = "within an hour of the task's end, or 15 minutes where Twilio has shortened the interval by a ticket";
  if (task?.endedAt === undefined) return note(`nobody can ask Twilio: look ${rule}`);
  const by = (seconds: number): string =>
    secondsAfter(task.endedAt ?? task.firstSeenAt, seconds)
      .toISOString()
      .slice(11, 16);
  return note(`look for ${task.taskSid} in Insights by ${by(3600)} UTC (${by(900)} after the ticket): ${rule}`);
}
