import { PermanentError, RetryableError } from '../../domain/outcome.ts';
import { fetchAnswer, inTime } from './fetch-in-time.ts';
import { atBase } from './twilio-client.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { unreadable } from './twilio-failures.ts';

const MOST_REDIRECTS = 3;

export const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The first answer that is no redirect. The credentials go to Twilio's API and nowhere else; to a host that is neither
 * Twilio's nor Amazon's, or without TLS, we do not go at all.
 *
 * @throws {PermanentError} `media-redirect-refused`
 */
export async function followRedirects(
  client: TwilioClient,
  request: TwilioRequest,
  first: Response,
): Promise<Response> {
  let answer = first;
  let at = request.url;
  for (let hops = 1; redirectStatuses.includes(answer.status); hops += 1) {
    await answer.body?.cancel();
    if (hops > MOST_REDIRECTS) throw refused(request, `there are more than ${MOST_REDIRECTS}`);
    at = nextLocation(request, answer, at);
    answer = await follow(client, request, at);
  }
  return answer;
}

function nextLocation(request: TwilioRequest, answer: Response, from: URL): URL {
  const location = answer.headers.get('Location') ?? '';
  if (location !== '' && URL.canParse(location, from.href)) return new URL(location, from);
  throw unreadable(request, `${answer.status} without a usable Location`);
}

async function follow(client: TwilioClient, request: TwilioRequest, to: URL): Promise<Response> {
  const isTheApi = to.origin === request.url.origin || to.origin === client.base?.origin;
  if (isTheApi) return client.open({ ...request, url: to });
  const url = isTwilios(to) ? atBase(to, client.base) : to;
  // Only the host is named: the query of such an address is a key to the sound.
  if (!isAllowed(url, client.base))
    throw refused(request, `${to.protocol}//${to.host} is neither Twilio's nor Amazon's`);
  const answer = await inTime(request.timeoutSeconds, (signal) =>
    fetchAnswer(request, url, { headers: request.headers ?? {}, signal }),
  );
  if (answer.ok || answer.status === 404 || redirectStatuses.includes(answer.status)) return answer;
  await answer.body?.cancel();
  throw new RetryableError(`${to.host} answered ${answer.status} to the media of ${request.url.pathname}`, {
    reason: 'twilio-unavailable',
  });
}

/** A stand-in for Twilio may use several ports of its host. */
function isAllowed(url: URL, base: URL | undefined): boolean {
  if (base !== undefined && url.hostname === base.hostname) return true;
  return url.protocol === 'https:' && (isTwilios(url) || url.hostname.endsWith('.amazonaws.com'));
}

function isTwilios(url: URL): boolean {
  return url.hostname.endsWith('.twilio.com');
}

function refused(request: TwilioRequest, why: string): PermanentError {
  const message = `the redirects from ${request.url.pathname} were not followed: ${why}`;
  return new PermanentError(message, { reason: 'media-redirect-refused' });
}
