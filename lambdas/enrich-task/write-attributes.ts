import type { RuleEvent } from '../shared/domain/enrichment/rule-scope.ts';
import { PermanentError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { TaskSid } from '../shared/domain/sids.ts';
import { attributeFacts } from '../shared/domain/task-attributes.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { EnrichTask } from '../shared/messages/work-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import type { EnrichedAttributes, KnownForRules } from '../shared/steps/enrich-attributes.ts';
import { enrichSettled } from '../shared/steps/enrich-settled.ts';
import { readForRules } from '../shared/steps/read-for-rules.ts';
import { updateAttributes } from '../shared/steps/update-attributes.ts';
import type { UpdatedAttributes } from '../shared/steps/edit-attributes.ts';
import { askFor } from './ask-for.ts';
import type { AskNeeds } from './ask-for.ts';
import { enrichmentAfter, newlyLate } from './enrichment-after.ts';
import { measureWritten } from './measure-enrichment.ts';

/**
 * So often one task's attributes are written. A call takes ten or so; more is a rule that wants something else each time
 * it sees its own work, or another program that undoes it: every write is an event, and the two would never end.
 */
const maxAttributeWrites = 100;

interface Enriched {
  readonly enriched: EnrichedAttributes;
  /** Where somebody put the task into another conversation, that is the one its children belong to. */
  readonly conversationId: string | undefined;
}

/**
 * Writes the attributes that the rules want onto the task; no difference, no write, and none at all in `observe`.
 *
 * The order is: asking others, the write, the ledger. A function that dies in between asks and compares again, and finds
 * the difference gone. What is owed to a part that Insights has read meanwhile is counted as late and not written.
 *
 * @throws {PermanentError} `attributes-never-settle` when they were written `maxAttributeWrites` times, and as `updateAttributes`.
 */
export async function writeAttributes(
  has: AskNeeds,
  message: EnrichTask,
  context: Pick<MessageContext, 'remark'>,
): Promise<Outcome> {
  const { taskSid } = message;
  const task = await has.ledger.readTask(taskSid);
  if (task === undefined) return ignored('task-closed');
  if (task.erased !== undefined) return ignored('tombstoned');
  const updated = await updateAtTwilio(has, { task, message }, context);
  if (updated.kind === 'gone') return ignored('task-gone');
  const { enriched } = updated.result;
  const late = await keepInLedger(has, { task, message }, updated);
  for (const result of enriched.results)
    if (result.kind === 'failed') context.remark({ what: 'rule-failed', of: result.rule.name, why: result.why });
  measureWritten(has.meter, { enriched, late, isObserved: has.enrichmentMode === 'observe' });
  return task.endedAt === undefined ? done : ignored('task-closed');
}

interface Owed {
  readonly task: TaskRecord;
  readonly message: EnrichTask;
}

function updateAtTwilio(
  has: AskNeeds,
  { task, message }: Owed,
  context: Pick<MessageContext, 'remark'>,
): Promise<UpdatedAttributes<Enriched>> {
  const { taskSid } = task;
  const event = eventNow(task, message, has.now());
  let known: KnownForRules | undefined;
  return updateAttributes<Enriched>(has.tasks, taskSid, async (attributes, { assignmentStatus }) => {
    const read = await readForRules(has, attributes, event);
    // Once: after a lost race the answers still hold, and asking again would lose the next one.
    known ??= await askFor(has, { task, attributes, read, message, event }, context);
    const deadlines = isOver(assignmentStatus) ? [] : openNow(task, message);
    const enriched = await enrichSettled(has, { attributes, read, event, known, deadlines });
    const conversationId = attributeFacts(enriched.attributes).conversationId ?? known.conversationId;
    const result = { enriched, conversationId };
    const isWritten = has.enrichmentMode !== 'observe' && enriched.changes.length > 0;
    if (isWritten && (task.enrichment?.writes ?? 0) >= maxAttributeWrites) throw neverSettling(taskSid, enriched);
    return isWritten ? { kind: 'write', attributes: enriched.attributes, result } : { kind: 'leave', result };
  });
}

/** The event of the task's end may still be on its way when Twilio says so already. */
function isOver(assignmentStatus: string): boolean {
  return assignmentStatus === 'completed' || assignmentStatus === 'canceled';
}

/**
 * The event as it can still be judged. A creation that is heard of, or comes again, when agents are at work is no moment to
 * say what holds before anybody is: what the rules want at any time, they want now.
 */
function eventNow(task: TaskRecord, { event }: EnrichTask, now: Date): RuleEvent {
  if (event === undefined) return { type: 'task.updated', occurredAt: now.toISOString(), taskSid: task.taskSid };
  return event.type === 'task.created' && task.legs.length > 0 ? { ...event, type: 'task.updated' } : event;
}

/** Resolves to the paths that are late and that nobody has counted. */
async function keepInLedger(
  has: AskNeeds,
  { task, message: { cause } }: Owed,
  updated: Exclude<UpdatedAttributes<Enriched>, { kind: 'gone' }>,
): Promise<readonly string[]> {
  const { enriched, conversationId } = updated.result;
  const paths = enriched.changes.map(({ path }) => path);
  const isWritten = updated.kind === 'written';
  const at = has.now();
  const line = { occurredAt: at, cause, what: 'attributes written', actor: 'enrich-task', after: paths.join(', ') };
  let late: readonly string[] = [];
  await changeTask(has.ledger, task.taskSid, (before = task) => {
    late = newlyLate(before, enriched.latePaths);
    const enrichment = enrichmentAfter(before, { mode: has.enrichmentMode, paths, latePaths: late, isWritten, at });
    return {
      record: {
        ...before,
        ...(conversationId !== undefined && { conversationId }),
        ...(enrichment !== undefined && { enrichment }),
      },
      timeline: isWritten ? [line] : [],
    };
  });
  return late;
}

/**
 * What was open at the event and still is: nothing after the task's end, no identity once an agent has accepted, and
 * nothing of an agent's part that is completed, or of a time when all were not: the attributes are the next agent's by then.
 */
function openNow(task: TaskRecord, { deadlines, event }: EnrichTask): EnrichTask['deadlines'] {
  if (task.endedAt !== undefined) return [];
  const { legs } = task;
  if (legs.length === 0) return deadlines;
  const isPartRead = legs.some((leg) => leg.reservationSid === event?.reservationSid && leg.completedAt !== undefined);
  const at = event === undefined ? undefined : new Date(event.occurredAt);
  const isAllRead = legs.every(({ completedAt }) => completedAt !== undefined && at !== undefined && at < completedAt);
  return isPartRead || isAllRead ? [] : deadlines.filter((deadline) => deadline !== 'identity');
}

function neverSettling(taskSid: TaskSid, { changes }: EnrichedAttributes): PermanentError {
  const paths = changes.map(({ path }) => path).join(', ');
  return new PermanentError(
    `the attributes of ${taskSid} were written ${maxAttributeWrites} times and lack something again (${paths}): a rule reads what it writes, or another program undoes it`,
    { reason: 'attributes-never-settle' },
  );
}
