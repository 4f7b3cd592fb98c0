import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { accept, hangUp, recordConference } from '../call.ts';
import type { OngoingCall, Recorded } from '../call.ts';
import type { Day, Scenario } from '../day.ts';
import { owedToOutboundCall } from '../shapes/owed.ts';
import { outboundCall } from '../shapes/voice.ts';
import type { Agent } from '../staff.ts';

export const outboundAnswered: Scenario = {
  title: 'outbound, answered',
  async play(day) {
    const call = await dial(day, {
      agent: 'grace',
      to: day.customers.next().number,
      recorded: 'by-flex',
      lateSeconds: 0,
    });
    await day.seconds(44);
    await hangUp(day, call, 15, 'agent');
  },
};

export const outboundWithLateConference: Scenario = {
  title: 'outbound, conference announced 5 s late',
  async play(day) {
    const call = await dial(day, {
      agent: 'hans',
      to: day.customers.next().number,
      recorded: 'unannounced',
      lateSeconds: 5,
    });
    await day.seconds(29);
    await hangUp(day, call);
  },
};

export const outboundToLocalNumber: Scenario = {
  title: 'outbound to a number without its country',
  async play(day) {
    const call = await dial(day, {
      agent: 'ada',
      to: day.customers.next().number.slice(2),
      recorded: 'by-callback',
      lateSeconds: 0,
    });
    await day.seconds(35);
    await hangUp(day, call, 20);
  },
};

export const outboundUnanswered: Scenario = {
  title: 'outbound, nobody answered',
  async play(day) {
    const { taskRouter } = day.twilio;
    const taskSid = dialledTask(day, 'bob', day.customers.next().number);
    const reservationSid = await accept(day, taskSid, 'bob', 1);
    const { attributes } = taskRouter.readAttributes(taskSid);
    taskRouter.writeAttributes(
      taskSid,
      { ...attributes, worker_call_sid: day.twilio.voice.startCall() },
      { by: 'flex' },
    );
    await day.seconds(40);
    taskRouter.wrapUp(reservationSid);
    await day.seconds(4);
    taskRouter.completeTask(taskSid, 'done');
  },
};

interface Dialled {
  readonly agent: Agent;
  readonly to: string;
  readonly recorded: Recorded;
  /** How long after its start the conference is written onto the task. */
  readonly lateSeconds: number;
}

/** An agent dials, the customer answers: the customer's call is made by the conference. */
async function dial(day: Day, { agent, to, recorded, lateSeconds }: Dialled): Promise<OngoingCall> {
  const { voice } = day.twilio;
  const taskSid = dialledTask(day, agent, to);
  const reservationSid = await accept(day, taskSid, agent, 1);
  const conferenceSid = voice.startConference({ taskSid, announce: lateSeconds === 0 });
  const workerCallSid = voice.join(conferenceSid, 'worker');
  const recordingSid = recordConference(day, taskSid, conferenceSid, recorded);
  if (lateSeconds > 0) {
    await day.seconds(lateSeconds);
    voice.announceConference(conferenceSid);
  }
  const customer = voice.conference(conferenceSid)?.participants.find(({ role }) => role === 'customer');
  if (customer === undefined) throw new Error(`the conference ${conferenceSid} has no customer in it`);
  return {
    taskSid,
    reservationSid,
    conferenceSid,
    customerCallSid: customer.callSid,
    workerCallSid,
    ...(recordingSid !== undefined && { recordingSid }),
  };
}

function dialledTask(day: Day, agent: Agent, to: string): TaskSid {
  const taskSid = day.newTask({ attributes: outboundCall(to, agent), channel: 'voice', queue: 'Leasing' });
  day.promised(taskSid, owedToOutboundCall);
  return taskSid;
}
