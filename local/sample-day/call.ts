import type {
  CallSid,
  ConferenceSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
} from '../../lambdas/shared/domain/sids.ts';
import type { Day, Queue, RingingCall } from './day.ts';
import { owedToInboundCall } from './shapes/owed.ts';
import { contactCentreNumber, inboundCall } from './shapes/voice.ts';
import type { Agent } from './staff.ts';

/**
 * How the pipeline can come to know of a conference's recording. `by-flex`: Flex's Call Recording setting writes its
 * link onto the task and nothing else tells of it. `by-callback`: a recording callback does. `unannounced`: nothing
 * does, it can only be found by listing.
 */
export type Recorded = 'by-flex' | 'by-callback' | 'unannounced' | 'not';

/** A call that an agent and a customer are on. */
export interface OngoingCall {
  readonly taskSid: TaskSid;
  readonly reservationSid: ReservationSid;
  readonly conferenceSid: ConferenceSid;
  readonly customerCallSid: CallSid;
  readonly workerCallSid: CallSid;
  /** Absent when the conference is not recorded. */
  readonly recordingSid?: RecordingSid;
}

/** A customer calls and waits in the queue. */
export function customerCalls(day: Day, queue: Queue = 'Leasing', customer = day.customers.next()): RingingCall {
  const customerCallSid = day.twilio.voice.startCall({
    ...{ from: customer.number, to: contactCentreNumber, direction: 'inbound' },
  });
  const attributes = inboundCall(customer, customerCallSid);
  const taskSid = day.newTask({ attributes, channel: 'voice', queue });
  day.promised(taskSid, owedToInboundCall);
  return { taskSid, customerCallSid };
}

/** The task is offered to the agent, who accepts it after some seconds of ringing. */
export async function accept(day: Day, taskSid: TaskSid, agent: Agent, ringSeconds = 5): Promise<ReservationSid> {
  const reservationSid = day.twilio.taskRouter.reserve(taskSid, day.staff.sid(agent));
  await day.seconds(ringSeconds);
  day.twilio.taskRouter.accept(reservationSid);
  return reservationSid;
}

/** The agent accepts and is put through: a conference, recorded as said. */
export async function putThrough(
  day: Day,
  { taskSid, customerCallSid }: RingingCall,
  how: { readonly agent?: Agent; readonly recorded: Recorded; readonly channels?: 1 | 2 },
): Promise<OngoingCall> {
  const reservationSid = await accept(day, taskSid, how.agent ?? day.staff.next());
  await day.seconds(1);
  const conferenceSid = day.twilio.voice.startConference({ taskSid, customerCallSid });
  const workerCallSid = day.twilio.voice.join(conferenceSid, 'worker');
  const recordingSid = recordConference(day, taskSid, conferenceSid, how.recorded, how.channels ?? 1);
  return {
    taskSid,
    reservationSid,
    conferenceSid,
    customerCallSid,
    workerCallSid,
    ...(recordingSid !== undefined && { recordingSid }),
  };
}

export function recordConference(
  day: Day,
  taskSid: TaskSid,
  conferenceSid: ConferenceSid,
  recorded: Recorded,
  channels: 1 | 2 = 1,
): RecordingSid | undefined {
  if (recorded === 'not') return undefined;
  const recordingSid = day.twilio.voice.startRecording({
    conferenceSid,
    channels,
    callbacks: recorded === 'by-callback',
    ...(recorded === 'by-flex' && { segmentLinkOn: taskSid }),
  });
  day.recorded(taskSid, recordingSid);
  return recordingSid;
}

/**
 * How long a wrap-up must be for what can only be told in it. Nothing but time is against less; but a machine that is busy
 * with other things must not make a day fail.
 */
export const timeToTellSeconds = 8;

/** Who ends a talk: one of the two, or nobody of them, as when a supervisor's tool ends it by the API. */
export type EndedBy = 'customer' | 'agent' | 'api';

/** The talk ends for everybody; the agent does the paperwork and completes the task. */
export async function hangUp(day: Day, call: OngoingCall, wrapUpSeconds = 15, by: EndedBy = 'customer'): Promise<void> {
  const { conferenceSid, customerCallSid, workerCallSid } = call;
  if (by === 'api') day.twilio.voice.endConference(conferenceSid);
  else day.twilio.voice.hangUp(conferenceSid, by === 'customer' ? customerCallSid : workerCallSid);
  if (wrapUpSeconds >= timeToTellSeconds)
    day.promisedOfLeg(call.taskSid, call.reservationSid, {
      'conversations.hang_up_by': { customer: 'Customer', agent: 'Agent', api: null }[by],
      'conversations.followed_by': null,
    });
  await paperwork(day, call, wrapUpSeconds);
}

/** The agent's part is over, whoever still talks: wrap-up, and then the task's end. */
export async function paperwork(
  day: Day,
  { taskSid, reservationSid }: Pick<OngoingCall, 'taskSid' | 'reservationSid'>,
  wrapUpSeconds: number,
): Promise<void> {
  day.twilio.taskRouter.wrapUp(reservationSid);
  await day.seconds(wrapUpSeconds);
  day.twilio.taskRouter.completeTask(taskSid, 'done');
}

/** An ordinary call from the first ring to the end. */
export async function wholeCall(
  day: Day,
  how: {
    readonly recorded: Recorded;
    readonly talkSeconds: number;
    readonly wrapUpSeconds?: number;
    readonly channels?: 1 | 2;
    readonly queue?: Queue;
    readonly endedBy?: EndedBy;
  },
): Promise<OngoingCall> {
  const ringing = customerCalls(day, how.queue);
  await day.seconds(8);
  const call = await putThrough(day, ringing, how);
  await day.seconds(how.talkSeconds);
  await hangUp(day, call, how.wrapUpSeconds, how.endedBy);
  return call;
}
