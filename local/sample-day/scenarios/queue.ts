import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../../twilio/json.ts';
import { accept, customerCalls } from '../call.ts';
import type { Day, Scenario } from '../day.ts';
import { owedToAbandonedCall, owedToVoicemail } from '../shapes/owed.ts';
import { voicemail } from '../shapes/voice.ts';
import { byCalabrio, byMedia, goes } from '../source-fate.ts';

export const abandonedInQueue: Scenario = {
  title: 'abandoned in the queue',
  async play(day) {
    const { taskSid } = customerCalls(day);
    await day.seconds(95);
    day.promised(taskSid, owedToAbandonedCall);
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
    day.promised(taskSid, owedToAbandonedCall);
    day.source(recordingSid, byCalabrio(['no-agent-leg']));
    await day.seconds(58);
    voice.stopRecording(recordingSid);
    taskRouter.cancelTask(taskSid, 'hangup');
  },
};

export const voicemailWithMedia: Scenario = {
  title: 'voicemail, its recording older than its task',
  async play(day) {
    const { callSid, recordingSid } = await leaveVoicemail(day, 32);
    const media = {
      type: 'VoiceRecording',
      url: day.twilio.voice.recordingUrl(recordingSid),
      start_time: day.now().getTime() - 52_000,
    };
    // Insights plays a task's media, and this one is at Twilio.
    day.source(recordingSid, byMedia(goes));
    await listenToIt(day, recordingSid, voicemail(day.customers.next(), callSid, media));
  },
};

export const voicemailByItsCall: Scenario = {
  title: 'voicemail, known only by its call',
  async play(day) {
    const { callSid, recordingSid } = await leaveVoicemail(day, 21);
    await listenToIt(day, recordingSid, voicemail(day.customers.next(), callSid, undefined));
  },
};

/** Nobody ever listens: the task times out of its queue, and no agent has a part in the recording. */
export const voicemailThatNobodyHeard: Scenario = {
  title: 'voicemail that nobody listened to',
  async play(day) {
    const { callSid, recordingSid } = await leaveVoicemail(day, 18);
    const attributes = voicemail(day.customers.next(), callSid, undefined);
    const taskSid = day.newTask({ attributes, channel: 'voice', queue: 'Follow-up' });
    day.promised(taskSid, owedToVoicemail);
    day.recorded(taskSid, recordingSid);
    day.source(recordingSid, byCalabrio(['no-agent-leg']));
    await day.seconds(70);
    day.twilio.taskRouter.cancelTask(taskSid, 'nobody was there');
  },
};

/** A caller speaks into the machine for so long; the task is made 20 s later. */
async function leaveVoicemail(day: Day, durationSeconds: number) {
  const { voice } = day.twilio;
  const callSid = voice.startCall();
  const recordingSid = voice.placeRecording({
    callSid,
    channels: 1,
    source: 'RecordVerb',
    callbacks: false,
    durationSeconds,
  });
  await day.seconds(20);
  return { callSid, recordingSid };
}

async function listenToIt(day: Day, recordingSid: RecordingSid, attributes: JsonObject): Promise<void> {
  const taskSid = day.newTask({ attributes, channel: 'voice', queue: 'Follow-up' });
  day.promised(taskSid, owedToVoicemail);
  day.recorded(taskSid, recordingSid);
  const reservationSid = await accept(day, taskSid, day.staff.next());
  await day.seconds(40);
  day.twilio.taskRouter.wrapUp(reservationSid);
  await day.seconds(5);
  day.twilio.taskRouter.completeTask(taskSid, 'done');
}
