import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { isOnlyQuoted } from '../shared/domain/joined-legs.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { ErasureRequests } from '../shared/ports/erasure-requests.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { knownTasks } from '../shared/steps/known-tasks.ts';
import { reopenErasure } from '../shared/steps/reopen-erasure.ts';

export interface ErasedNeeds {
  readonly ledger: Ledger;
  readonly erasures: Pick<ErasureRequests, 'read' | 'save'>;
  readonly now: () => Date;
}

/**
 * Whether nothing may be begun with the recording: it is erased or about to be, or it belongs to a task that is. A
 * recording of an erased task that nobody knew of shares its fate: the task's erasure is taken up again for it. One that
 * the task only quoted is another call's, and lives on.
 */
export async function isErased(has: ErasedNeeds, recording: RecordingRecord, cause: string): Promise<boolean> {
  const tasks = await knownTasks(has, recording);
  const task = tasks.find((one) => one.erased !== undefined && !isOnlyQuoted(recording, one, tasks));
  if (task?.erased === undefined || recording.erasure.state === 'erased') return isTombstoned(recording);
  const { erasureId } = task.erased;
  const at = has.now();
  const marked = await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: applyEvent(before, { kind: 'erasure-requested', at, erasureId }),
    timeline: [
      { occurredAt: at, cause, what: 'erasure requested', actor: 'archive-recording', after: `with ${task.taskSid}` },
    ],
  }));
  // Also when it was marked before: whoever marked it may have died before this.
  if (isTombstoned(marked)) await reopenErasure(has, erasureId);
  return isTombstoned(marked);
}
