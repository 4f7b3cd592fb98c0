import type { DeadlineClass } from '../shared/domain/enrichment/deadlines.ts';
import { openDeadlines } from '../shared/domain/enrichment/deadlines.ts';
import { mergeAttributes, wantedBy } from '../shared/domain/enrichment/merge-attributes.ts';
import type { Rule } from '../shared/domain/enrichment/enrichment-config.ts';
import type { AskedFor, RuleEvent } from '../shared/domain/enrichment/rule-scope.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskEvent, TaskEventType } from '../shared/domain/task-event.ts';
import type { ReadTask, ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import { readWorker } from '../shared/domain/worker/read-worker.ts';
import type { EnrichTask } from '../shared/messages/work-message.ts';
import { enrichAttributes } from '../shared/steps/enrich-attributes.ts';
import type { EnrichedAttributes, EnrichmentNeeds } from '../shared/steps/enrich-attributes.ts';
import { readForRules } from '../shared/steps/read-for-rules.ts';
import { eventWorker, isEndingAskedAt, ruleEvent, workerIds } from '../shared/domain/enrichment/rule-event.ts';
import { namesRead } from './rule-names.ts';

export interface OwedNeeds extends EnrichmentNeeds {
  readonly toE164: ToE164;
  /** True where the team's own customer data can be asked. */
  readonly hasCustomerLookup: boolean;
}

type Part = NonNullable<EnrichTask['part']>;

/** What the attributes of an event lack by the rules, as far as it can be said without asking anybody. */
export interface OwedAttributes {
  readonly read: ReadTask;
  readonly event: RuleEvent;
  /** The worker's attributes for the message, free of secrets; absent where no rule reads them, since they tell of a person. */
  readonly worker?: Readonly<Record<string, unknown>>;
  readonly deadlines: readonly DeadlineClass[];
  /** The customer's part goes in a message of its own, since the lookup may take its time. */
  readonly lacking: readonly { readonly part: Part; readonly path: string }[];
  /** Lacking, and Insights has read it: nothing is owed any more. */
  readonly latePaths: readonly string[];
  readonly secrets: { readonly task: number; readonly worker: number };
  /** What is wanted and will not be written; undefined where something is lacking, whose message meets all of it again. */
  readonly unmet?: UnmetWants;
}

export interface UnmetWants {
  /** `why` has no value of the task. */
  readonly failures: readonly { readonly rule: string; readonly why: string }[];
  /** How many values Insights would not take. */
  readonly refused: number;
  /** How many attributes the task has no room for. */
  readonly noRoom: number;
}

/** Judges the attributes that the event carries against the rules; what only others know is left to the message. */
export async function owedAttributes(
  has: OwedNeeds,
  taskEvent: TaskEvent,
  attributes: TaskAttributes,
): Promise<OwedAttributes> {
  const event = ruleEvent(taskEvent);
  const worker = eventWorker(taskEvent);
  const read = await readForRules(has, attributes, event);
  const deadlines = openDeadlines(taskEvent.eventType);
  const known = {
    unknown: unknownAt(has, taskEvent, read),
    ...(worker !== undefined && { worker: readWorker(worker.attributes, has, workerIds(event)).worker }),
  };
  const enriched = await enrichAttributes(has, { attributes, read, event, known, deadlines });
  const asked = enriched.results.flatMap((result) =>
    result.kind === 'depends' && deadlines.includes(result.deadline) && wouldTake(attributes, result.rule, has)
      ? [{ part: partOf(result.on), path: result.rule.write }]
      : [],
  );
  const lacking = [...enriched.changes.map(({ path }) => ({ part: 'task' as const, path })), ...asked];
  return {
    read,
    event,
    ...(worker !== undefined && namesRead(has).has('worker') && { worker: worker.attributes }),
    deadlines,
    lacking,
    latePaths: isLateAt(taskEvent.eventType) ? enriched.latePaths : [],
    secrets: { task: read.secrets.length, worker: worker?.secrets ?? 0 },
    ...(lacking.length === 0 && { unmet: unmetIn(enriched) }),
  };
}

function unmetIn({ results, refused, noRoomPaths }: EnrichedAttributes): UnmetWants {
  const failures = results.flatMap((result) =>
    result.kind === 'failed' ? [{ rule: result.rule.name, why: result.why }] : [],
  );
  return { failures, refused: refused.length, noRoom: noRoomPaths.length };
}

/** Whether a value that nobody knows yet would be written: there is none, or it may be replaced. */
function wouldTake(
  attributes: TaskAttributes,
  rule: Rule,
  { enrichmentMode }: Pick<OwedNeeds, 'enrichmentMode'>,
): boolean {
  const wanted = wantedBy(rule, { stillUnknown: true });
  const merged = mergeAttributes(attributes, [wanted], enrichmentMode, (_path, value) => ({ kind: 'fits', value }));
  return merged.changes.length > 0;
}

function partOf(on: readonly AskedFor[]): Part {
  return on.includes('customer') ? 'customer' : 'task';
}

/** What rules may read and nobody has been asked for yet. What cannot be had at this event is known to be absent. */
function unknownAt(
  has: OwedNeeds,
  { eventType, workerAttributesText }: TaskEvent,
  { task }: ReadTask,
): ReadonlySet<AskedFor> {
  return new Set<AskedFor>([
    ...(isEndingAskedAt(eventType) ? ['ending' as const] : []),
    ...(has.hasCustomerLookup ? ['customer' as const] : []),
    ...(workerAttributesText === undefined && task.targetWorkerUri !== undefined ? ['worker' as const] : []),
    ...(task.parentTaskSid === undefined ? [] : ['conversationId' as const]),
    ...(has.config.identity === undefined ? [] : ['identity' as const]),
  ]);
}

/**
 * Whether what is lacking now is lost: Insights reads an agent's part when its reservation completes, and a task's at its
 * end. At any other event with a closed deadline our own write may still be on its way.
 */
function isLateAt(eventType: TaskEventType): boolean {
  return ['reservation.completed', 'task.completed', 'task.canceled'].includes(eventType);
}
