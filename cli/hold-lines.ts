import { below } from './fact-lines.ts';
import { tooLateSince } from './hold-changes.ts';
import type { HoldOrder, HoldOutcome } from './hold-changes.ts';
import type { HeldInS3 } from './held-in-s3.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import { recordingSid } from '../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../lambdas/shared/domain/task-record.ts';
import { printable } from '../local/terminal/printable.ts';
import { counted } from '../local/terminal/words.ts';

/** One line for each recording, what a person must know of it below, and how many there were of each. */
export function holdLines(outcomes: readonly HoldOutcome[], order: HoldOrder): readonly string[] {
  return [
    ...outcomes.flatMap((outcome) => [
      `${outcome.sid}  ${printable(wordsOf(outcome, order))}`,
      ...[...notesOf(outcome, order), ...s3Notes(outcome)].flatMap((note) => below(printable(note))),
    ]),
    '',
    countLine(outcomes, order),
  ];
}

/** What a hold on these tasks does not reach. */
export function openTaskLines(tasks: readonly TaskRecord[]): readonly string[] {
  return tasks
    .filter(({ endedAt }) => endedAt === undefined)
    .map(
      ({ taskSid }) => `task ${taskSid} has not ended: a recording that it gets later is not held; hold it again then`,
    );
}

function wordsOf(outcome: HoldOutcome, { matter, isDryRun }: HoldOrder): string {
  switch (outcome.kind) {
    case 'unknown':
      return 'the ledger has no record of it yet';
    case 'erased':
      return 'was erased: nothing is left to hold';
    case 'placed':
      return `${isDryRun ? 'would be held' : 'held'} for ${matter}`;
    case 'held-already':
      return `was held for ${matter} already`;
    case 'released':
      return `${isDryRun ? 'would be released' : 'released'} from ${matter}`;
    case 'released-before':
      return `was released from ${matter} before; ${isDryRun ? 'it would be planned again' : 'it is planned again'}`;
    case 'not-held':
      return `is not held for ${matter}`;
  }
}

function notesOf(outcome: HoldOutcome, { matter }: HoldOrder): readonly string[] {
  switch (outcome.kind) {
    case 'placed':
      return [...tooLateNotes(outcome), ...('recordingSid' in outcome.record ? deletionNotes(outcome.record) : [])];
    case 'held-already':
      return [
        `placed by ${outcome.hold.placedBy} at ${outcome.hold.placedAt.toISOString()}; nothing was changed`,
        ...tooLateNotes(outcome),
      ];
    case 'released':
      return othersHeld(outcome.record.holds.map((hold) => hold.matter).filter((other) => other !== matter));
    case 'not-held':
      return othersHeld(outcome.matters);
    case 'unknown':
      return ['type this again when status shows it'];
    case 'erased':
    case 'released-before':
      return [];
  }
}

/** What S3 says now; it is told by a function that was sent for. */
function s3Notes(outcome: HoldOutcome): readonly string[] {
  const { sid, inS3 } = outcome;
  if (inS3 === undefined) return [];
  const isTold = outcome.kind === 'placed' || outcome.kind === 'held-already' ? inS3.held === inS3.versions : true;
  return [
    s3Words(inS3),
    ...(isTold && inS3.versions > 0 ? [] : [`S3 is told within minutes, or has nothing of it: status ${sid}`]),
  ];
}

function s3Words({ versions, held }: HeldInS3): string {
  if (versions === 0) return 'in S3: no version of it';
  return `in S3: ${held} of ${counted(versions, 'version')} under a legal hold`;
}

function tooLateNotes(outcome: HoldOutcome): readonly string[] {
  const since = tooLateSince(outcome);
  return since === undefined
    ? []
    : [`an erasure has been taking it away since ${since.toISOString()}: the hold comes too late for that`];
}

function othersHeld(matters: readonly string[]): readonly string[] {
  return matters.length === 0 ? [] : [`still held for ${matters.join(', ')}`];
}

/** What a hold finds that comes when the source is going, or gone. */
function deletionNotes({ recordingSid, deletion, source }: RecordingRecord): readonly string[] {
  switch (deletion.state) {
    case 'intended':
      return [
        `a deletion of the source was under way since ${deletion.intendedAt.toISOString()}: Twilio may have been asked already`,
        `look in a few minutes: status ${recordingSid}. "deleted": the hold covers the copy in the archive alone. "stays: held": the source was kept`,
      ];
    case 'deleted':
    case 'gone-external':
      return ['the source at Twilio is gone: the hold covers the copy in the archive alone'];
    case 'none':
      return source.status === 'deleted'
        ? ['Twilio says that the source is deleted: the hold covers the copy in the archive alone']
        : [];
  }
}

function countLine(outcomes: readonly HoldOutcome[], { isDryRun }: HoldOrder): string {
  const count = (kind: HoldOutcome['kind']): number => outcomes.filter((one) => one.kind === kind).length;
  const changed = count('placed') + count('released');
  const verb = count('placed') > 0 ? 'held' : count('released') > 0 ? 'released' : 'changed';
  const ofRecordings = outcomes.every(({ sid }) => recordingSid.is(sid));
  return `${counted(changed, ofRecordings ? 'recording' : 'recording or transcript', ofRecordings ? 'recordings' : 'recordings and transcripts')} ${isDryRun ? `would be ${verb}` : verb}, ${outcomes.length - changed} left as ${outcomes.length - changed === 1 ? 'it was' : 'they were'}`;
}
