import {
  recordingSid,
  type CallSid,
  type ConferenceSid,
  type RecordingSid,
  type TaskSid,
} from '../../../lambdas/shared/domain/sids.ts';
import { isJsonObject } from '../json.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { NewRecording, RecordingEnd, RecordingStatus, RecordingView, WriteResult } from '../simulator.ts';
import { mergeAsFlex } from './attributes.ts';
import { encryptionDetails, sealOf } from './recording-seal.ts';
import type { Recording } from './records.ts';
import type { World } from './world.ts';

/** How long Twilio works on a recording after its end, unless told otherwise; "some seconds" by experience. */
const PROCESSING_MS = 4_000;
/** twilio.com/docs/api/errors/16101: too short to be kept (read 2026-11). */
const TOO_SHORT = '16101';

export function startRecording(world: World, input: NewRecording): RecordingSid {
  const recording = newRecording(world, input, world.clock.now());
  recording.runningSinceMs = recording.startedAtMs;
  emitRecordingEvent(world, recording, 'in-progress');
  if (input.segmentLinkOn !== undefined) writeSegmentLink(world, recording.sid, input.segmentLinkOn);
  return recording.sid;
}

export function placeRecording(
  world: World,
  input: NewRecording & { readonly durationSeconds: number; readonly startedAt?: Date },
): RecordingSid {
  const startedAtMs = input.startedAt?.getTime() ?? world.clock.now() - input.durationSeconds * 1000;
  const recording = newRecording(world, input, startedAtMs);
  recording.recordedMs = input.durationSeconds * 1000;
  finish(world, recording, { kind: 'completed' });
  recording.completedAtMs = startedAtMs + recording.recordedMs;
  if (input.segmentLinkOn !== undefined) writeSegmentLink(world, recording.sid, input.segmentLinkOn);
  return recording.sid;
}

export function pauseRecording(world: World, sid: RecordingSid): void {
  const recording = needRecording(world, sid, ['in-progress']);
  halt(world, recording);
  change(world, recording, 'paused');
}

export function resumeRecording(world: World, sid: RecordingSid): void {
  const recording = needRecording(world, sid, ['paused']);
  recording.runningSinceMs = world.clock.now();
  change(world, recording, 'in-progress');
}

export function stopRecording(world: World, sid: RecordingSid, end: RecordingEnd = { kind: 'completed' }): void {
  const recording = needRecording(world, sid, ['in-progress', 'paused']);
  halt(world, recording);
  change(world, recording, 'processing');
  const { processingMs = PROCESSING_MS } = end;
  // Without any processing it is over when this returns; an appointment comes a moment later at the soonest.
  if (processingMs === 0) finish(world, recording, end);
  else world.appointments.after(processingMs, () => finish(world, recording, end));
}

/** "Only completed recordings can be deleted" (docs/voice/api/recording, read 2026-11). */
export function deleteRecording(world: World, sid: RecordingSid): void {
  change(world, needRecording(world, sid, ['completed']), 'deleted');
}

/** Stops what still runs of a call or of a conference. */
export function stopRecordingsOf(
  world: World,
  of: { readonly callSid: CallSid } | { readonly conferenceSid: ConferenceSid },
): void {
  for (const recording of world.recordings.values()) {
    const isOfIt =
      'callSid' in of ? isOfCallAlone(recording, of.callSid) : recording.conferenceSid === of.conferenceSid;
    if (isOfIt && isRunning(recording)) stopRecording(world, recording.sid);
  }
}

/** A conference's recording goes on when one of its calls leaves. */
const isOfCallAlone = (recording: Recording, sid: CallSid): boolean =>
  recording.callSid === sid && recording.conferenceSid === undefined;

const isRunning = (recording: Recording): boolean =>
  recording.status === 'in-progress' || recording.status === 'paused';

export function writeSegmentLink(world: World, sid: RecordingSid, task: TaskSid): WriteResult {
  return mergeAsFlex(world, task, (attributes) => {
    const conversations = attributes['conversations'];
    const kept = isJsonObject(conversations) ? conversations : {};
    return { ...attributes, conversations: { ...kept, segment_link: recordingUrl(world, sid) } };
  });
}

