import { Readable } from 'node:stream';
import type { OpenedMedia } from '../../ports/recordings.ts';
import { followRedirects, redirectStatuses } from './media-redirects.ts';
import { endedBySilence } from './silence.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { noForGood, refusal, unreadable } from './twilio-failures.ts';

const HEAD_TIMEOUT_SECONDS = 20;
/** A copy may take minutes and that is well; so long without a byte, it is dead. */
const SILENCE_SECONDS = 30;

/** S3, to which Twilio may send us on, does not always know what it holds; the sound's own header is judged later. */
const audioTypes = /^(audio\/|(application|binary)\/octet-stream)/i;

/** Opens the media under `address`, wherever Twilio sends us for it. */
export async function openMedia(client: TwilioClient, address: string, channels: 1 | 2): Promise<OpenedMedia> {
  return open(client, new URL(`${address}?RequestedChannels=${channels}`), channels === 2 ? [400] : []);
}

/**
 * The same of encrypted media. That Twilio knows how to give channels of what it cannot read itself is said nowhere, so
 * any refusal of the wish is taken for that.
 */
export async function openCiphertext(client: TwilioClient, address: string, channels?: 2): Promise<OpenedMedia> {
  const query = channels === undefined ? '' : `?RequestedChannels=${channels}`;
  return open(client, new URL(`${address}${query}`), channels === undefined ? [] : noForGood);
}

async function open(client: TwilioClient, url: URL, ofChannels: readonly number[]): Promise<OpenedMedia> {
  const request: TwilioRequest = {
    method: 'GET',
    url,
    // Compressed, the bytes on the way would not be those that Content-Length counts.
    headers: { 'Accept-Encoding': 'identity' },
    timeoutSeconds: HEAD_TIMEOUT_SECONDS,
    expects: [400, 404, ...ofChannels, ...redirectStatuses],
  };
  return judged(request, await followRedirects(client, request, await client.open(request)), ofChannels);
}

/** `ofChannels`: the answers that say that there are not as many channels as were asked for. */
async function judged(request: TwilioRequest, answer: Response, ofChannels: readonly number[]): Promise<OpenedMedia> {
  const { status, body } = answer;
  if (status === 200 && body !== null) return media(answer, body);
  if (status === 400 && !ofChannels.includes(400)) throw await refusal(request, answer);
  await body?.cancel();
  if (status === 404) return { kind: 'not-there' };
  if (ofChannels.includes(status)) return { kind: 'channels-unavailable' };
  // Nobody asked for a part (206), and a part must not be archived as the whole.
  throw unreadable(request, `its status is ${status}`);
}

async function media(answer: Response, body: NonNullable<Response['body']>): Promise<OpenedMedia> {
  const contentType = answer.headers.get('Content-Type') ?? 'none';
  if (!audioTypes.test(contentType)) {
    await body.cancel();
    return { kind: 'not-audio', contentType };
  }
  const sizeBytes = sizeOf(answer.headers);
  return {
    kind: 'media',
    stream: endedBySilence(Readable.fromWeb(body), SILENCE_SECONDS),
    contentType,
    ...(sizeBytes !== undefined && { sizeBytes }),
  };
}

/** How many bytes will come; undefined when Twilio did not say, or said it of the compressed form that fetch undoes. */
function sizeOf(headers: Headers): number | undefined {
  const length = headers.get('Content-Length') ?? '';
  const isPlain = ['identity', ''].includes(headers.get('Content-Encoding') ?? '');
  return isPlain && /^\d+$/.test(length) ? Number(length) : undefined;
}
