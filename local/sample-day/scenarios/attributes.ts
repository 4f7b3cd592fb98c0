import { customerCalls, hangUp, putThrough } from '../call.ts';
import type { Scenario } from '../day.ts';

/** What TaskRouter allows is 4,096 characters; our link must still fit. */
const fullAttributesCharacters = 3_900;

export const nearlyFullAttributes: Scenario = {
  title: 'attributes of 3,900 characters',
  async play(day) {
    const { taskRouter } = day.twilio;
    const call = await putThrough(day, customerCalls(day), { recorded: 'unannounced' });
    await day.seconds(5);
    const { attributes } = taskRouter.readAttributes(call.taskSid);
    const missing = fullAttributesCharacters - JSON.stringify({ ...attributes, crm_notes: '' }).length;
    const notes = 'asked about the lease, the garage and the dog; '.repeat(100).slice(0, missing);
    taskRouter.writeAttributes(call.taskSid, { ...attributes, crm_notes: notes }, { by: 'plug-in' });
    await day.seconds(27);
    await hangUp(day, call);
  },
};

/** The plug-in read the task before our link was on it and writes its copy back much later, without If-Match. */
export const staleCopyDuringTheCall: Scenario = {
  title: 'plug-in writes a stale copy during the call',
  async play(day) {
    const { taskRouter } = day.twilio;
    const call = await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
    const held = taskRouter.readAttributes(call.taskSid);
    await day.seconds(30);
    taskRouter.writeAttributes(call.taskSid, { ...held.attributes, crm_note_id: 4711 }, { by: 'plug-in' });
    await day.seconds(15);
    await hangUp(day, call);
  },
};

/** The same at the worst moment: after the task's end, while Insights is still looking, and without any link in it. */
export const staleCopyAfterTheEnd: Scenario = {
  title: 'plug-in writes a stale copy after the end',
  async play(day) {
    const { taskRouter } = day.twilio;
    const ringing = customerCalls(day);
    const held = taskRouter.readAttributes(ringing.taskSid);
    const call = await putThrough(day, ringing, { recorded: 'by-flex' });
    await day.seconds(34);
    await hangUp(day, call, 5);
    await day.seconds(12);
    taskRouter.writeAttributes(call.taskSid, { ...held.attributes, crm_note_id: 4712 }, { by: 'plug-in' });
  },
};
