import { customerCalls, hangUp, putThrough, wholeCall } from '../call.ts';
import type { Scenario } from '../day.ts';

export const recordedByFlex: Scenario = {
  title: 'inbound, known by Flex’s link',
  async play(day) {
    await wholeCall(day, { recorded: 'by-flex', talkSeconds: 48 });
  },
};

export const recordedWithCallback: Scenario = {
  title: 'inbound, known by callback',
  async play(day) {
    await wholeCall(day, { recorded: 'by-callback', talkSeconds: 37, endedBy: 'agent' });
  },
};

export const foundOnlyByListing: Scenario = {
  title: 'inbound, known by nothing but a list',
  async play(day) {
    await wholeCall(day, { recorded: 'unannounced', talkSeconds: 41, queue: 'Residents' });
  },
};

export const acceptedAtTheThirdTry: Scenario = {
  title: 'rejected, timed out, then accepted',
  async play(day) {
    const ringing = customerCalls(day);
    const { taskRouter } = day.twilio;
    const rejected = taskRouter.reserve(ringing.taskSid, day.staff.sid('bob'));
    await day.seconds(6);
    taskRouter.reject(rejected);
    const unanswered = taskRouter.reserve(ringing.taskSid, day.staff.sid('chika'));
    await day.seconds(30);
    taskRouter.timeOut(unanswered);
    const call = await putThrough(day, ringing, { agent: 'dmitri', recorded: 'by-flex' });
    await day.seconds(33);
    await hangUp(day, call);
  },
};

export const noWrapUp: Scenario = {
  title: 'no wrap-up: completed within 2 s',
  async play(day) {
    await wholeCall(day, { recorded: 'by-flex', talkSeconds: 25, wrapUpSeconds: 1.5 });
  },
};

/** The hardest for time: the end of the call, of the task and of the segment fall together and only a list can tell. */
export const noWrapUpAndUnannounced: Scenario = {
  title: 'no wrap-up, known by nothing but a list',
  async play(day) {
    await wholeCall(day, { recorded: 'unannounced', talkSeconds: 22, wrapUpSeconds: 1 });
  },
};

export const longWrapUp: Scenario = {
  title: 'four minutes of wrap-up',
  async play(day) {
    await wholeCall(day, { recorded: 'by-flex', talkSeconds: 52, wrapUpSeconds: 240 });
  },
};

export const longerThanAnHour: Scenario = {
  title: 'a call of 65 minutes',
  async play(day) {
    await wholeCall(day, { recorded: 'by-flex', talkSeconds: 65 * 60, queue: 'Residents' });
  },
};

export const pausedForTheCard: Scenario = {
  title: 'recording paused for a card number',
  async play(day) {
    const call = await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
    await day.seconds(20);
    if (call.recordingSid !== undefined) day.twilio.voice.pauseRecording(call.recordingSid);
    await day.seconds(40);
    if (call.recordingSid !== undefined) day.twilio.voice.resumeRecording(call.recordingSid);
    await day.seconds(18);
    await hangUp(day, call);
  },
};

export const absentRecording: Scenario = {
  title: 'recording too short: absent',
  async play(day) {
    const call = await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
    await day.seconds(1);
    if (call.recordingSid !== undefined) day.twilio.voice.stopRecording(call.recordingSid, { kind: 'absent' });
    await hangUp(day, call);
  },
};

/** A supervisor's tool ends the conference: nobody on the phone has hung up. */
export const endedByTheApi: Scenario = {
  title: 'inbound, ended by the API',
  async play(day) {
    await wholeCall(day, { recorded: 'by-flex', talkSeconds: 29, endedBy: 'api' });
  },
};

export const notRecorded: Scenario = {
  title: 'inbound, the customer declined recording',
  async play(day) {
    await wholeCall(day, { recorded: 'not', talkSeconds: 30 });
  },
};
