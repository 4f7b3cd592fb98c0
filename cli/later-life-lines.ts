import { below, factLines } from './fact-lines.ts';
import { idKind } from './calabrio/id-kind.ts';
import type { RecordingLife } from './life.ts';
import { keepingLines } from './keeping-lines.ts';
import { isNothingToDelete } from './planned-source.ts';
import { refusalWords } from './refusal-words.ts';
import { rowsWithMore } from './rows.ts';
import { identifyContact } from '../lambdas/shared/domain/identify-contact.ts';
import type { RecordingContact, RecordingRecord, SourceDeletion } from '../lambdas/shared/domain/recording-record.ts';

/** A part of a life: its title, and its lines; one without lines is not shown. */
export interface LifePart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What happened to a recording after its copy: what Calabrio said, what keeps it, and whether its source may go. */
export function laterLifeParts(life: RecordingLife, reveal: boolean): readonly LifePart[] {
  const { contacts, verifications, holds, releases = [], reports } = life.recording;
  const legs = life.source?.legs ?? [];
  return [
    { title: 'source at Twilio', lines: sourceLines(life) },
    { title: `legs that Calabrio should confirm (${legs.length})`, lines: legTable(life) },
    { title: `contacts at Calabrio (${contacts.length})`, lines: contactTable(life, reveal) },
    { title: `checks by Calabrio’s API (${verifications.length})`, lines: checkTable(life.recording) },
    { title: 'copy in the archive', lines: keepingLines(life.recording) },
    { title: `holds (${holds.length})`, lines: holdTable(life.recording, reveal) },
    { title: `holds that were released (${releases.length})`, lines: releaseTable(life.recording, reveal) },
    { title: `reports that we owed (${reports.length})`, lines: reportTable(life.recording) },
  ];
}

function sourceLines({ recording, source }: RecordingLife): readonly string[] {
  const state = [...deletionLines(recording.deletion), ...erasureLines(recording)];
  if (source === undefined) return [...state, 'may it go? This pipeline does not say by which policy it plans.'];
  if (source.refusals.length === 0) return [...state, 'may go'];
  const review = source.reviewAt === undefined ? [] : [`looked at again ${timeText(source.reviewAt)}`];
  return [
    ...state,
    isNothingToDelete(source.refusals) ? 'nothing to delete:' : 'stays:',
    ...source.refusals.flatMap((reason) => [`  ${reason}`, ...below(refusalWords[reason]).map((line) => `  ${line}`)]),
    ...review,
  ];
}

function deletionLines(deletion: SourceDeletion): readonly string[] {
  switch (deletion.state) {
    case 'none':
      return [];
    case 'intended':
      return [`a deletion is under way since ${timeText(deletion.intendedAt)}`];
    case 'deleted':
      return factLines(
        [
          ['intended', timeText(deletion.intendedAt)],
          ['deleted', `${timeText(deletion.deletedAt)}, ${confirmedWords[deletion.confirmedBy]}`],
        ],
        14,
      );
    case 'gone-external':
      return [`found gone ${timeText(deletion.foundAt)}: somebody else deleted it`];
  }
}

const confirmedWords = {
  'not-found': 'Twilio does not know it any more',
  'soft-deleted': 'Twilio shows it as deleted',
} as const;

function erasureLines({ erasure }: RecordingRecord): readonly string[] {
  switch (erasure.state) {
    case 'none':
      return [];
    case 'requested':
      return [`erasure requested ${timeText(erasure.requestedAt)}`];
    case 'erased':
      return [`erased ${timeText(erasure.erasedAt)}`];
  }
}

function legTable({ source }: RecordingLife): readonly string[] {
  return rowsWithMore(
    [{ title: 'leg' }, { title: 'state' }, { title: 'when' }],
    (source?.legs ?? []).map(({ of, state, completeAt, timesOutAt, ccrIds }) => ({
      cells: [
        of === 'recording' || of === 'call' ? `the ${of}` : of,
        state === 'none' ? 'waited for' : state,
        completeAt !== undefined
          ? timeText(completeAt)
          : timesOutAt === undefined
            ? ''
            : `until ${timeText(timesOutAt)}`,
      ],
      below: ccrIds.length === 0 ? [] : [`contact ${ccrIds.join(', ')}`],
    })),
  );
}

const aboutWords = { this: 'this recording', other: 'another one', ambiguous: 'not certain' } as const;

function contactTable({ recording, tasks }: RecordingLife, reveal: boolean): readonly string[] {
  const known = { tasks, recordings: [recording] };
  return rowsWithMore(
    [
      { title: 'contact' },
      { title: 'status', cut: 'end', maxWidth: 12 },
      { title: 'first received' },
      { title: 'about' },
    ],
    recording.contacts.map((contact) => ({
      cells: [
        String(contact.ccrId),
        contact.status,
        timeText(contact.firstReceivedAt),
        aboutWords[identifyContact(contact, recording, tasks)],
      ],
      below: [
        `session: ${idKind(contact, 'sessionId', known)}, leg: ${idKind(contact, 'legId', known)}`,
        ...contactNotes(contact),
        ...(reveal && contact.failureReason !== undefined ? [`reason: ${contact.failureReason}`] : []),
      ],
    })),
  );
}

function contactNotes({ firstReceivedAt, lastReceivedAt, isContradictory }: RecordingContact): readonly string[] {
  return [
    ...(lastReceivedAt > firstReceivedAt ? [`last received ${timeText(lastReceivedAt)}`] : []),
    ...(isContradictory ? ['its two ids lead to different recordings: it confirms nothing'] : []),
  ];
}

function checkTable({ verifications }: RecordingRecord): readonly string[] {
  return rowsWithMore(
    [{ title: 'contact' }, { title: 'answer' }, { title: 'checked' }],
    verifications.map(({ ccrId, result, checkedAt, why }) => ({
      cells: [String(ccrId), result, timeText(checkedAt)],
      below: why === undefined ? [] : [why],
    })),
  );
}

function holdTable({ holds }: RecordingRecord, reveal: boolean): readonly string[] {
  return rowsWithMore(
    [{ title: 'matter' }, { title: 'placed' }],
    holds.map(({ matter, placedAt, placedBy, why }) => ({
      cells: [matter, timeText(placedAt)],
      below: reveal ? [`by ${placedBy}: ${why}`] : [],
    })),
  );
}

function releaseTable({ releases = [] }: RecordingRecord, reveal: boolean): readonly string[] {
  return rowsWithMore(
    [{ title: 'matter' }, { title: 'released' }],
    releases.map(({ matter, releasedAt, releasedBy, why }) => ({
      cells: [matter, timeText(releasedAt)],
      below: reveal ? [`by ${releasedBy}: ${why}`] : [],
    })),
  );
}

function reportTable({ reports }: RecordingRecord): readonly string[] {
  return rowsWithMore(
    [{ title: 'of' }, { title: 'status' }],
    reports.map(({ reservationSid, status }) => ({ cells: [reservationSid ?? 'the recording', status], below: [] })),
  );
}

function timeText(at: Date): string {
  return at.toISOString();
}
