import { withoutOurLink } from '../shared/domain/link.ts';
import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { applyLink } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { updateAttributes } from '../shared/steps/update-attributes.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly now: () => Date;
  readonly linkBaseUrl: string;
}

/**
 * Takes our link off a task whose recording turned out to hold nothing, while Insights still looks. Somebody else's
 * link is left alone, and a second call finds nothing to take off.
 */
export async function removeLink(has: Needs, task: TaskRecord, cause: string): Promise<Outcome> {
  const { recordingSid } = task.link;
  if (recordingSid === undefined) return ignored('no-recording-known');
  const updated = await updateAttributes(has.tasks, task.taskSid, (attributes) => {
    const cleared = withoutOurLink(attributes, has.linkBaseUrl, recordingSid);
    return cleared === undefined
      ? { kind: 'leave', result: 'not there' }
      : { kind: 'write', attributes: cleared, result: 'removed' };
  });
  if (updated.kind === 'gone') return ignored('task-gone');
  const at = has.now();
  await changeTask(has.ledger, task.taskSid, (before = task) => ({
    record: applyLink(before, { ...before.link, state: 'removed' }),
    timeline: [
      {
        occurredAt: at,
        cause,
        what: updated.kind === 'written' ? 'link removed' : 'link found removed',
        actor: 'link-recording',
        before: before.link.state,
        after: 'removed',
      },
    ],
  }));
  return done;
}
