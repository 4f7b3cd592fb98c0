import { accept, timeToTellSeconds } from './call.ts';
import type { OngoingCall } from './call.ts';
import type { Day, Queue } from './day.ts';
import type { Agent } from './staff.ts';

interface Course {
  readonly agent: Agent;
  /** Until the second agent accepts. */
  readonly ringSeconds: number;
  /** The first agent's paperwork, while the second one talks. */
  readonly wrapUpSeconds: number;
}

/** The first agent leaves, and whoever the other queue has takes over. Resolves to the call with the second agent on it. */
export async function transferCold(
  day: Day,
  call: OngoingCall,
  to: Course & { readonly queue: Queue },
): Promise<OngoingCall> {
  const { taskRouter, voice } = day.twilio;
  const { taskSid, reservationSid: from } = call;
  const transfer = taskRouter.initiateTransfer({ taskSid, from, mode: 'COLD', to: { queue: to.queue } });
  voice.leave(call.conferenceSid, call.workerCallSid);
  const reservationSid = await accept(day, taskSid, to.agent, to.ringSeconds);
  const workerCallSid = voice.join(call.conferenceSid, 'worker');
  taskRouter.completeTransfer(transfer);
  await finishFirstLeg(day, call, to.wrapUpSeconds, 'Cold Transfer');
  day.promisedOfLeg(taskSid, reservationSid, { 'conversations.preceded_by': 'Cold Transfer' });
  return { ...call, reservationSid, workerCallSid };
}

/** Both agents talk with the customer before the first one leaves. Resolves to the call with the second agent on it. */
export async function transferWarm(
  day: Day,
  call: OngoingCall,
  to: Course & { readonly togetherSeconds: number },
): Promise<OngoingCall> {
  const { taskRouter, voice } = day.twilio;
  const { taskSid, reservationSid: from } = call;
  const transfer = taskRouter.initiateTransfer({
    taskSid,
    from,
    mode: 'WARM',
    to: { workerSid: day.staff.sid(to.agent) },
  });
  const reservationSid = await accept(day, taskSid, to.agent, to.ringSeconds);
  const workerCallSid = voice.join(call.conferenceSid, 'worker');
  await day.seconds(to.togetherSeconds);
  taskRouter.completeTransfer(transfer);
  voice.leave(call.conferenceSid, call.workerCallSid);
  await finishFirstLeg(day, call, to.wrapUpSeconds, 'Warm Transfer');
  day.promisedOfLeg(taskSid, reservationSid, { 'conversations.preceded_by': 'Warm Transfer' });
  return { ...call, reservationSid, workerCallSid };
}

async function finishFirstLeg(
  day: Day,
  { taskSid, reservationSid }: OngoingCall,
  wrapUpSeconds: number,
  kind: 'Cold Transfer' | 'Warm Transfer',
): Promise<void> {
  if (wrapUpSeconds >= timeToTellSeconds)
    day.promisedOfLeg(taskSid, reservationSid, {
      'conversations.hang_up_by': kind,
      'conversations.followed_by': kind,
      'conversations.preceded_by': null,
    });
  day.twilio.taskRouter.wrapUp(reservationSid);
  await day.seconds(wrapUpSeconds);
  day.twilio.taskRouter.completeReservation(reservationSid);
}
