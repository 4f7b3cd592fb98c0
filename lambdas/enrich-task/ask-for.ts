import { isEndingAskedAt, workerIds } from '../shared/domain/enrichment/rule-event.ts';
import type { AskedFor, RuleEvent } from '../shared/domain/enrichment/rule-scope.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { ReadTask, ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import { readWorker } from '../shared/domain/worker/read-worker.ts';
import { reservationSid } from '../shared/domain/sids.ts';
import type { EnrichTask } from '../shared/messages/work-message.ts';
import type { Conferences, ConferenceRecords } from '../shared/ports/conferences.ts';
import type { CustomerLookup } from '../shared/ports/customer-lookup.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import type { EnrichmentNeeds, KnownForRules } from '../shared/steps/enrich-attributes.ts';
import { findIdentity } from '../shared/steps/find-identity.ts';
import type { IdentityNeeds } from '../shared/steps/find-identity.ts';
import { chainRoot } from './chain-root.ts';
import { findEnding } from './find-ending.ts';
import { namesRead } from './rule-names.ts';
import type { TargetWorker } from './target-worker.ts';

export interface AskNeeds extends EnrichmentNeeds, IdentityNeeds {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly conferences: Conferences;
  readonly conferenceRecords: ConferenceRecords;
  readonly targetWorker: TargetWorker;
  /** Absent where the stage has none. */
  readonly customerLookup: CustomerLookup | undefined;
  readonly toE164: ToE164;
  readonly meter: Meter;
}

/**
 * Asks others for what the rules read and the task does not say itself. Nobody is asked for what no rule reads, but for the
 * chain's root: the ledger keeps it for the task's children, whatever the rules.
 *
 * What could not be had is absent and not unknown: a customer lookup that is down costs its own attributes alone.
 */
export async function askFor(
  has: AskNeeds,
  of: {
    readonly task: TaskRecord;
    readonly attributes: TaskAttributes;
    readonly read: ReadTask;
    readonly message: EnrichTask;
    readonly event: RuleEvent;
  },
  context: Pick<MessageContext, 'remark'>,
): Promise<KnownForRules> {
  const { task, read, message, event } = of;
  const names = namesRead(has);
  const conversationId = task.parentTaskSid === undefined ? undefined : await chainRoot(has, task.parentTaskSid);
  const worker = names.has('worker') ? await workerOf(has, of) : undefined;
  // What is remembered of a person is remembered for a rule.
  const identity = names.has('identity')
    ? await findIdentity(has, { read, event, attributes: of.attributes })
    : undefined;
  const leg = reservationSid.is(event.reservationSid) ? event.reservationSid : undefined;
  const ending =
    names.has('ending') && isEndingAskedAt(event.type)
      ? await findEnding(has, task, leg, has.config.endings)
      : undefined;
  const isCustomersPart = message.part === 'customer';
  const customer = isCustomersPart ? await customerOf(has, read, context) : undefined;
  return {
    unknown: new Set<AskedFor>(isCustomersPart || has.customerLookup === undefined ? [] : ['customer']),
    ...(conversationId !== undefined && { conversationId }),
    ...(worker !== undefined && { worker }),
    ...(identity !== undefined && { identity }),
    ...(ending !== undefined && { ending }),
    ...(customer !== undefined && { customer }),
  };
}

async function workerOf(has: AskNeeds, { read, message, event }: Parameters<typeof askFor>[1]) {
  if (message.worker !== undefined) return readWorker(message.worker, has, workerIds(event)).worker;
  return read.task.targetWorkerUri === undefined ? undefined : has.targetWorker(read.task.targetWorkerUri);
}

async function customerOf(
  has: AskNeeds,
  { task }: ReadTask,
  context: Pick<MessageContext, 'remark'>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const answer = await has.customerLookup?.find(task.customer);
  if (answer === undefined) return undefined;
  has.meter.measure({ name: 'customerLookups', outcome: answer.kind, unit: 'Count', value: 1 });
  if (answer.kind === 'unavailable') context.remark({ what: 'customer-lookup-unavailable', why: answer.why });
  return answer.kind === 'found' ? answer.customer : undefined;
}
