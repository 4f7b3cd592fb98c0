import type { ConferenceSid, RecordingSid, ReservationSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { PipelineRun } from './pipeline-run.ts';

/** How the pipeline comes to know of the recording: Flex's own link on the task, a callback, or only a list. */
export type KnownBy = 'segment-link' | 'callback' | 'list';

/** A customer and an agent who talk; the conference is recorded. */
export interface RecordedCall {
  readonly taskSid: TaskSid;
  readonly reservationSid: ReservationSid;
  readonly conferenceSid: ConferenceSid;
  readonly recordingSid: RecordingSid;
}

/** A customer calls, an agent accepts after 3 seconds, and the recording begins. */
export async function beginCall(run: PipelineRun, knownBy: KnownBy): Promise<RecordedCall> {
  const { taskRouter, voice } = run.twilio;
  const customerCallSid = voice.startCall();
  const taskSid = taskRouter.createTask({
    attributes: { type: 'inbound', direction: 'inbound', from: '+12025550143', call_sid: customerCallSid },
    ...{ channel: 'voice', queue: 'Sales', workflow: 'Assign to anyone' },
  });
  const workerSid = taskRouter.createWorker({ name: 'ada', attributes: { full_name: 'Ada Example' } });
  const reservationSid = taskRouter.reserve(taskSid, workerSid);
  await run.seconds(3);
  taskRouter.accept(reservationSid);
  const conferenceSid = voice.startConference({ taskSid, customerCallSid });
  voice.join(conferenceSid, 'worker');
  const recordingSid = voice.startRecording({
    conferenceSid,
    channels: 1,
    callbacks: knownBy === 'callback',
    ...(knownBy === 'segment-link' && { segmentLinkOn: taskSid }),
  });
  return { taskSid, reservationSid, conferenceSid, recordingSid };
}

/** Everybody hangs up; Twilio is done with the recording 4 seconds later, the agent with the task after 5. */
export async function endCall(run: PipelineRun, call: RecordedCall): Promise<void> {
  const { taskRouter, voice } = run.twilio;
  voice.endConference(call.conferenceSid);
  taskRouter.wrapUp(call.reservationSid);
  await run.seconds(5);
  taskRouter.completeTask(call.taskSid, 'done');
}

/** A whole call of `talkSeconds`, which is how long the recording is, too. */
export async function playCall(run: PipelineRun, knownBy: KnownBy, talkSeconds = 2): Promise<RecordedCall> {
  const call = await beginCall(run, knownBy);
  await run.seconds(talkSeconds);
  await endCall(run, call);
  return call;
}

/** A customer speaks for a second to nobody; then there is a task for it, and then Twilio tells of the recording. */
export async function leaveVoicemail(run: PipelineRun): Promise<Pick<RecordedCall, 'taskSid' | 'recordingSid'>> {
  const { taskRouter, voice } = run.twilio;
  const callSid = voice.startCall();
  const taskSid = taskRouter.createTask({
    attributes: { type: 'voicemail', direction: 'inbound', from: '+12025550143', call_sid: callSid },
    ...{ channel: 'default', queue: 'Voicemail', workflow: 'Assign to anyone' },
  });
  await run.quiet();
  const recordingSid = voice.placeRecording({ callSid, channels: 1, source: 'RecordVerb', durationSeconds: 1 });
  return { taskSid, recordingSid };
}
