import { customerCalls, hangUp, putThrough, wholeCall } from '../call.ts';
import type { Scenario } from '../day.ts';
import { inboundCall } from '../shapes/voice.ts';

/** Another team's workspace on the same account: its events reach us, signed by Twilio, and are none of ours. */
export const foreignWorkspace: Scenario = {
  title: 'a call of another workspace',
  async play(day) {
    const { taskRouter, voice } = day.twilio;
    const taskSid = day.newTask({
      attributes: inboundCall(day.customers.next(), voice.startCall()),
      channel: 'voice',
      queue: 'Leasing',
      workspaceSid: day.foreignWorkspaceSid,
    });
    await day.seconds(70);
    taskRouter.cancelTask(taskSid, 'hangup');
  },
};

export const duplicates: Scenario = {
  title: 'every event delivered twice',
  async play(day) {
    const ringing = customerCalls(day);
    const copies = [{ afterMs: 0 }, { afterMs: 3_000 }];
    const { taskSid } = ringing;
    for (const eventType of [
      'reservation.accepted',
      'reservation.wrapup',
      'reservation.completed',
      'task.wrapup',
      'task.completed',
    ]) {
      day.orders.forNext({ eventType, taskSid }, copies);
    }
    const call = await putThrough(day, ringing, { recorded: 'by-flex' });
    await day.seconds(30);
    await hangUp(day, call);
  },
};

export const disorder: Scenario = {
  title: 'events out of order',
  async play(day) {
    day.orders.forNext({ eventType: 'task.created' }, [{ afterMs: 25_000 }]);
    const ringing = customerCalls(day);
    const { taskSid } = ringing;
    day.orders.forNext({ eventType: 'reservation.accepted', taskSid }, [{ afterMs: 50_000 }]);
    day.orders.forNext({ eventType: 'task.wrapup', taskSid }, [{ afterMs: 40_000 }]);
    await day.seconds(5);
    const call = await putThrough(day, ringing, { recorded: 'unannounced' });
    await day.seconds(36);
    await hangUp(day, call, 10);
  },
};

/** Beside three genuine events, copies that Twilio never sent: a wrong token, a changed byte, no signature. */
export const forgeries: Scenario = {
  title: 'forged events beside the genuine ones',
  async play(day) {
    day.orders.forNext({ eventType: 'task.created' }, [{ afterMs: 0 }, { afterMs: 400, forged: 'signature' }]);
    const ringing = customerCalls(day);
    const { taskSid } = ringing;
    day.orders.forNext({ eventType: 'reservation.accepted', taskSid }, [
      { afterMs: 0 },
      { afterMs: 400, forged: 'body' },
    ]);
    day.orders.forNext({ eventType: 'task.completed', taskSid }, [
      { afterMs: 0 },
      { afterMs: 400, forged: 'unsigned' },
    ]);
    const call = await putThrough(day, ringing, { recorded: 'by-flex' });
    await day.seconds(26);
    await hangUp(day, call);
  },
};

/** One of the calls of a rush: lengths differ, so that ends and beginnings mix. */
export function rushCall(place: number): Scenario {
  return {
    title: `rush at ten, call ${place + 1}`,
    async play(day) {
      await wholeCall(day, {
        recorded: 'by-flex',
        talkSeconds: 20 + ((place * 13) % 47),
        wrapUpSeconds: 2 + (place % 5) * 6,
      });
    },
  };
}