export const recordingUrl = (world: World, sid: RecordingSid): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${world.accountSid}/Recordings/${sid}`;

export function recordingView(recording: Recording): RecordingView {
  return {
    recordingSid: recording.sid,
    status: recording.status,
    channels: recording.channels,
    source: recording.source,
    ...(recording.conferenceSid !== undefined && { conferenceSid: recording.conferenceSid }),
    ...(recording.callSid !== undefined && { callSid: recording.callSid }),
    startedAt: new Date(recording.startedAtMs),
    ...(recording.durationSeconds !== undefined && { durationSeconds: recording.durationSeconds }),
    ...(recording.errorCode !== undefined && { errorCode: recording.errorCode }),
  };
}

function newRecording(world: World, input: NewRecording, startedAtMs: number): Recording {
  if (input.conferenceSid === undefined && input.callSid === undefined) {
    throw new RefusedByTwilioError('a recording needs a conferenceSid or a callSid');
  }
  const sid = recordingSid(world.sids.next('RE'));
  const recording: Recording = {
    sid,
    ...(input.encryption !== undefined && { seal: sealOf(sid, input.encryption) }),
    channels: input.channels,
    source: input.source ?? (input.conferenceSid === undefined ? 'StartCallRecordingAPI' : 'Conference'),
    ...(input.conferenceSid !== undefined && { conferenceSid: input.conferenceSid }),
    ...(input.callSid !== undefined && { callSid: input.callSid }),
    startedAtMs,
    callbacks: input.callbacks ?? true,
    status: 'in-progress',
    updatedAtMs: startedAtMs,
    recordedMs: 0,
  };
  world.recordings.set(recording.sid, recording);
  return recording;
}

/** Whole seconds, so that the media's bytes do not depend on how fast this machine is. */
function finish(world: World, recording: Recording, end: RecordingEnd): void {
  if (end.kind === 'completed') {
    recording.durationSeconds = Math.max(1, Math.round(recording.recordedMs / 1000));
    recording.completedAtMs = world.clock.now();
  } else {
    recording.durationSeconds = 0;
    const errorCode = end.errorCode ?? (end.kind === 'absent' ? TOO_SHORT : undefined);
    if (errorCode !== undefined) recording.errorCode = errorCode;
  }
  change(world, recording, end.kind);
  emitRecordingEvent(world, recording, end.kind);
}

function halt(world: World, recording: Recording): void {
  if (recording.runningSinceMs === undefined) return;
  recording.recordedMs += world.clock.now() - recording.runningSinceMs;
  delete recording.runningSinceMs;
}

function change(world: World, recording: Recording, status: RecordingStatus): void {
  recording.status = status;
  recording.updatedAtMs = world.clock.now();
}

function needRecording(world: World, sid: RecordingSid, wanted: readonly RecordingStatus[]): Recording {
  const recording = world.recordings.get(sid);
  if (recording === undefined) throw new RefusedByTwilioError(`recording ${sid} is not there`);
  if (!wanted.includes(recording.status)) {
    throw new RefusedByTwilioError(`recording ${sid} is ${recording.status}: wanted ${wanted.join(' or ')}`);
  }
  return recording;
}

function emitRecordingEvent(
  world: World,
  recording: Recording,
  status: 'in-progress' | 'completed' | 'absent' | 'failed',
): void {
  if (!recording.callbacks) return;
  world.emit({
    kind: 'recording',
    status,
    accountSid: world.accountSid,
    recordingSid: recording.sid,
    recordingUrl: recordingUrl(world, recording.sid),
    ...(recording.callSid !== undefined && { callSid: recording.callSid }),
    ...(recording.conferenceSid !== undefined && { conferenceSid: recording.conferenceSid }),
    channels: recording.channels,
    source: recording.source,
    startedAtMs: recording.startedAtMs,
    ...(status === 'completed' && { durationSeconds: recording.durationSeconds ?? 0 }),
    ...(status === 'completed' &&
      recording.seal !== undefined && { encryptionDetails: JSON.stringify(encryptionDetails(recording.seal)) }),
    ...(recording.errorCode !== undefined && { errorCode: recording.errorCode }),
  });
}
