import { compareText } from '../shared/domain/compare-text.ts';
import { enrich, openDeadlines, wantedAttributes } from '../shared/domain/default-rules.ts';
import type { DeadlineClass, EnrichmentMode } from '../shared/domain/default-rules.ts';
import { PermanentError } from '../shared/domain/outcome.ts';
import type { Policy } from '../shared/domain/policy.ts';
import { attributeFacts, parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { AttributeFacts, NamedRecording, TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskEvent } from '../shared/domain/task-event.ts';
import { applyTaskEvent, newTask } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { ContactInbox } from '../shared/ports/contact-inbox.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { wakeContactStatuses } from '../shared/steps/wake-contact-statuses.ts';

/** What an event told us, once it is in the ledger. */
export interface RecordedTaskEvent {
  readonly task: TaskRecord;
  readonly event: TaskEvent;
  readonly facts: AttributeFacts | undefined;
  /** The recordings that the attributes name and that archive-recording does not know as this task's yet. */
  readonly unheardRecordings: readonly NamedRecording[];
  /** Set when the attributes lack what the rules want and the mode writes; the deadlines that are still open. */
  readonly owedDeadlines: readonly DeadlineClass[];
  /** Set when the event carried attributes that cannot be read; the rest of what it says is recorded all the same. */
  readonly unreadable: PermanentError | undefined;
}

interface Needs {
  readonly ledger: Ledger;
  readonly meter: Meter;
  readonly now: () => Date;
  readonly enrichmentMode: EnrichmentMode;
  readonly inbox: ContactInbox;
  readonly queues: WorkQueues;
  readonly policy: Policy;
}

/**
 * Writes what the event says into the ledger: the timeline, the record and the aliases by which recordings and
 * contacts find the task. A second time it changes nothing and says the same.
 */
export async function recordTaskEvent(has: Needs, event: TaskEvent): Promise<RecordedTaskEvent> {
  const parsed = event.attributesText === undefined ? undefined : parseTaskAttributes(event.attributesText);
  const attributes = parsed?.kind === 'object' ? parsed.attributes : undefined;
  const facts = attributes === undefined ? undefined : attributeFacts(attributes, event.accountSid);
  const lacking =
    attributes === undefined || facts === undefined
      ? nothing
      : differences(attributes, facts, event, has.enrichmentMode);
  // Also for an event that came late and changes nothing: the timeline is all of them, the record what follows.
  await has.ledger.addToTimeline({
    of: event.taskSid,
    occurredAt: event.occurredAt,
    cause: event.eventSid,
    what: event.eventType,
    actor: 'twilio',
  });
  const isLacking = lacking.paths.length > 0;
  const isObserved = isLacking && has.enrichmentMode === 'observe';
  const task = await changeTask(has.ledger, event.taskSid, (before) => {
    const applied = applyTaskEvent(before ?? newTask(event, has.now()), event, facts);
    const record = isObserved ? observed(applied, lacking.paths, event) : applied;
    return { record, timeline: [] };
  });
  if (isObserved)
    has.meter.measure({ outcome: 'observed', name: 'attributes', unit: 'Count', value: lacking.paths.length });
  const aliases = aliasesOf(event, facts);
  await has.ledger.addAliases(aliases, event.taskSid);
  // A contact status may have come before the id that it speaks of was known to be this task's. Also one that has found
  // a recording: its other id may now lead elsewhere, and what the plan knows of the agents may be more.
  if (has.policy.calabrio !== undefined) await wakeContactStatuses(has, aliases, event.eventSid, () => true);
  return {
    task,
    event,
    facts,
    unheardRecordings: await unheard(has.ledger, task, facts?.recordings ?? []),
    owedDeadlines: isLacking && !isObserved ? lacking.deadlines : [],
    unreadable: parsed?.kind === 'unreadable' ? unreadableAttributes(event, parsed.why) : undefined,
  };
}

/**
 * Every event repeats what the attributes name; it is announced until the recording itself knows of this task. A task that
 * only quotes a recording shares no call with it, and while it is open the recording's source must stay.
 */
async function unheard(
  ledger: Ledger,
  { taskSid }: TaskRecord,
  named: readonly NamedRecording[],
): Promise<readonly NamedRecording[]> {
  const known = await Promise.all(named.map(({ recordingSid }) => ledger.readRecording(recordingSid)));
  return named.filter((_recording, place) => known[place]?.taskSids.includes(taskSid) !== true);
}

/** The paths that would have been written by now, in whatever order the events came. */
function observed(task: TaskRecord, paths: readonly string[], { occurredAt }: TaskEvent): TaskRecord {
  const before = task.enrichment;
  const at = before !== undefined && before.at > occurredAt ? before.at : occurredAt;
  const all = [...new Set([...(before?.paths ?? []), ...paths])].sort(compareText);
  return { ...task, enrichment: { mode: 'observe', paths: all, at } };
}

/** What the rules want and the attributes have not: the paths, and by when they are wanted. */
interface Lacking {
  readonly paths: readonly string[];
  readonly deadlines: readonly DeadlineClass[];
}

const nothing: Lacking = { paths: [], deadlines: [] };

function differences(
  attributes: TaskAttributes,
  facts: AttributeFacts,
  event: TaskEvent,
  mode: EnrichmentMode,
): Lacking {
  const deadlines = openDeadlines(event.eventType);
  // The root of the chain is resolved when the attributes are written; that there is one, the parent's SID says here.
  const wanted = wantedAttributes(facts, facts.parentTaskSid, deadlines);
  return { paths: enrich(attributes, wanted, mode).paths, deadlines };
}

function aliasesOf(event: TaskEvent, facts: AttributeFacts | undefined): readonly string[] {
  return [
    event.taskSid,
    ...(event.reservationSid === undefined ? [] : [event.reservationSid]),
    ...(facts === undefined ? [] : [...facts.callSids, ...facts.conferenceSids, ...facts.conversationSids]),
  ];
}

function unreadableAttributes(event: TaskEvent, why: string): PermanentError {
  return new PermanentError(`${event.eventType} of ${event.taskSid}: ${why}; its other facts are recorded`, {
    reason: 'attributes-not-an-object',
  });
}
