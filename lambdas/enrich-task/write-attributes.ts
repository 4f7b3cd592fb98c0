import { enrich, wantedAttributes } from '../shared/domain/default-rules.ts';
import type { EnrichmentMode } from '../shared/domain/default-rules.ts';
import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { attributeFacts } from '../shared/domain/task-attributes.ts';
import type { EnrichTask } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { updateAttributes } from '../shared/steps/update-attributes.ts';
import { chainRoot } from './chain-root.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly now: () => Date;
  readonly enrichmentMode: EnrichmentMode;
}

/**
 * Writes the attributes that the rules want onto the task; no difference, no write.
 *
 * A task that has ended since is left alone: Insights has read its attributes, and would not read them again.
 */
export async function writeAttributes(has: Needs, { taskSid, deadlines, cause }: EnrichTask): Promise<Outcome> {
  const task = await has.ledger.readTask(taskSid);
  if (task === undefined || task.endedAt !== undefined) return ignored('task-closed');
  const root = task.parentTaskSid === undefined ? undefined : await chainRoot(has, task.parentTaskSid);
  const updated = await updateAttributes(has.tasks, taskSid, (attributes) => {
    const wanted = wantedAttributes(attributeFacts(attributes), root, deadlines);
    const { attributes: enriched, paths } = enrich(attributes, wanted, has.enrichmentMode);
    // Where somebody put the task into another conversation, that is the one its children belong to.
    const result = { paths, conversationId: attributeFacts(enriched).conversationId ?? root };
    return paths.length === 0 ? { kind: 'leave', result } : { kind: 'write', attributes: enriched, result };
  });
  if (updated.kind === 'gone') return ignored('task-gone');
  const at = has.now();
  const { paths, conversationId } = updated.result;
  await changeTask(has.ledger, taskSid, (before = task) => ({
    record: {
      ...before,
      ...(conversationId !== undefined && { conversationId }),
      ...(updated.kind === 'written' && { enrichment: { mode: has.enrichmentMode, paths, at } }),
    },
    timeline:
      updated.kind === 'left'
        ? []
        : [
            {
              occurredAt: at,
              cause,
              what: 'attributes written',
              actor: 'enrich-task',
              after: paths.join(', '),
            },
          ],
  }));
  return done;
}
