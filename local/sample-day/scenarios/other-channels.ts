import { accept, wholeCall } from '../call.ts';
import type { Day, DayTask, Scenario } from '../day.ts';
import { reviewsAt } from '../review-truth.ts';
import { byCalabrio } from '../source-fate.ts';
import { email, emailCreateBody, followUp, followUpInLanguage } from '../shapes/messaging.ts';
import {
  owedToEmail,
  owedToEmailCreateBody,
  owedToFollowUp,
  owedToFollowUpInLanguage,
  owedToGenericCall,
  owedToPastCall,
  owedToPrimaryTask,
} from '../shapes/owed.ts';
import { genericCall, pastCall, primaryTask } from '../shapes/voice.ts';
import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';

export const emailMessage: Scenario = {
  title: 'e-mail',
  async play(day) {
    const attributes = email(day.customers.next());
    const taskSid = await handled(day, { attributes, channel: 'email', queue: 'Leasing' });
    day.promised(taskSid, owedToEmail);
  },
};

/** A back end puts the body of its own request into the attributes; all that it says stands one level too low. */
export const emailMadeOfItsBody: Scenario = {
  title: 'e-mail made of the whole create body',
  async play(day) {
    const customer = day.customers.next();
    const attributes = emailCreateBody(customer);
    const taskSid = await handled(day, { attributes, channel: 'email', queue: 'Residents' });
    day.promised(taskSid, owedToEmailCreateBody(customer.name));
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
    day.promised(taskSid, { 'conversations.conversation_id': null });
    day.promised(child, {
      ...owedToFollowUp,
      'rd.parent_task_sid': taskSid,
      'conversations.conversation_id': taskSid,
      'customers.name': customer.name.toUpperCase(),
    });
    day.promised(grandchild, {
      ...owedToFollowUpInLanguage,
      'rd.parent_task_sid': child,
      'conversations.conversation_id': taskSid,
      'customers.name': customer.name,
    });
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
    day.promised(taskSid, owedToPrimaryTask);
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
    day.promised(taskSid, owedToGenericCall);
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
    const { recordingSid, attributes } = yesterdaysCall(day);
    const taskSid = await handled(day, { attributes, channel: 'default', queue: 'Follow-up' });
    day.recorded(taskSid, recordingSid);
    day.source(recordingSid, byCalabrio(['leg-missing']));
    day.promised(taskSid, owedToPastCall);
  },
};

/**
 * The same, and its task is canceled before anybody takes it: the call has still to be listened to. Nobody takes the review
 * either, and of a review there is none.
 */
export const pastCallThatNobodyTook: Scenario = {
  title: 'yesterday’s call, taken by nobody',
  async play(day) {
    const { recordingSid, attributes } = yesterdaysCall(day);
    const taskSid = day.newTask({ attributes, channel: 'default', queue: 'Follow-up' });
    day.recorded(taskSid, recordingSid);
    day.source(recordingSid, byCalabrio(['no-agent-leg']));
    // While it waits, nothing is written that routing may read.
    day.promised(taskSid, { ...owedToPastCall, 'rd.call_route_step': null });
    day.needsReview(taskSid);
    await day.seconds(80);
    const { taskRouter } = day.twilio;
    taskRouter.cancelTask(taskSid, 'nobody was there');
    await day.seconds(90);
    for (const review of reviewsAt(taskRouter.tasks()).filter(({ of }) => of === taskSid))
      taskRouter.cancelTask(review.taskSid, 'nobody was there either');
  },
};

function yesterdaysCall(day: Day) {
  const { voice } = day.twilio;
  const recordingSid = voice.placeRecording({
    callSid: voice.startCall(),
    channels: 1,
    source: 'DialVerb',
    callbacks: false,
    durationSeconds: 64,
    startedAt: new Date(day.now().getTime() - 20 * 3_600_000),
  });
  return { recordingSid, attributes: pastCall(day.customers.next(), voice.recordingUrl(recordingSid)) };
}

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
