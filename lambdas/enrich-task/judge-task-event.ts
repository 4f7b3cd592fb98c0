import type { EnrichmentMode } from '../shared/domain/enrichment/enrichment-config.ts';
import { reviewRdOf } from '../shared/domain/review-rd.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskEvent } from '../shared/domain/task-event.ts';
import { newTask } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { WorkMessage } from '../shared/messages/work-message.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { enrichmentAfter, newlyLate } from './enrichment-after.ts';
import { count, measureMet } from './measure-enrichment.ts';
import { owedAttributes } from './owed-attributes.ts';
import type { OwedAttributes, OwedNeeds } from './owed-attributes.ts';
import { isEnd } from './plan-work.ts';
import type { RecordedTaskEvent } from './record-task-event.ts';

interface Needs extends OwedNeeds {
  readonly ledger: Ledger;
  readonly queues: WorkQueues;
  readonly meter: Meter;
  readonly now: () => Date;
  /** True where a community's call that nobody dealt with becomes a task of its own. */
  readonly reviewTasks: boolean;
}

/**
 * Judges a recorded event by the rules, and sends what follows. After everything that links and recordings need, because
 * whatever goes wrong here, in a rule or in our reading of attributes, must not cost a recording.
 */
export async function judgeTaskEvent(
  has: Needs,
  { task, event, attributes }: RecordedTaskEvent,
  context: Pick<MessageContext, 'remark'>,
): Promise<void> {
  if (attributes === undefined) return;
  const owed = await owedAttributes(has, event, attributes);
  for (const { rule, why } of owed.unmet?.failures ?? []) context.remark({ what: 'rule-failed', of: rule, why });
  measureMet(has.meter, owed);
  await keepLate(has, event, owed.latePaths);
  const review = has.reviewTasks && isEnd(event.eventType) ? reviewWork(task, event, attributes, owed) : [];
  for (const message of [...enrichWork(task, event, owed, has.enrichmentMode), ...review])
    await has.queues.send(message);
}

/** What Insights has read without it is kept with the task, and counted the first time. */
async function keepLate(has: Needs, event: TaskEvent, latePaths: readonly string[]): Promise<void> {
  if (latePaths.length === 0) return;
  let late: readonly string[] = [];
  await changeTask(has.ledger, event.taskSid, (before = newTask(event, has.now())) => {
    late = newlyLate(before, latePaths);
    const added = { mode: has.enrichmentMode, paths: [], latePaths: late, at: event.occurredAt };
    const enrichment = enrichmentAfter(before, added);
    return { record: enrichment === undefined ? before : { ...before, enrichment }, timeline: [] };
  });
  count(has.meter, 'attributes', 'late', late.length);
}

/** One message for each part that lacks something; in `observe`, something that was not observed before. */
function enrichWork(
  task: TaskRecord,
  event: TaskEvent,
  owed: OwedAttributes,
  mode: EnrichmentMode,
): readonly WorkMessage[] {
  if (task.endedAt !== undefined) return [];
  const observed = mode === 'observe' && task.enrichment?.mode === 'observe' ? task.enrichment.paths : [];
  const parts = owed.lacking.filter(({ path }) => !observed.includes(path)).map(({ part }) => part);
  return [...new Set(parts)].map((part) => ({
    v: 1,
    route: 'internal/enrich-task',
    taskSid: task.taskSid,
    deadlines: [...owed.deadlines],
    event: owed.event,
    ...(owed.worker !== undefined && { worker: owed.worker }),
    part,
    cause: event.eventSid,
  }));
}

/**
 * A community's call that came in and that no agent took: one shall listen to it. A task that was made for that is none,
 * nor is one that was completed, which only a task can be that an agent has accepted, heard of or not.
 * (https://www.twilio.com/docs/taskrouter/lifecycle-task-state, read 2026-11)
 *
 * An acceptance that is heard of later is looked for again before the task is made.
 */
function reviewWork(
  task: TaskRecord,
  event: TaskEvent,
  attributes: TaskAttributes,
  { read }: OwedAttributes,
): readonly WorkMessage[] {
  const { processing, direction, rd } = read.task;
  const needsListening = processing.path === 'community-call-needs-listening' && direction !== 'outbound';
  const isTaken = task.legs.length > 0 || task.endedBy === 'completed';
  if (!needsListening || attributes['review_of_recording_sid'] !== undefined || isTaken) return [];
  const { taskSid } = task;
  return [{ v: 1, route: 'internal/create-review-task', taskSid, rd: reviewRdOf(rd), cause: event.eventSid }];
}
