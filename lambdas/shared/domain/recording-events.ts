import { compareText } from './compare-text.ts';
import { mostContacts } from './contact-status.ts';
import type { ReceivedContactStatus } from './contact-status.ts';
import type { Plan } from './plan-recording.ts';
import type {
  ArchiveFacet,
  ArchiveMismatch,
  ContactVerification,
  RecordingContact,
  RecordingRecord,
  RecordingSource,
  SentReport,
  SourceDeletion,
} from './recording-record.ts';
import { beginErasure, recordingTombstone, requestErasure } from './erasure/erasure-life.ts';
import { applyArchive, applySource, atRestWhenDone } from './recording-life.ts';
import { applyKeeping } from './retention/keeping-life.ts';
import type { KeepingEvent } from './retention/keeping-life.ts';

/** Whatever can happen to a recording that its sources and its copy are not yet: each a fact with its own time. */
export type RecordingEvent =
  | { readonly kind: 'source'; readonly source: RecordingSource }
  | { readonly kind: 'archive'; readonly archive: ArchiveFacet }
  /** A verified copy turned out not to be what it was, when it was looked at before a deletion. */
  | { readonly kind: 'archive-doubted'; readonly reason: string; readonly what: ArchiveMismatch }
  | { readonly kind: 'contact'; readonly received: ReceivedContactStatus; readonly isContradictory: boolean }
  | { readonly kind: 'verification'; readonly verification: ContactVerification }
  | KeepingEvent
  | { readonly kind: 'deletion-intended'; readonly at: Date }
  /** The source is still at Twilio and must stay: the intent is taken back. */
  | { readonly kind: 'deletion-withdrawn' }
  | { readonly kind: 'deleted'; readonly at: Date; readonly confirmedBy: 'not-found' | 'soft-deleted' }
  | { readonly kind: 'found-gone'; readonly at: Date }
  | { readonly kind: 'erasure-requested'; readonly at: Date; readonly erasureId?: string }
  /** Something of it is about to be taken away. */
  | { readonly kind: 'erasure-begun'; readonly at: Date }
  | { readonly kind: 'erased'; readonly at: Date; readonly erasureId?: string }
  | { readonly kind: 'reported'; readonly report: SentReport };

/**
 * The recording after one more event, whatever the order; the same event again changes nothing.
 *
 * A deletion only moves forward, but for an intent that is withdrawn while the source is still there. Contacts are kept
 * one for each hash with their first and last receipt. Nothing changes an erased recording; one whose erasure was asked
 * for is told everything still, so that whoever erases it knows what there is.
 */
export function applyEvent(recording: RecordingRecord, event: RecordingEvent): RecordingRecord {
  if (recording.erasure.state === 'erased') return recording;
  switch (event.kind) {
    case 'source':
      return applySource(recording, event.source);
    case 'archive':
      return applyArchive(recording, event.archive);
    case 'archive-doubted':
      return { ...recording, archive: doubted(recording.archive, event) };
    case 'contact':
      return { ...recording, contacts: contactsAfter(recording.contacts, event.received, event.isContradictory) };
    case 'verification':
      return { ...recording, verifications: verificationsAfter(recording.verifications, event.verification) };
    case 'hold-placed':
    case 'hold-released':
    case 'retention-decided':
    case 'kept-as':
      return atRestWhenDone(applyKeeping(recording, event));
    case 'erasure-requested':
      return requestErasure(recording, event);
    case 'erasure-begun':
      return beginErasure(recording, event.at);
    case 'erased':
      return recordingTombstone(recording, event);
    case 'reported':
      return withReport(recording, event.report);
    default:
      return withDeletion(recording, deletionAfter(recording.deletion, event));
  }
}

/** The copy as it was proved is remembered: a later look may find it so again. */
function doubted(
  before: ArchiveFacet,
  { reason, what }: Extract<RecordingEvent, { readonly kind: 'archive-doubted' }>,
): ArchiveFacet {
  const audio = before.state === 'verified' || before.state === 'mismatched' ? before.audio : undefined;
  return { state: 'mismatched', reason, what, ...(audio !== undefined && { audio }) };
}

type DeletionEvent = Extract<
  RecordingEvent,
  { readonly kind: 'deletion-intended' | 'deletion-withdrawn' | 'deleted' | 'found-gone' }
>;

function deletionAfter(before: SourceDeletion, event: DeletionEvent): SourceDeletion {
  switch (event.kind) {
    case 'deletion-intended':
      return before.state === 'none' ? { state: 'intended', intendedAt: event.at } : before;
    case 'deletion-withdrawn':
      return before.state === 'intended' ? { state: 'none' } : before;
    case 'deleted':
      return before.state === 'intended'
        ? { ...before, state: 'deleted', deletedAt: event.at, confirmedBy: event.confirmedBy }
        : before;
    case 'found-gone':
      // With an intent of ours it was ours: whoever finds out then says `deleted`.
      return before.state === 'none' ? { state: 'gone-external', foundAt: event.at } : before;
  }
}

function withDeletion(recording: RecordingRecord, deletion: SourceDeletion): RecordingRecord {
  const isGone = deletion.state === 'deleted' || deletion.state === 'gone-external';
  const known = { ...recording, deletion };
  return isGone ? applySource(known, { status: 'deleted' }) : known;
}

/** A status that comes when the record is full stays in the inbox alone; nothing is told from a full record any more. */
function contactsAfter(
  contacts: readonly RecordingContact[],
  { hash, contact, receivedAt }: ReceivedContactStatus,
  isContradictory: boolean,
): readonly RecordingContact[] {
  const before = contacts.find((one) => one.hash === hash);
  if (before === undefined && contacts.length >= mostContacts) return contacts;
  const { tenantId: _checked, ...said } = contact;
  const after: RecordingContact = {
    ...said,
    ...before,
    hash,
    firstReceivedAt: before !== undefined && before.firstReceivedAt < receivedAt ? before.firstReceivedAt : receivedAt,
    lastReceivedAt: before !== undefined && before.lastReceivedAt > receivedAt ? before.lastReceivedAt : receivedAt,
    // What once led to different recordings is not believed again because one of them was met alone.
    isContradictory: isContradictory || before?.isContradictory === true,
  };
  return [...contacts.filter((one) => one.hash !== hash), after].sort((a, b) => compareText(a.hash, b.hash));
}

function verificationsAfter(
  verifications: readonly ContactVerification[],
  verification: ContactVerification,
): readonly ContactVerification[] {
  const before = verifications.find(({ ccrId }) => ccrId === verification.ccrId);
  if (before !== undefined && before.checkedAt > verification.checkedAt) return verifications;
  const others = verifications.filter(({ ccrId }) => ccrId !== verification.ccrId);
  return [...others, verification].sort((a, b) => a.ccrId - b.ccrId);
}

function withReport(recording: RecordingRecord, report: SentReport): RecordingRecord {
  const isSent = recording.reports.some(
    ({ reservationSid, status }) => reservationSid === report.reservationSid && status === report.status,
  );
  return isSent ? recording : { ...recording, reports: [...recording.reports, report] };
}

/** Keeps what a plan found, for lists and for the next review; with deletion switched off, nothing of it. */
export function applyPlan(recording: RecordingRecord, plan: Plan, isDeletionOn: boolean): RecordingRecord {
  const { refusals: _before, reviewAt: _then, ...rest } = recording;
  return {
    ...rest,
    ...(isDeletionOn && { refusals: plan.refusals }),
    ...(plan.reviewAt !== undefined && { reviewAt: plan.reviewAt }),
  };
}
