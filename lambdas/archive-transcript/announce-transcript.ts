import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { accountSid } from '../shared/domain/sids.ts';
import { addTranscriptTask, applyTranscriptAttempt, newTranscript } from '../shared/domain/transcript-life.ts';
import type { TranscriptRecord } from '../shared/domain/transcript-record.ts';
import type { ArchiveTranscript } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { TranscriptRecords } from '../shared/ports/transcript-records.ts';
import { changeTranscript } from '../shared/steps/change-record.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly transcripts: TranscriptRecords;
  readonly accountSid: string;
  readonly now: () => Date;
}

/**
 * Writes into the ledger that there is a conversation to archive, and of which tasks: the timeline, the record, and the
 * alias by which the conversation leads to the task. Of a tombstone nothing is changed.
 */
export async function announceTranscript(
  has: Needs,
  { conversationSid, taskSid, cause }: ArchiveTranscript,
): Promise<TranscriptRecord> {
  const at = has.now();
  const announced = await changeTranscript(has, conversationSid, (before) => {
    const known = before ?? newTranscript({ conversationSid, accountSid: accountSid(has.accountSid) }, at);
    const withTask = taskSid === undefined ? known : addTranscriptTask(known, taskSid);
    const line = { occurredAt: at, cause, what: 'transcript announced', actor: 'archive-transcript' };
    return {
      record: applyTranscriptAttempt(withTask, at),
      timeline: withTask === before ? [] : [{ ...line, ...(taskSid !== undefined && { after: taskSid }) }],
    };
  });
  if (!isTombstoned(announced) && taskSid !== undefined) await has.ledger.addAliases([conversationSid], taskSid);
  return announced;
}
