import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { hasRetentionEnded, isHoldOwed } from '../shared/domain/retention/keeping-life.ts';
import type { TranscriptRecord } from '../shared/domain/transcript-record.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { ArchiveTranscript } from '../shared/messages/work-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import { keepTranscript } from '../shared/steps/keep-transcript.ts';
import type { KeepTranscriptNeeds } from '../shared/steps/keep-transcript.ts';
import { announceTranscript } from './announce-transcript.ts';
import { fetchConversation } from './fetch-conversation.ts';
import type { ConversationNeeds } from './fetch-conversation.ts';
import { noteForeign, noteGone, noteVerified } from './note-transcript.ts';
import type { NoteNeeds } from './note-transcript.ts';
import { storeTranscript } from './store-transcript.ts';
import type { StoreNeeds } from './store-transcript.ts';

export interface ArchiveTranscriptNeeds extends ConversationNeeds, KeepTranscriptNeeds, NoteNeeds, StoreNeeds {
  readonly accountSid: string;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readArchiveTranscriptMessage(body: string): ArchiveTranscript {
  const message = readQueueMessage(body);
  if (message.route === 'internal/archive-transcript') return message;
  throw misrouted(message, 'archive-transcript');
}

/**
 * Archives what was written in a conversation: fetched whole, stored as JSON and as text, read again, and only then
 * called `verified`.
 *
 * A second delivery finds what is stored and writes nothing; of a conversation that has gone on since, the new words are
 * a new version of the same objects.
 */
export function archiveTranscript(
  has: ArchiveTranscriptNeeds,
): (message: ArchiveTranscript, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    const { conversationSid, taskSid, cause } = message;
    context.note({ conversationSid, taskSid });
    // An erasure marks the transcripts that are known; of an erased task's there is nothing to know any more.
    if (taskSid !== undefined && (await has.ledger.readTask(taskSid))?.erased !== undefined)
      return ignored('tombstoned');
    const announced = await announceTranscript(has, message);
    if (isTombstoned(announced)) {
      // What was held before is let go of, so that it can be erased.
      if (announced.kept?.isHeld === true) await keepTranscript(has, announced, { cause, actor: 'archive-transcript' });
      return ignored('tombstoned');
    }
    // First of all: what follows may fail for as long as it takes S3 to let the transcript go.
    const isAgain = context.receiveCount > 1;
    if (isAgain || isHoldOwed(announced))
      await keepTranscript(has, announced, { cause, actor: 'archive-transcript' }, { isAnew: isAgain });
    // Nothing is written again of what S3 has let go, or is about to; but a hold that was released is taken off there.
    const isOver = hasRetentionEnded(announced, has.now());
    const outcome = isOver ? ignored('retention-ended') : await archive(has, announced, cause);
    await keepTranscript(has, announced, { cause, actor: 'archive-transcript' });
    return outcome;
  };
}

async function archive(has: ArchiveTranscriptNeeds, announced: TranscriptRecord, cause: string): Promise<Outcome> {
  const fetched = await fetchConversation(has, announced.conversationSid);
  if (fetched === undefined) {
    await noteGone(has, announced, cause);
    return ignored('conversation-gone');
  }
  if (fetched.accountSid !== has.accountSid) {
    await noteForeign(has, announced, cause);
    return ignored('foreign-account');
  }
  const stored = await storeTranscript(has, announced, fetched);
  const noted = await noteVerified(has, announced, { fetched, stored, cause });
  // What was stored meanwhile is taken away by whoever erases, who waits for deliveries like this one.
  return isTombstoned(noted) ? ignored('tombstoned') : done;
}
