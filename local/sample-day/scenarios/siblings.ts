import type { LegModel } from '../../../lambdas/shared/domain/policy.ts';
import type { RecordingSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { LegIdKind } from '../../calabrio/simulator.ts';
import { accept, customerCalls, hangUp, putThrough } from '../call.ts';
import type { Day, Scenario } from '../day.ts';
import { byCalabrio, byMedia, goes } from '../source-fate.ts';

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
    if (call.recordingSid !== undefined) expectSiblings(day, call.taskSid, call.recordingSid, [first, second]);
    await day.seconds(31);
    voice.leave(call.conferenceSid, helperCallSid);
    taskRouter.wrapUp(helper);
    await day.seconds(9);
    taskRouter.completeReservation(helper);
    await hangUp(day, call);
  },
};

const legIdOf: Readonly<Record<LegModel, LegIdKind>> = {
  'per-reservation': 'reservation',
  'per-recording': 'recording',
  'per-call': 'conference',
};

/**
 * Which of the three a contact is about: the one it names. One that names an agent is about that agent's own recording,
 * and one that names the call may be about any. The agents' recordings are the task's media, which Insights plays from
 * Twilio, so their sources stay whoever confirms them, unless ours come before them.
 */
function expectSiblings(day: Day, taskSid: TaskSid, whole: RecordingSid, legs: readonly RecordingSid[]): void {
  const { legModel } = day.calabrio;
  day.calabrio.plan(taskSid, { sessionId: 'customer-call', legId: legIdOf[legModel] });
  day.source(whole, legModel === 'per-recording' ? goes : byCalabrio([wholeStays[legModel]]));
  for (const leg of legs) day.source(leg, byMedia(legModel === 'per-reservation' ? goes : () => 'unsaid'));
}

const wholeStays = { 'per-reservation': 'leg-missing', 'per-call': 'leg-ambiguous' } as const;
