import { checkLinkCode } from '../shared/domain/link.ts';
import { recordingSid } from '../shared/domain/sids.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { FlexTokens } from '../shared/ports/flex-tokens.ts';
import type { HttpContext, HttpRequest, HttpResponse } from '../shared/ports/http.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { LinkKeys } from '../shared/ports/link-keys.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { PlaybackUrls } from '../shared/ports/playback-urls.ts';
import { answer, anyOrigin, namedOrigins, preflight } from './answers.ts';
import { flexTokenOf, listenerName } from './flex-listener.ts';
import { addressOf, playable } from './playable.ts';

/** Who may play with a token of Flex's. */
export interface FlexPlayer {
  readonly tokens: FlexTokens;
  /** As browsers write them in `Origin`. */
  readonly origins: readonly string[];
  /** Of which the token must have at least one. */
  readonly roles: readonly string[];
}

export interface PlayRecordingNeeds {
  readonly ledger: Pick<Ledger, 'readRecording' | 'addToTimeline'>;
  readonly linkKeys: LinkKeys;
  readonly playbackUrls: PlaybackUrls;
  /** Undefined where no Flex token opens anything. */
  readonly flexPlayer?: FlexPlayer | undefined;
  readonly meter: Meter;
  readonly now: () => Date;
}

interface Asked {
  readonly sid: RecordingSid;
  readonly method: 'GET' | 'HEAD';
  readonly cors: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/** A request from somebody who was let in. */
interface Play extends Asked {
  /** Without a secret and without a name. */
  readonly actor: string;
  readonly way: 'link' | 'flex-token';
}

/**
 * Answers who wants to hear a recording with a short-lived address of the archived object, and writes the play down first.
 *
 * With `k`, the code of a link of ours: GET and HEAD are sent on (302) by a presigned URL of their own method. Without
 * it, a GET with a token of Flex's is answered as Flex's player wants it: 200 `{"media_url"}`.
 *
 * 401 the token is not good · 403 the code is not ours, the token's user has no role for it, or there is neither · 404 no
 * such recording · 405 another method · 410 withdrawn, erased, its retention over, or no sound · 503 with `Retry-After` while it is not
 * archived. Range requests go on with the redirect.
 */
export function playRecording(
  has: PlayRecordingNeeds,
): (request: HttpRequest, context: HttpContext) => Promise<HttpResponse> {
  return async (request, context) => {
    // A preflight has the address of the request that it asks for, so it is seen by `k` too which way that is.
    const flex = request.query['k'] === undefined ? has.flexPlayer : undefined;
    const cors = flex === undefined ? anyOrigin : namedOrigins(request, flex.origins);
    const { method } = request;
    if (method === 'OPTIONS') return preflight(cors);
    if (method !== 'GET' && method !== 'HEAD') return answer(405, cors, { Allow: 'GET, HEAD, OPTIONS' });
    const sid = request.pathParams['recordingSid'];
    if (!recordingSid.is(sid)) return answer(404, cors);
    context.note({ recordingSid: sid });
    const asked: Asked = { sid, method, cors, requestId: context.requestId };
    const { authorization } = request.headers;
    if (flex !== undefined && authorization !== undefined) return playByToken(has, flex, authorization, asked);
    const keyId = await provedKeyId(has.linkKeys, sid, request.query['k'] ?? '');
    if (keyId === undefined) return answer(403, cors);
    return play(has, { ...asked, actor: `link key ${keyId}`, way: 'link' }, (address) =>
      answer(302, cors, { Location: address }),
    );
  };
}

async function playByToken(
  has: PlayRecordingNeeds,
  flex: FlexPlayer,
  authorization: string,
  asked: Asked,
): Promise<HttpResponse> {
  const { cors, method } = asked;
  // Flex's player asks for words, not for sound: there is nothing of which a HEAD could be the head.
  if (method === 'HEAD') return answer(405, cors, { Allow: 'GET, OPTIONS' });
  const token = flexTokenOf(authorization);
  const checked = token === undefined ? undefined : await flex.tokens.check(token);
  // Without WWW-Authenticate: a browser that was led here by hand would ask for a password that nobody has.
  if (checked?.kind !== 'valid') return answer(401, cors);
  const { user } = checked;
  if (!user.roles.some((role) => flex.roles.includes(role))) return answer(403, cors);
  const actor = `flex token of ${listenerName(user, await has.linkKeys.ring())}`;
  return play(has, { ...asked, actor, way: 'flex-token' }, (address) =>
    answer(200, cors, { 'Content-Type': 'application/json' }, JSON.stringify({ media_url: address })),
  );
}

async function play(
  has: PlayRecordingNeeds,
  { sid, method, cors, requestId, actor, way }: Play,
  answered: (address: string) => HttpResponse,
): Promise<HttpResponse> {
  const found = playable(await has.ledger.readRecording(sid), has.now());
  if (found.kind === 'none') return answer(found.status, cors);
  if (found.kind === 'later') return answer(503, cors, { 'Retry-After': String(found.retryAfterSeconds) });
  const address = has.playbackUrls.sign(addressOf(sid, found.audio, method));
  // Before the answer: a play that could not be written down does not happen.
  await has.ledger.addToTimeline({
    ...{ of: sid, occurredAt: has.now(), cause: requestId },
    ...{ what: 'played', actor, after: method },
  });
  has.meter.measure({ name: 'plays', outcome: way, unit: 'Count', value: 1 });
  return answered(address);
}

/** The id of the key that made the code; a key that this container does not know yet is looked for once more. */
async function provedKeyId(linkKeys: LinkKeys, sid: RecordingSid, code: string): Promise<string | undefined> {
  const check = checkLinkCode(sid, code, await linkKeys.ring());
  const again = check.kind === 'unknown-key' ? checkLinkCode(sid, code, await linkKeys.freshRing()) : check;
  return again.kind === 'good' ? again.keyId : undefined;
}
