import { customerCalls, hangUp, putThrough } from '../call.ts';
import type { OngoingCall, Recorded } from '../call.ts';
import type { Day, Queue, Scenario } from '../day.ts';
import { byApi, byCalabrio, goes, stays } from '../source-fate.ts';
import type { Expectation } from '../source-fate.ts';
import { transferCold, transferWarm } from '../transfer.ts';
import type { ContactPlan } from '../../calabrio/simulator.ts';

/** A call whose contacts take the course of the plan, and what must become of its source then. */
async function callThat(day: Day, plan: ContactPlan, fate: Expectation, queue?: Queue): Promise<RecordedCall> {
  const call = await recordedCall(day, queue);
  day.calabrio.plan(call.taskSid, plan);
  day.source(call.recordingSid, fate);
  await day.seconds(22);
  await hangUp(day, call);
  return call;
}

type RecordedCall = OngoingCall & Required<Pick<OngoingCall, 'recordingSid'>>;

async function recordedCall(day: Day, queue?: Queue, recorded: Recorded = 'by-flex'): Promise<RecordedCall> {
  const call = await putThrough(day, customerCalls(day, queue), { recorded });
  if (call.recordingSid === undefined) throw new Error('a call that is not recorded has no source');
  return { ...call, recordingSid: call.recordingSid };
}

const nothing: ContactPlan = { statuses: () => [] };

/** Of a call with two agents Calabrio tells of the second alone; where both are one contact it tells of that. */
function secondAgentAlone(day: Day, call: RecordedCall, legId: 'worker-call' | 'reservation'): void {
  const isOneContact = day.calabrio.legModel !== 'per-reservation';
  day.calabrio.plan(call.taskSid, {
    ...(!isOneContact && { legId }),
    statuses: (place) => (place === 0 && !isOneContact ? [] : [{ afterSeconds: 30, status: 'COMPLETE' }]),
  });
  day.source(call.recordingSid, isOneContact ? goes : byCalabrio(['leg-missing']));
}

export const oneLegOfTwoByCall: Scenario = {
  title: 'COMPLETE for one agent of two, by the call',
  async play(day) {
    const call = await recordedCall(day);
    secondAgentAlone(day, call, 'worker-call');
    await day.seconds(18);
    const course = { queue: 'Residents', agent: 'dmitri', ringSeconds: 8, wrapUpSeconds: 6 } as const;
    const second = await transferCold(day, call, course);
    await day.seconds(20);
    await hangUp(day, second);
  },
};

export const oneLegOfTwoByReservation: Scenario = {
  title: 'COMPLETE for one agent of two, by reservation',
  async play(day) {
    const call = await recordedCall(day);
    secondAgentAlone(day, call, 'reservation');
    await day.seconds(15);
    const course = { agent: 'hans', ringSeconds: 6, togetherSeconds: 9, wrapUpSeconds: 5 } as const;
    const second = await transferWarm(day, call, course);
    await day.seconds(14);
    await hangUp(day, second);
  },
};

export const failedOnly: Scenario = {
  title: 'FAILED, and nothing more',
  async play(day) {
    const statuses = () => [{ afterSeconds: 20, status: 'FAILED', failureReason: 'The contact has no agent.' }];
    await callThat(day, { statuses }, byCalabrio(['leg-failed']));
  },
};

/** The second word comes while the source is still there, and is the last. */
export const completeThenFailed: Scenario = {
  title: 'COMPLETE, taken back within the grace',
  async play(day) {
    const statuses = () => [
      { afterSeconds: 20, status: 'COMPLETE' },
      { afterSeconds: 40, status: 'FAILED', failureReason: 'The encoded audio is not readable.' },
    ];
    const fate = byCalabrio(({ deletion }) => (deletion.graceSeconds < 60 ? 'unsaid' : ['leg-failed']));
    await callThat(day, { statuses }, fate);
  },
};

export const wrongTenant: Scenario = {
  title: 'COMPLETE of another tenant',
  async play(day) {
    const tenantId = day.calabrio.tenantId + 1;
    await callThat(
      day,
      { statuses: () => [{ afterSeconds: 20, status: 'COMPLETE', tenantId }] },
      byCalabrio(['leg-missing']),
    );
  },
};

export const wrongToken: Scenario = {
  title: 'COMPLETE under a token that is none',
  async play(day) {
    const token = 'not-the-token-that-was-agreed-on';
    await callThat(
      day,
      { statuses: () => [{ afterSeconds: 20, status: 'COMPLETE', token }] },
      byCalabrio(['leg-missing']),
    );
  },
};

/** Neither id says anything to us: the status waits in the inbox, and the leg stays open. */
export const opaqueIds: Scenario = {
  title: 'COMPLETE under ids that are Calabrio’s own',
  play: async (day) => void (await callThat(day, { sessionId: 'guid', legId: 'guid' }, byCalabrio(['leg-missing']))),
};

export const apiMismatch: Scenario = {
  title: 'API names another recording than ours',
  async play(day) {
    const metadata = { archive_recording_sid: `RE${'d0'.repeat(16)}` };
    await callThat(day, { metadata }, byApi('api-mismatch'));
  },
};

export const neverUploaded: Scenario = {
  title: 'COMPLETE, its audio by the API never',
  play: async (day) => void (await callThat(day, { audioUploadedAfterSeconds: 'never' }, byApi('api-unconfirmed'))),
};

/** Placed while the two still talk, so before anything could be deleted. */
export const heldBeforeTheDeletion: Scenario = {
  title: 'held for a complaint',
  async play(day) {
    const call = await recordedCall(day);
    day.source(call.recordingSid, stays('held'));
    await day.seconds(31);
    await day.archive.hold(call.recordingSid, 'COMPLAINT-17');
    await hangUp(day, call);
  },
};

export const queueLeftOut: Scenario = {
  title: 'a queue whose sources are never deleted',
  play: async (day) => void (await callThat(day, {}, stays('queue-excluded'), 'Legal')),
};

/** Calabrio has it, we have it, and then a person deletes it in Twilio's console before its grace is over. */
export const deletedBySomebodyElse: Scenario = {
  title: 'source deleted by somebody else',
  async play(day) {
    const fate: Expectation = ({ deletion }) => (deletion.graceSeconds < 60 ? 'unsaid' : 'gone');
    const statuses = () => [{ afterSeconds: 5, status: 'COMPLETE' }];
    const call = await callThat(day, { statuses }, fate);
    await day.calabrio.take(call.taskSid);
    await day.seconds(25);
    day.twilio.voice.deleteRecording(call.recordingSid);
  },
};

/** Calabrio never says a word; somebody has pointed our own contact statuses at our own inbound route. */
export const ownReportLoopedBack: Scenario = {
  title: 'our own COMPLETE, looped back to us',
  async play(day) {
    const call = await callThat(day, nothing, byCalabrio(['leg-missing']));
    await day.seconds(120);
    await day.archive.loopReportsBack(call.recordingSid);
  },
};
