import { accept, wholeCall } from '../call.ts';
import type { Day, DayTask, Scenario } from '../day.ts';
import { byCalabrio } from '../source-fate.ts';
import { chat, email, followUp, followUpInLanguage, sms } from '../shapes/messaging.ts';
import { genericCall, pastCall, primaryTask } from '../shapes/voice.ts';
import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';

export const webChat: Scenario = {
  title: 'web chat',
  async play(day) {
    await handled(day, {
      attributes: chat(day.customers.next(), `CH${'c1'.repeat(16)}`),
      channel: 'chat',
      queue: 'Leasing',
    });
  },
};

export const textMessage: Scenario = {
  title: 'SMS',
  async play(day) {
    await handled(day, {
      attributes: sms(day.customers.next(), `CH${'c2'.repeat(16)}`),
      channel: 'sms',
      queue: 'Residents',
    });
  },
};

export const emailMessage: Scenario = {
  title: 'e-mail',
  async play(day) {
    await handled(day, { attributes: email(day.customers.next()), channel: 'email', queue: 'Leasing' });
  },
};

/** A call, its follow-up and the follow-up's follow-up, which asks for Spanish: one conversation in Insights. */
export const chainOfFollowUps: Scenario = {
  title: 'call with a chain of follow-ups',
  async play(day) {
    const { taskSid } = await wholeCall(day, { recorded: 'by-flex', talkSeconds: 28 });
    await day.seconds(30);
    const customer = day.customers.next();
    const child = await handled(day, {
      attributes: followUp(customer, taskSid),
      channel: 'default',
      queue: 'Follow-up',
    });
    const grandchild = await handled(day, {
      attributes: followUpInLanguage(customer, child, 'spanish'),
      channel: 'default',
      queue: 'Spanish',
    });
    day.promised(child, { conversation_id: taskSid });
    day.promised(grandchild, { conversation_id: taskSid, language: 'spanish' });
  },
};

/** A back end's task about a call that is over; the call stands where a conference should. */
export const primary: Scenario = {
  title: 'back-office task about a call',
  async play(day) {
    const { voice } = day.twilio;
    const callSid = voice.startCall();
    const recordingSid = voice.placeRecording({
      callSid,
      channels: 2,
      source: 'DialVerb',
      callbacks: false,
      durationSeconds: 27,
    });
    const taskSid = await handled(day, {
      attributes: primaryTask(day.customers.next(), callSid),
      channel: 'default',
      queue: 'Follow-up',
    });
    day.recorded(taskSid, recordingSid);
    // Calabrio takes voice tasks: of a back office's it never tells.
    day.source(recordingSid, byCalabrio(['leg-missing']));
  },
};

export const generic: Scenario = {
  title: 'call task without Flex',
  async play(day) {
    const { voice } = day.twilio;
    const callSid = voice.startCall();
    const taskSid = day.newTask({
      attributes: genericCall(day.customers.next(), callSid),
      channel: 'voice',
      queue: 'Leasing',
    });
    const reservationSid = await accept(day, taskSid, day.staff.next());
    const recordingSid = voice.startRecording({ callSid, channels: 2, callbacks: true });
    day.recorded(taskSid, recordingSid);
    await day.seconds(39);
    voice.stopRecording(recordingSid);
    day.twilio.taskRouter.wrapUp(reservationSid);
    await day.seconds(6);
    day.twilio.taskRouter.completeTask(taskSid, 'done');
  },
};

/** The community's own call of yesterday, which an agent hears and processes today. */
export const processedFromItsRecording: Scenario = {
  title: 'yesterday’s call, processed from its recording',
  async play(day) {
    const { voice } = day.twilio;
    const recordingSid = voice.placeRecording({
      callSid: voice.startCall(),
      channels: 1,
      source: 'DialVerb',
      callbacks: false,
      durationSeconds: 64,
      startedAt: new Date(day.now().getTime() - 20 * 3_600_000),
    });
    const attributes = pastCall(day.customers.next(), voice.recordingUrl(recordingSid));
    const taskSid = await handled(day, { attributes, channel: 'default', queue: 'Follow-up' });
    day.recorded(taskSid, recordingSid);
    day.source(recordingSid, byCalabrio(['leg-missing']));
    day.promised(taskSid, { language: 'spanish' });
  },
};

/** A task from its creation to its end, without a call of its own. */
async function handled(day: Day, input: DayTask): Promise<TaskSid> {
  const taskSid = day.newTask(input);
  await day.seconds(10);
  const reservationSid = await accept(day, taskSid, day.staff.next());
  await day.seconds(75);
  day.twilio.taskRouter.wrapUp(reservationSid);
  await day.seconds(10);
  day.twilio.taskRouter.completeTask(taskSid, 'done');
  return taskSid;
}
