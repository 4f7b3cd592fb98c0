import { accept, customerCalls } from '../call.ts';
import type { Scenario } from '../day.ts';
import { voicemail } from '../shapes/voice.ts';

export const abandonedInQueue: Scenario = {
  title: 'abandoned in the queue',
  async play(day) {
    const { taskSid } = customerCalls(day);
    await day.seconds(95);
    day.twilio.taskRouter.cancelTask(taskSid, 'hangup');
  },
};

/** The line is recorded from the first ring, so there is a recording although nobody ever answered. */
export const abandonedWithRecording: Scenario = {
  title: 'abandoned in the queue, line recorded',
  async play(day) {
    const { taskRouter, voice } = day.twilio;
    const { taskSid, customerCallSid } = customerCalls(day);
    const recordingSid = voice.startRecording({ callSid: customerCallSid, channels: 1, callbacks: false });
    day.recorded(taskSid, recordingSid);
    await day.seconds(58);
    voice.stopRecording(recordingSid);
    taskRouter.cancelTask(taskSid, 'hangup');
  },
};

export const voicemailWithMedia: Scenario = {
  title: 'voicemail, its recording older than its task',
  async play(day) {
    const { voice } = day.twilio;
    const callSid = voice.startCall();
    const recordingSid = voice.placeRecording({
      callSid,
      channels: 1,
      source: 'RecordVerb',
      callbacks: false,
      durationSeconds: 32,
    });
    await day.seconds(20);
    const media = {
      type: 'VoiceRecording',
      url: voice.recordingUrl(recordingSid),
      start_time: day.now().getTime() - 52_000,
    };
    const taskSid = day.newTask({
      attributes: voicemail(day.customers.next(), callSid, media),
      channel: 'voice',
      queue: 'Follow-up',
    });
    day.recorded(taskSid, recordingSid);
    await listenToIt(day, taskSid);
  },
};

export const voicemailByItsCall: Scenario = {
  title: 'voicemail, known only by its call',
  async play(day) {
    const { voice } = day.twilio;
    const callSid = voice.startCall();
    const recordingSid = voice.placeRecording({
      callSid,
      channels: 1,
      source: 'RecordVerb',
      callbacks: false,
      durationSeconds: 21,
    });
    await day.seconds(20);
    const taskSid = day.newTask({
      attributes: voicemail(day.customers.next(), callSid, undefined),
      channel: 'voice',
      queue: 'Follow-up',
    });
    day.recorded(taskSid, recordingSid);
    await listenToIt(day, taskSid);
  },
};

async function listenToIt(day: Parameters<Scenario['play']>[0], taskSid: Parameters<typeof accept>[1]): Promise<void> {
  const reservationSid = await accept(day, taskSid, day.staff.next());
  await day.seconds(40);
  day.twilio.taskRouter.wrapUp(reservationSid);
  await day.seconds(5);
  day.twilio.taskRouter.completeTask(taskSid, 'done');
}
