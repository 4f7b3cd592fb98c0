import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { isDigital } from '../shared/domain/task-sound.ts';
import type { ContactInbox } from '../shared/ports/contact-inbox.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { followPlan } from '../shared/steps/follow-plan.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { contactLine, writeContact } from './write-contact.ts';
import { tellOfIngest } from './tell-of-ingest.ts';
import { findContact } from './find-contact.ts';
import type { FoundContact } from './find-contact.ts';
import { markMatched } from './keep-status.ts';
import type { KeptStatus } from './keep-status.ts';

export interface MatchNeeds extends PlanNeeds {
  readonly inbox: ContactInbox;
  readonly meter: Meter;
}

/** Which message has the status matched now, and whether it is the first time as far as is known. */
export interface Matching {
  readonly cause: string;
  readonly note: MessageContext['note'];
  /** False for a status that was found to be about something before: it is matched again and not counted again. */
  readonly isNews: boolean;
}

/**
 * Finds out whom the status is about and writes it there. `digital`: it is about a chat or a message, of which there is
 * no recording. `unmatched`: nothing in the ledger is known to have its ids yet.
 *
 * The status must lie in the inbox already, so that an id that becomes known meanwhile finds it there. Matched again, it
 * is written to whatever its ids lead to now.
 */
export async function matchStatus(
  has: MatchNeeds,
  status: KeptStatus,
  matching: Matching,
): Promise<'matched' | 'digital' | 'unmatched'> {
  const found = await findContact(has.ledger, status.contact);
  const end = endOf(found);
  if (end === 'matched') await writeToRecordings(has, status, found, matching);
  if (end === 'digital') await writeToTasks(has, status, found, matching);
  if (end !== 'unmatched' && matching.isNews) countStatus(has, end);
  return end;
}

export function countStatus({ meter }: { readonly meter: Meter }, outcome: 'matched' | 'digital' | 'unmatched'): void {
  meter.measure({ name: 'contactStatuses', outcome, unit: 'Count', value: 1 });
}

function endOf({ recordings, tasks }: FoundContact): 'matched' | 'digital' | 'unmatched' {
  if (recordings.length > 0) return 'matched';
  return tasks.length > 0 && tasks.every(isDigital) ? 'digital' : 'unmatched';
}

async function writeToRecordings(
  has: MatchNeeds,
  status: KeptStatus,
  { recordings, isContradictory }: FoundContact,
  { cause, note, isNews }: Matching,
): Promise<void> {
  const written = [];
  for (const { recordingSid } of recordings.filter((recording) => !isTombstoned(recording))) {
    note({ recordingSid });
    written.push(await writeContact(has, recordingSid, { status, isContradictory, isNews }));
  }
  await markMatched(has, status);
  for (const recording of written) {
    await tellOfIngest(has, recording, cause);
    await followPlan(has, recording, { cause, actor: 'calabrio-status' });
  }
}

async function writeToTasks(
  has: MatchNeeds,
  status: KeptStatus,
  { tasks }: FoundContact,
  { note }: Matching,
): Promise<void> {
  for (const { taskSid } of tasks.filter(({ erased }) => erased === undefined)) {
    note({ taskSid });
    await has.ledger.addToTimeline({ of: taskSid, ...contactLine(status) });
  }
  await markMatched(has, status);
}
