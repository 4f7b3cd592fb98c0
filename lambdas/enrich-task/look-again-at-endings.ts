import type { EnrichmentConfig } from '../shared/domain/enrichment/enrichment-config.ts';
import type { RuleEvent } from '../shared/domain/enrichment/rule-scope.ts';
import type { ConferenceSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Expressions } from '../shared/ports/expressions.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { namesRead } from './rule-names.ts';

export interface LookAgainNeeds {
  readonly ledger: Pick<Ledger, 'findByAlias' | 'readTask'>;
  readonly queues: WorkQueues;
  readonly config: Pick<EnrichmentConfig, 'rules'>;
  readonly expressions: Expressions;
}

/**
 * Judges the wrap-up again of every agent of this conference who is in it: TaskRouter may tell of a wrap-up before the
 * conference tells who left, and nobody would look again.
 */
export async function lookAgainAtEndings(
  has: LookAgainNeeds,
  conferenceSid: ConferenceSid,
  cause: string,
): Promise<void> {
  if (!namesRead(has).has('ending')) return;
  const { tasks } = await has.ledger.findByAlias(conferenceSid);
  for (const taskSid of tasks) {
    const task = await has.ledger.readTask(taskSid);
    if (task === undefined || task.endedAt !== undefined || task.erased !== undefined) continue;
    for (const { reservationSid, workerSid, wrapupAt, completedAt } of task.legs) {
      if (wrapupAt === undefined || completedAt !== undefined) continue;
      const of = { taskSid, reservationSid, ...(workerSid !== undefined && { workerSid }), ...placeOf(task) };
      const event = { type: 'reservation.wrapup', occurredAt: wrapupAt.toISOString(), ...of } as const;
      const work = { v: 1, route: 'internal/enrich-task', taskSid, event, part: 'task', cause } as const;
      await has.queues.send({ ...work, deadlines: ['segment'] });
    }
  }
}

/** What TaskRouter's own event would say of where the task is: a rule that reads it shall not change its mind. */
function placeOf({ channel, taskQueueSid, taskQueueName }: TaskRecord): Partial<RuleEvent> {
  return {
    ...(channel !== undefined && { channel }),
    ...(taskQueueSid !== undefined && { queueSid: taskQueueSid }),
    ...(taskQueueName !== undefined && { queueName: taskQueueName }),
  };
}
