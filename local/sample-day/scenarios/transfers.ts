import { accept, customerCalls, timeToTellSeconds, hangUp, paperwork, putThrough } from '../call.ts';
import type { OngoingCall } from '../call.ts';
import type { Day, Scenario } from '../day.ts';
import { localStage } from '../../run-policy.ts';
import { transferCold, transferWarm } from '../transfer.ts';

export const coldTransfer: Scenario = {
  title: 'cold transfer to another queue',
  async play(day) {
    const call = await putThrough(day, customerCalls(day), { agent: 'ada', recorded: 'by-flex' });
    await day.seconds(24);
    const second = await transferCold(day, call, {
      queue: 'Spanish',
      agent: 'elena',
      ringSeconds: 12,
      wrapUpSeconds: 8,
    });
    await day.seconds(26);
    await hangUp(day, second);
  },
};

export const warmTransfer: Scenario = {
  title: 'warm transfer to a colleague',
  async play(day) {
    const call = await putThrough(day, customerCalls(day, 'Residents'), { agent: 'bob', recorded: 'by-flex' });
    await day.seconds(20);
    const course = { agent: 'grace', ringSeconds: 7, togetherSeconds: 15, wrapUpSeconds: 10 } as const;
    const second = await transferWarm(day, call, course);
    await day.seconds(20);
    await hangUp(day, second);
  },
};

export const consultThatCameBack: Scenario = {
  title: 'consult that came back to the first agent',
  async play(day) {
    const { taskRouter, voice } = day.twilio;
    const call = await putThrough(day, customerCalls(day), { agent: 'chika', recorded: 'by-flex' });
    await day.seconds(18);
    const transfer = taskRouter.initiateTransfer({
      taskSid: call.taskSid,
      from: call.reservationSid,
      mode: 'WARM',
      to: { workerSid: day.staff.sid('hans') },
    });
    const consulted = await accept(day, call.taskSid, 'hans', 5);
    const consultedCallSid = voice.join(call.conferenceSid, 'worker');
    await day.seconds(14);
    voice.leave(call.conferenceSid, consultedCallSid);
    day.promisedOfLeg(call.taskSid, consulted, { 'conversations.hang_up_by': 'Consult' });
    taskRouter.wrapUp(consulted);
    await day.seconds(timeToTellSeconds);
    taskRouter.completeReservation(consulted);
    taskRouter.cancelTransfer(transfer);
    await day.seconds(16);
    await hangUp(day, call);
  },
};

/** The task ends long before the recording does: the customer talks on with somebody outside. */
export const externalTransfer: Scenario = {
  title: 'external transfer: the call outlives its task',
  async play(day) {
    const { voice } = day.twilio;
    const call = await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
    await day.seconds(22);
    voice.join(call.conferenceSid, 'external');
    await day.seconds(12);
    voice.leave(call.conferenceSid, call.workerCallSid);
    expectHandedOutside(day, call);
    await paperwork(day, call, 10);
    await day.seconds(190);
    voice.endConference(call.conferenceSid);
  },
};

/**
 * The call goes on when Insights reads, so the conference itself does not say who hung up: only its callbacks do, where
 * the stage has a route for them.
 */
function expectHandedOutside(day: Day, { taskSid, reservationSid }: OngoingCall): void {
  const isTold = localStage.conferenceEvents;
  day.promisedOfLeg(taskSid, reservationSid, {
    'conversations.hang_up_by': isTold ? 'External Warm Transfer' : null,
    'conversations.followed_by': isTold ? 'External Transfer' : null,
  });
}
