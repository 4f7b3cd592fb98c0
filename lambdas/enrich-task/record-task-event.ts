import { PermanentError } from '../shared/domain/outcome.ts';
import type { Policy } from '../shared/domain/policy.ts';
import { attributeFacts, parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { AttributeFacts, NamedRecording, TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskEvent } from '../shared/domain/task-event.ts';
import { applyTaskEvent, newTask, withTransport } from '../shared/domain/task-life.ts';
import type { EventTransport, TaskRecord } from '../shared/domain/task-record.ts';
import type { ContactInbox } from '../shared/ports/contact-inbox.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
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
  /** Undefined where the event has none that can be read. */
  readonly attributes: TaskAttributes | undefined;
  /** Set when the event carried attributes that cannot be read; the rest of what it says is recorded all the same. */
  readonly unreadable: PermanentError | undefined;
}

interface Needs {
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly inbox: ContactInbox;
  readonly queues: WorkQueues;
  readonly policy: Policy;
}

/**
 * Writes what the event says into the ledger: the timeline, the record and the aliases by which recordings and
 * contacts find the task. A second time it changes nothing and says the same.
 */
export async function recordTaskEvent(
  has: Needs,
  event: TaskEvent,
  transport: EventTransport,
): Promise<RecordedTaskEvent> {
  const parsed = event.attributesText === undefined ? undefined : parseTaskAttributes(event.attributesText);
  const attributes = parsed?.kind === 'object' ? parsed.attributes : undefined;
  const facts = attributes === undefined ? undefined : attributeFacts(attributes, event.accountSid);
  // Also for an event that came late and changes nothing: the timeline is all of them, the record what follows.
  await has.ledger.addToTimeline({
    of: event.taskSid,
    occurredAt: event.occurredAt,
    cause: event.eventSid,
    what: event.eventType,
    actor: 'twilio',
  });
  const task = await changeTask(has.ledger, event.taskSid, (before) => ({
    record: withTransport(applyTaskEvent(before ?? newTask(event, has.now()), event, facts), transport),
    timeline: [],
  }));
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
    attributes,
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
