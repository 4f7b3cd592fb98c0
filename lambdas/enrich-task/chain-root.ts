import type { TaskSid } from '../shared/domain/sids.ts';
import { attributeFacts, parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Tasks } from '../shared/ports/tasks.ts';

/** Longer chains of follow-ups are taken to be a circle. */
const maxGenerations = 20;

interface Ancestor {
  readonly conversationId?: string;
  readonly parentTaskSid?: TaskSid;
}

/**
 * The conversation that a task with this parent belongs to: the nearest ancestor's `conversation_id`, else the SID of
 * the first task of the chain, which is what Insights takes for that task's own conversation.
 *
 * An ancestor that neither the ledger nor Twilio knows any more ends the chain.
 */
export async function chainRoot(
  has: { readonly ledger: Ledger; readonly tasks: Tasks },
  parentTaskSid: TaskSid,
): Promise<string> {
  let sid = parentTaskSid;
  for (let generation = 0; generation < maxGenerations; generation += 1) {
    const ancestor = await readAncestor(has, sid);
    if (ancestor.conversationId !== undefined) return ancestor.conversationId;
    if (ancestor.parentTaskSid === undefined) return sid;
    sid = ancestor.parentTaskSid;
  }
  return parentTaskSid;
}

async function readAncestor(has: { readonly ledger: Ledger; readonly tasks: Tasks }, sid: TaskSid): Promise<Ancestor> {
  const known = await has.ledger.readTask(sid);
  if (known !== undefined) return known;
  const fetched = await has.tasks.fetch(sid);
  const parsed = fetched.kind === 'task' ? parseTaskAttributes(fetched.task.attributes) : undefined;
  return parsed?.kind === 'object' ? attributeFacts(parsed.attributes) : {};
}
