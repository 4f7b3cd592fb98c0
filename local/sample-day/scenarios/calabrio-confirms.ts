import { customerCalls, hangUp, paperwork, putThrough, wholeCall } from '../call.ts';
import type { OngoingCall } from '../call.ts';
import type { Day, Scenario } from '../day.ts';
import type { ContactPlan } from '../../calabrio/simulator.ts';

/** An ordinary call whose contacts take another course than most. */
async function callWithContacts(day: Day, plan: ContactPlan, talkSeconds = 24): Promise<OngoingCall> {
  const call = await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
  day.calabrio.plan(call.taskSid, plan);
  await day.seconds(talkSeconds);
  await hangUp(day, call);
  return call;
}

/** Twilio's media breaks off for us again and again, while Calabrio gets it at once and is done with it. */
export const completeBeforeTheArchive: Scenario = {
  title: 'COMPLETE before the copy was proved',
  async play(day) {
    const call = await putThrough(day, customerCalls(day), { recorded: 'by-flex' });
    const { taskSid, recordingSid } = call;
    if (recordingSid === undefined) throw new Error('this call is recorded');
    day.calabrio.plan(taskSid, { statuses: () => [{ afterSeconds: 1, status: 'COMPLETE' }] });
    await day.seconds(26);
    day.twilio.media.fault(recordingSid, { kind: 'reset', afterBytes: 9_000 }, 6);
    day.twilio.voice.endConference(call.conferenceSid);
    await paperwork(day, call, 5);
    await day.calabrio.take(taskSid);
  },
};

export const completeLate: Scenario = {
  title: 'COMPLETE an hour after the call',
  play: async (day) =>
    void (await callWithContacts(day, { statuses: () => [{ afterSeconds: 3_600, status: 'COMPLETE' }] })),
};

export const completeTwice: Scenario = {
  title: 'COMPLETE, and the same again',
  async play(day) {
    const step = { status: 'COMPLETE' };
    const statuses = () => [10, 25, 900].map((afterSeconds) => ({ ...step, afterSeconds }));
    await callWithContacts(day, { statuses });
  },
};

export const failedThenComplete: Scenario = {
  title: 'FAILED, repaired, COMPLETE',
  async play(day) {
    const statuses = () => [
      { afterSeconds: 15, status: 'FAILED', failureReason: 'The audio could not be transcoded.' },
      { afterSeconds: 700, status: 'COMPLETE' },
    ];
    await callWithContacts(day, { statuses });
  },
};

/** The API has the contact at once and its audio only later: the first look confirms nothing, the one an hour later does. */
export const audioUploadedLate: Scenario = {
  title: 'COMPLETE, its audio by the API much later',
  play: async (day) => void (await callWithContacts(day, { audioUploadedAfterSeconds: 1_800 })),
};

/** Calabrio's API is worn out and has thrown everybody out; who asks politely again gets the answer. */
export const apiUnderPressure: Scenario = {
  title: 'API answers 429 and forgets its sessions',
  async play(day) {
    const call = await callWithContacts(day, { statuses: () => [{ afterSeconds: 30, status: 'COMPLETE' }] });
    day.calabrio.endSessions();
    day.calabrio.answerNext(2, { status: 429, retryAfterSeconds: 5 });
    await day.calabrio.take(call.taskSid);
  },
};

/** Every id is Calabrio's own and says nothing to us, so nobody can say which call it was. */
export const unknownSession: Scenario = {
  title: 'COMPLETE of a session that nobody knows',
  async play(day) {
    const { tenantId } = day.calabrio;
    const sessionId = '7d9f2c1e-4b6a-4f0e-8d21-3c5a7b9e1f02';
    await day.calabrio.post({ ccrId: 4_600_001, sessionId, legId: 'a-5', tenantId, status: 'COMPLETE' });
    await wholeCall(day, { recorded: 'by-flex', talkSeconds: 19 });
  },
};
