import { accept, customerCalls, hangUp, putThrough, wholeCall } from '../call.ts';
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
    await wholeCall(day, { recorded: 'by-callback', talkSeconds: 37 });
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

export const notRecorded: Scenario = {
  title: 'inbound, the customer declined recording',
  async play(day) {
    await wholeCall(day, { recorded: 'not', talkSeconds: 30 });
  },
};

/** The conference in two channels, and each agent's own leg in one, which ends when the agent leaves: three recordings of one call. */
export const dualChannelWithLegs: Scenario = {
  title: 'two-channel conference and mono agent legs',
  async play(day) {
    const { taskRouter, voice } = day.twilio;
    const call = await putThrough(day, customerCalls(day), { agent: 'elena', recorded: 'by-flex', channels: 2 });
    const first = voice.startRecording({ callSid: call.workerCallSid, channels: 1, callbacks: false });
    day.recorded(call.taskSid, first);
    const helper = await accept(day, call.taskSid, 'farid');
    const helperCallSid = voice.join(call.conferenceSid, 'worker');
    const second = voice.startRecording({ callSid: helperCallSid, channels: 1, callbacks: true });
    day.recorded(call.taskSid, second);
    const { attributes } = taskRouter.readAttributes(call.taskSid);
    const media = (url: string) => ({
      media: [{ type: 'VoiceRecording', url, start_time: day.now().getTime(), channels: ['customer', 'others'] }],
    });
    const legs = {
      [call.reservationSid]: media(voice.recordingUrl(first)),
      [helper]: media(voice.recordingUrl(second)),
    };
    taskRouter.writeAttributes(call.taskSid, { ...attributes, reservation_attributes: legs }, { by: 'plug-in' });
    await day.seconds(31);
    voice.leave(call.conferenceSid, helperCallSid);
    taskRouter.wrapUp(helper);
    await day.seconds(9);
    taskRouter.completeReservation(helper);
    await hangUp(day, call);
  },
};
