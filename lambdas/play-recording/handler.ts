import { checkLinkCode } from '../shared/domain/link.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import { recordingSid } from '../shared/domain/sids.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { HttpContext, HttpRequest, HttpResponse } from '../shared/ports/http.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { LinkKeys } from '../shared/ports/link-keys.ts';
import type { PlaybackUrls } from '../shared/ports/playback-urls.ts';

export interface PlayRecordingNeeds {
  readonly ledger: Pick<Ledger, 'readRecording' | 'addToTimeline'>;
  readonly linkKeys: LinkKeys;
  readonly playbackUrls: PlaybackUrls;
  readonly now: () => Date;
}

/** A listener may pause; after this and the recording's own length the page must be opened again. */
const listeningMarginSeconds = 15 * 60;
const longestListeningSeconds = 6 * 3600;

/** How long to wait for a copy that is being made. */
const notYetSeconds = 30;

/** A copy that was given up waits for a person, who will not be there within seconds. */
const givenUpSeconds = 3600;

const neverKept = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } as const;

/** Players on any origin may ask; the link's own code is the gate, so no credentials are allowed with it. */
const anyOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Range, Content-Length, Retry-After',
} as const;

/**
 * Answers a playback link: GET and HEAD are sent on to the archived object by a short-lived URL, and the play is audited.
 *
 * 302 archived · 403 the code is not ours · 404 no such recording · 410 withdrawn, erased, or it holds no sound ·
 * 503 with `Retry-After` while it is not archived yet · 405 another method. Range requests go on with the redirect.
 */
export function playRecording(
  has: PlayRecordingNeeds,
): (request: HttpRequest, context: HttpContext) => Promise<HttpResponse> {
  return async (request, context) => {
    if (request.method === 'OPTIONS') return preflight;
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { Allow: 'GET, HEAD, OPTIONS' });
    const sid = request.pathParams['recordingSid'];
    if (!recordingSid.is(sid)) return answer(404);
    context.note({ recordingSid: sid });
    const keyId = await provedKeyId(has.linkKeys, sid, request.query['k'] ?? '');
    if (keyId === undefined) return answer(403);
    const recording = await has.ledger.readRecording(sid);
    if (recording === undefined) return answer(404);
    if (isWithdrawn(recording)) return answer(410);
    return play(has, recording, request.method, { keyId, requestId: context.requestId });
  };
}

/** For good: the link was withdrawn, there never was a sound, or the recording was erased. */
function isWithdrawn({ linkRevoked, source, erasure }: RecordingRecord): boolean {
  return linkRevoked || isEmpty(source.status) || erasure.state === 'erased';
}

async function play(
  has: PlayRecordingNeeds,
  recording: RecordingRecord,
  method: 'GET' | 'HEAD',
  by: { readonly keyId: string; readonly requestId: string },
): Promise<HttpResponse> {
  const { archive } = recording;
  if (archive.state !== 'verified') {
    const isGivenUp = archive.state === 'failed' || archive.state === 'mismatched';
    return answer(503, { 'Retry-After': String(isGivenUp ? givenUpSeconds : notYetSeconds) });
  }
  const { audio } = archive;
  const validSeconds = Math.min(Math.ceil(audio.durationSeconds) + listeningMarginSeconds, longestListeningSeconds);
  const { key, versionId, contentType } = audio;
  const location = has.playbackUrls.sign({
    method,
    key,
    ...(versionId !== undefined && { versionId }),
    validForSeconds: validSeconds,
    contentType,
    fileName: `${recording.recordingSid}.wav`,
  });
  // Before the answer: a play that could not be written down does not happen.
  await has.ledger.addToTimeline({
    of: recording.recordingSid,
    occurredAt: has.now(),
    cause: by.requestId,
    what: 'played',
    actor: `link key ${by.keyId}`,
    after: method,
  });
  return answer(302, { Location: location });
}

/** The id of the key that made the code; a key that this container does not know yet is looked for once more. */
async function provedKeyId(linkKeys: LinkKeys, sid: RecordingSid, code: string): Promise<string | undefined> {
  const check = checkLinkCode(sid, code, await linkKeys.ring());
  const again = check.kind === 'unknown-key' ? checkLinkCode(sid, code, await linkKeys.freshRing()) : check;
  return again.kind === 'good' ? again.keyId : undefined;
}

const preflight: HttpResponse = {
  status: 204,
  headers: {
    ...neverKept,
    ...anyOrigin,
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Range',
    'Access-Control-Max-Age': '600',
  },
  body: '',
};

function answer(status: number, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers: { ...neverKept, ...anyOrigin, ...headers }, body: '' };
}
