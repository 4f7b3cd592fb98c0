import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { ConversationSid, WorkerSid } from '../shared/domain/sids.ts';
import { taskIsEvidenceSeconds } from '../shared/domain/sms-request.ts';
import type { SmsRequestIds } from '../shared/domain/sms-request.ts';
import { parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { NumberPair } from '../shared/ports/interactions.ts';
import type { OpenConversation } from '../shared/ports/outbound-conversations.ts';
import type { LiveTask } from '../shared/ports/conversation-tasks.ts';
import { idsIn } from './await-ids.ts';
import type { Journal } from './journal.ts';
import { nothingSent } from './needs.ts';
import type { SendSmsNeeds, Sending, SmsOutcome } from './needs.ts';
import * as problems from './problems.ts';
import { markAttribute, taskAttributes } from './task-attributes.ts';
import { refusedByTwilio } from './twilio-problems.ts';

type Started =
  { readonly kind: 'started'; readonly ids: SmsRequestIds } | Extract<SmsOutcome, { readonly kind: 'problem' }>;

/** The interaction of the request: the one that it began before, the task that the agent is on already, or a new one. */
export async function startConversation(has: SendSmsNeeds, sending: Sending, journal: Journal): Promise<Started> {
  const { from } = journal;
  if (from.kind === 'started' || from.kind === 'saying') return { kind: 'started', ids: from.ids };
  if (from.kind === 'sending') {
    const before = await startedBefore(has, sending, from.into);
    if (before !== undefined) return before;
    if (has.now() > secondsAfter(from.since, taskIsEvidenceSeconds))
      return { kind: 'problem', problem: problems.outcomeUnknown(), isNothingSent: false };
  }
  const { fromNumber, toNumber } = sending.order;
  const worker = await onlyWorker(has, fromNumber);
  if (worker.kind === 'problem') return worker;
  sending.note({ workerSid: worker.workerSid });
  const pair = { address: toNumber, proxyAddress: fromNumber };
  const open = await has.conversations.openWith(pair);
  const taken = open === undefined ? undefined : await takenBy(has, open, { ...worker, phone: fromNumber });
  if (taken !== undefined) return taken;
  if (!worker.isAvailable) return nothingSent(problems.workerUnavailable(worker.activityName));
  const into = open === undefined ? undefined : await ready(has, open);
  return startNew(has, sending, journal, { pair, workerSid: worker.workerSid, into });
}

/** What a run made that was killed, or lost Twilio's answer. */
async function startedBefore(
  has: SendSmsNeeds,
  { mark }: Sending,
  into: ConversationSid | undefined,
): Promise<Started | undefined> {
  const [taskSid] = await has.tasks.findByAttributes(`${markAttribute} == "${mark}"`);
  if (taskSid === undefined) return undefined;
  const fetched = await has.tasks.fetch(taskSid);
  const parsed = fetched.kind === 'task' ? parseTaskAttributes(fetched.task.attributes) : undefined;
  const ids = parsed?.kind === 'object' ? idsIn(parsed.attributes) : {};
  return { kind: 'started', ids: { ...ids, taskSid, isReused: into !== undefined } };
}

async function onlyWorker(has: SendSmsNeeds, fromNumber: string) {
  const [worker, ...others] = await has.workers.withPhone(fromNumber);
  if (worker === undefined) return nothingSent(problems.noWorker(fromNumber));
  if (others.length > 0) return nothingSent(problems.severalWorkers(fromNumber, others.length + 1));
  return { kind: 'worker' as const, ...worker };
}

/** What there is in the conversation already: an agent who is on a task in it has what they want, another's is left alone. */
async function takenBy(
  has: SendSmsNeeds,
  { conversationSid }: OpenConversation,
  { workerSid, phone }: { readonly workerSid: WorkerSid; readonly phone: string },
): Promise<Started | undefined> {
  const live = await has.conversationTasks.live(conversationSid);
  const own = live.find((task) => isWith(task, workerSid, phone));
  if (own !== undefined) {
    const ids = { ...idsIn(own.attributes), taskSid: own.taskSid, conversationSid, isReused: true };
    return { kind: 'started', ids };
  }
  const [other] = live;
  return other === undefined ? undefined : nothingSent(problems.withAnotherAgent(other.taskSid));
}

/** Where the new task goes. Only one can be open, so one that must not go on, or closes by itself, is closed first. */
async function ready(has: SendSmsNeeds, open: OpenConversation): Promise<ConversationSid | undefined> {
  const { conversationSid, state, isForOneMessage } = open;
  if (!has.longLived || isForOneMessage) {
    await has.conversations.close(conversationSid);
    return undefined;
  }
  if (state === 'inactive') await has.conversations.reopen(conversationSid);
  return conversationSid;
}

/** It is offered to them or they have it, or it waits for nobody but them. */
function isWith({ workerSids, attributes }: LiveTask, workerSid: WorkerSid, phone: string): boolean {
  return workerSids.length === 0 ? attributes['targetWorkerPhone'] === phone : workerSids.includes(workerSid);
}

interface NewTask {
  readonly pair: NumberPair;
  readonly workerSid: WorkerSid;
  readonly into: ConversationSid | undefined;
}

async function startNew(
  has: SendSmsNeeds,
  { order, mark }: Sending,
  journal: Journal,
  { pair, workerSid, into }: NewTask,
): Promise<Started> {
  const goesInto = into !== undefined && { conversationSid: into };
  await journal.write({ kind: 'sending', since: has.now(), ...(into !== undefined && { into }) });
  const attributes = taskAttributes(order, mark);
  const answer = await has.interactions.start({ pair, ...goesInto, workerSid, attributes });
  if (answer.kind === 'refused') return nothingSent(refusedByTwilio(answer));
  const { kind, ...ids } = answer;
  return { kind, ids: { ...ids, ...goesInto, isReused: into !== undefined } };
}
