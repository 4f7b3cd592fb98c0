import { withPrimary } from '../shared/domain/primary-recording.ts';
import { accountSid, workspaceSid } from '../shared/domain/sids.ts';
import { newTask } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { addRecording } from '../shared/domain/task-recordings.ts';
import type { LinkRecording } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { changeTask } from '../shared/steps/change-record.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly accountSid: string;
  readonly workspaceSid: string;
}

/** Writes into the ledger that the recording is this task's, what is known of it, and which one the link names. */
export async function recordTaskRecording(has: Needs, message: LinkRecording): Promise<TaskRecord> {
  const { taskSid, recordingSid, foundBy = 'callback', cause } = message;
  const known = recordingSid === undefined ? undefined : await has.ledger.readRecording(recordingSid);
  const at = has.now();
  const of = { taskSid, accountSid: accountSid(has.accountSid), workspaceSid: workspaceSid(has.workspaceSid) };
  return changeTask(has.ledger, taskSid, (before) => {
    const task = before ?? newTask(of, at);
    const record = withPrimary(recordingSid === undefined ? task : addRecording(task, recordingSid, foundBy, known));
    const isNew =
      recordingSid !== undefined && !task.recordings.some((recording) => recording.recordingSid === recordingSid);
    const timeline = isNew
      ? [
          {
            occurredAt: at,
            cause,
            what: 'recording known',
            actor: 'link-recording',
            after: `${recordingSid} by ${foundBy}`,
          },
        ]
      : [];
    return { record, timeline };
  });
}
