import type { ReceivedContactStatus } from '../shared/domain/contact-status.ts';
import { isDigital } from '../shared/domain/task-sound.ts';
import type { ContactInbox } from '../shared/ports/contact-inbox.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { followPlan } from '../shared/steps/follow-plan.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { contactLine, writeContact } from './write-contact.ts';
import { countIngest } from './count-ingest.ts';
import { findContact } from './find-contact.ts';
import { markMatched } from './keep-status.ts';

export interface MatchNeeds extends PlanNeeds {
  readonly inbox: ContactInbox;
  readonly meter: Meter;
}

/**
 * Finds out whom the status is about and writes it there. `digital`: it is about a chat or a message, of which there is
 * no recording. `unmatched`: nothing in the ledger is known to have its ids yet.
 *
 * The status must lie in the inbox already, so that an id that becomes known meanwhile finds it there.
 */
export async function matchStatus(
  has: MatchNeeds,
  received: ReceivedContactStatus,
  { cause, note }: { readonly cause: string; readonly note: MessageContext['note'] },
): Promise<'matched' | 'digital' | 'unmatched'> {
  const found = await findContact(has.ledger, received.contact);
  if (found.recordings.length > 0) {
    const recordings = [];
    for (const { recordingSid } of found.recordings) {
      note({ recordingSid });
      recordings.push(
        await writeContact(has, recordingSid, { received, cause, isContradictory: found.isContradictory }),
      );
    }
    await markMatched(has, received);
    for (const recording of recordings) {
      await countIngest(has, recording, cause);
      await followPlan(has, recording, { cause, actor: 'calabrio-status' });
    }
    return 'matched';
  }
  if (found.tasks.length === 0 || !found.tasks.every(isDigital)) return 'unmatched';
  for (const { taskSid } of found.tasks) {
    note({ taskSid });
    await has.ledger.addToTimeline({ of: taskSid, cause, ...contactLine(received) });
  }
  await markMatched(has, received);
  return 'digital';
}
