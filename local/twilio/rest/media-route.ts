import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingSeal } from '../state/recording-seal.ts';
import type { Recording } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

/** The media under a recording's URL, bare or with `.wav`; there is no MP3 here. */
export function mediaRoute(world: World, notFoundAfterCompletionMs: () => number): Route {
  return {
    method: 'GET',
    path: new RegExp(`^/2010-04-01/Accounts/${world.accountSid}/Recordings/(RE[0-9a-f]{32})(?:\\.wav)?$`),
    handle(request, [sid = '']) {
      const recording = world.recordings.get(recordingSid(sid));
      if (recording === undefined || !isThere(world, recording, notFoundAfterCompletionMs()))
        return notFound(request.path);
      return recording.seal === undefined
        ? mediaAnswer(recording, request)
        : sealedAnswer(recording, recording.seal, request);
    },
  };
}

/** Only once completed, and no longer when deleted; never for a recording that was absent or failed. */
function isThere(world: World, recording: Recording, delayMs: number): boolean {
  if (recording.status !== 'completed' || recording.completedAtMs === undefined) return false;
  return world.clock.now() >= recording.completedAtMs + delayMs;
}

/** Of what it cannot read Twilio mixes nothing: the channels are those of the recording, or the wish for them is refused. */
function sealedAnswer({ sid, channels }: Recording, seal: RecordingSeal, request: RestRequest): Answer {
  const isWished = request.query.get('RequestedChannels') !== null;
  if (isWished && seal.wishForChannels === 'refused') return badRequest('The recording is encrypted');
  return { kind: 'media', recordingSid: sid, channels };
}

/** Unasked, a conference comes as one channel, a call as it was recorded (docs/voice/api/recording, read 2026-11). */
function mediaAnswer(recording: Recording, request: RestRequest): Answer {
  const asked =
    request.query.get('RequestedChannels') ??
    (recording.conferenceSid === undefined ? String(recording.channels) : '1');
  if (asked !== '1' && asked !== '2') return badRequest('RequestedChannels must be 1 or 2');
  if (asked === '2' && recording.channels === 1) return badRequest('The recording has one channel only');
  return { kind: 'media', recordingSid: recording.sid, channels: asked === '2' ? 2 : 1 };
}
